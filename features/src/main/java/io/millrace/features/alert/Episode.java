package io.millrace.features.alert;

import io.millrace.features.alert.Suspicion.Participant;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudAlert.Cause;
import io.millrace.features.event.FraudAlert.State;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import io.millrace.features.session.Hashes;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.function.Predicate;

/** An open episode: its findings, and what was told of them. */
final class Episode {
  private static final Cause.Type[] TYPES = Cause.Type.values();

  private final Key key;
  private final String entity;
  private final long hash;
  private final Findings findings;

  private int revision;
  private long revisedAt;
  private boolean hasUntold;
  private String suppressedBy;
  private long suppressedUntil;

  /** What an entity has one open episode of. */
  record Key(Cause.Type type, String id, boolean shadow) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::type).thenComparing(Key::id).thenComparing(Key::shadow);

    static Key of(Suspicion suspicion) {
      return new Key(suspicion.cause().type(), suspicion.cause().id(), suspicion.shadow());
    }

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /** Begins with its first suspicion. */
  Episode(Suspicion first) {
    this(Key.of(first), first.entity(), hash(first), new Findings(first));
  }

  private Episode(Key key, String entity, long hash, Findings findings) {
    this.key = key;
    this.entity = entity;
    this.hash = hash;
    this.findings = findings;
  }

  private static long hash(Suspicion first) {
    Cause cause = first.cause();
    long[] parts = {
      cause.type().ordinal(),
      Hashes.of(cause.id()),
      cause.version(),
      Hashes.of(first.entity()),
      first.time(),
      first.tie()
    };
    long hash = 0;
    for (long part : parts) {
      hash = Hashes.mix(hash ^ part);
    }
    return hash;
  }

  Key key() {
    return key;
  }

  /** One more suspicion. Returns whether the episode has become worse. */
  boolean join(Suspicion next) {
    Severity severity = findings.severity();
    Action action = findings.action();
    hasUntold |= findings.add(next);
    return findings.severity() != severity || findings.action() != action;
  }

  /** When it closes, unless one more suspicion comes before. */
  long closesAt(EpisodeSettings settings) {
    return findings.newestTime() + settings.quiet().toMillis();
  }

  /** From when on it may be told who joined; {@link Long#MAX_VALUE} if nobody did. */
  long updatesAt(EpisodeSettings settings) {
    return hasUntold ? revisedAt + settings.updateInterval().toMillis() : Long.MAX_VALUE;
  }

  /** When time alone next changes something. */
  long due(EpisodeSettings settings) {
    return Math.min(Math.min(closesAt(settings), updatesAt(settings)), suppressedUntil);
  }

  /** The snooze that is in force may have been given another end. */
  void readEndOfSnooze(Snoozes snoozes) {
    suppressedUntil = snoozes.until(entity, suppressedBy);
  }

  /** Looks up what snoozes it at a time. Returns whether that has changed. */
  boolean suppress(Snoozes snoozes, long time) {
    String before = suppressedBy;
    suppressedBy = snoozes.suppressing(entity, time);
    readEndOfSnooze(snoozes);
    return suppressedBy == null ? before != null : !suppressedBy.equals(before);
  }

  /** A time, or that of the last revision if that is later. */
  long notBeforeRevision(long time) {
    return Math.max(time, revisedAt);
  }

  Findings findings() {
    return findings;
  }

  /**
   * The next revision.
   *
   * @param because the event that it is because of, null if that is erased
   * @param eventTime that it is to carry
   * @param at event time at which it is made
   */
  FraudAlert revise(State state, Participant because, long eventTime, long at, long clock) {
    revision++;
    revisedAt = at;
    hasUntold = false;
    Evidence evidence = findings.evidence();
    return new FraudAlert(
        HexFormat.of().toHexDigits(hash),
        state,
        revision,
        new Cause(key.type(), key.id(), findings.version()),
        entity,
        findings.visitorIds(),
        findings.orderIds(),
        findings.severity(),
        findings.action(),
        evidence.score(),
        evidence.probability(),
        evidence.expectedLoss(),
        evidence.reasons(),
        because == null ? null : because.eventId(),
        findings.eventIds(),
        findings.from(),
        findings.newestTime(),
        eventTime,
        clock,
        key.shadow(),
        suppressedBy);
  }

  void forget(Predicate<Participant> of) {
    findings.forget(of);
  }

  void write(StateWriter out) {
    out.small(key.type().ordinal());
    out.text(key.id());
    out.small((key.shadow() ? 1 : 0) | (hasUntold ? 2 : 0));
    out.text(entity);
    out.number(hash);
    findings.write(out);
    out.count(revision);
    out.time(revisedAt);
    out.text(suppressedBy);
    out.number(suppressedUntil);
  }

  static Episode read(StateReader in) {
    Cause.Type type = TYPES[in.small()];
    String id = in.text();
    int flags = in.small();
    Key key = new Key(type, id, (flags & 1) != 0);
    Episode read = new Episode(key, in.text(), in.number(), Findings.read(in));
    read.hasUntold = (flags & 2) != 0;
    read.revision = in.count();
    read.revisedAt = in.time();
    read.suppressedBy = in.text();
    read.suppressedUntil = in.number();
    return read;
  }
}
