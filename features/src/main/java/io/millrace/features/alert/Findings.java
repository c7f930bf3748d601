package io.millrace.features.alert;

import io.millrace.features.alert.Suspicion.Participant;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import java.util.List;
import java.util.function.Predicate;

/** What the suspicions of one episode come to. */
final class Findings {
  /** With so many suspicions it is one step worse, and with so many two. */
  private static final int[] STEPS = {10, 100};

  private static final Severity[] SEVERITIES = Severity.values();
  private static final Action[] ACTIONS = Action.values();

  /** Of the newest suspicion, as are the time, the tie and the trigger. */
  private long version;

  private long newestTime;
  private long newestTie;

  /** Null once all who took part are erased. */
  private Participant trigger;

  private long from;
  private long suspicions;
  private Severity worst;
  private Action strongest;
  private Evidence evidence;
  private Participants participants;

  private Findings() {}

  /** Of the first suspicion. */
  Findings(Suspicion first) {
    newestTime = first.time();
    newestTie = first.tie();
    from = first.from();
    worst = first.severity();
    strongest = first.action();
    evidence = Evidence.of(first);
    participants = new Participants();
    add(first);
  }

  /** One more suspicion. Returns whether it names a visitor or an order that was not named. */
  boolean add(Suspicion next) {
    boolean isNewest =
        next.time() > newestTime || next.time() == newestTime && next.tie() >= newestTie;
    if (isNewest) {
      version = next.cause().version();
      newestTime = next.time();
      newestTie = next.tie();
      trigger = next.trigger();
    }
    from = Math.min(from, next.from());
    suspicions++;
    worst = max(worst, next.severity());
    strongest = max(strongest, next.action());
    evidence = evidence.or(Evidence.of(next), isNewest);
    return participants.add(next.events());
  }

  private static <T extends Comparable<T>> T max(T one, T other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** The worst of them, and worse than that if they are many. */
  Severity severity() {
    int severity = worst.ordinal();
    for (int step : STEPS) {
      severity += suspicions >= step ? 1 : 0;
    }
    return SEVERITIES[Math.min(severity, SEVERITIES.length - 1)];
  }

  /** The strongest that any asked for. */
  Action action() {
    return strongest;
  }

  long version() {
    return version;
  }

  long newestTime() {
    return newestTime;
  }

  /** What made the newest suspicion so; null once all who took part are erased. */
  Participant trigger() {
    return trigger;
  }

  /** Event time at which the earliest window begins. */
  long from() {
    return from;
  }

  Evidence evidence() {
    return evidence;
  }

  List<String> eventIds() {
    return participants.eventIds();
  }

  List<String> visitorIds() {
    return participants.visitorIds();
  }

  List<String> orderIds() {
    return participants.orderIds();
  }

  /** Takes out those who took part of whom that is so. */
  void forget(Predicate<Participant> of) {
    participants.forget(of);
    if (trigger != null && of.test(trigger)) {
      trigger = participants.newest();
    }
  }

  void write(StateWriter out) {
    out.number(version);
    out.time(newestTime);
    out.number(newestTie);
    out.participants(trigger == null ? List.of() : List.of(trigger));
    out.time(from);
    out.count(suspicions);
    out.small(worst.ordinal());
    out.small(strongest.ordinal());
    evidence.write(out);
    participants.write(out);
  }

  static Findings read(StateReader in) {
    Findings read = new Findings();
    read.version = in.number();
    read.newestTime = in.time();
    read.newestTie = in.number();
    List<Participant> trigger = in.participants();
    read.trigger = trigger.isEmpty() ? null : trigger.get(0);
    read.from = in.time();
    read.suspicions = in.count();
    read.worst = SEVERITIES[in.small()];
    read.strongest = ACTIONS[in.small()];
    read.evidence = Evidence.read(in);
    read.participants = Participants.read(in);
    return read;
  }
}
