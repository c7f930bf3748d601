package io.millrace.features.alert;

import io.millrace.features.alert.Suspicion.Participant;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudAlert.State;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The alert episodes of one entity, and the suspicions that wait for their turn.
 *
 * <p>All is by event time. A suspicion waits until {@link #advance} passes its time and is then
 * taken, in the order of (time, tie, type of the cause, its id, its version). There is one episode
 * open for each rule and each model, of whatever version, and another one for a rule on trial. It
 * opens with its first suspicion and closes once {@link EpisodeSettings#quiet} has passed since the
 * last; a suspicion at that very moment opens the next. In between there is an update
 *
 * <ul>
 *   <li>at once when it becomes worse: a higher severity, a stronger action;
 *   <li>at once when another snooze, or none, is in force;
 *   <li>when a visitor or an order joined, at the earliest {@link EpisodeSettings#updateInterval}
 *       after the last revision.
 * </ul>
 *
 * <p>What is due at a time comes before the suspicions of that time, and of several episodes in the
 * order of type, id and trial. Records, their numbers and their order are therefore the same
 * however suspicions arrived, as long as each is here before its time is passed, and in whatever
 * steps time advances; but for the detection time, and as long as snoozes do not change between. A
 * suspicion that is added behind time is taken by the next {@link #advance}.
 *
 * <p>A record carries the time of the event that it is because of, or that of the newest suspicion;
 * a close carries the time at which quiet was reached, and an update because of a snooze that
 * ended, was given or lifted the time at which that took effect here.
 *
 * <p>Memory: what comes beyond {@link #MAX_OPEN} and {@link #MAX_WAITING} is not taken; a text
 * stands in the bytes once, however many name it. Not safe for use by several threads.
 */
public final class EntityEpisodes {
  /** Most open episodes. */
  public static final int MAX_OPEN = 64;

  /** Most suspicions that wait. */
  public static final int MAX_WAITING = 1_024;

  private static final int LAYOUT = 1;

  private static final Comparator<Suspicion> ORDER =
      Comparator.comparingLong(Suspicion::time)
          .thenComparingLong(Suspicion::tie)
          .thenComparing(each -> each.cause().type())
          .thenComparing(each -> each.cause().id())
          .thenComparingLong(each -> each.cause().version());

  private final EpisodeSettings settings;
  private final TreeSet<Suspicion> waiting = new TreeSet<>(ORDER);
  private final TreeMap<Episode.Key, Episode> open = new TreeMap<>();
  private long refused;

  /** None yet. */
  public EntityEpisodes(EpisodeSettings settings) {
    this.settings = settings;
  }

  /**
   * A suspicion begins to wait.
   *
   * @return false if it waits already, or too many do: then nothing changes
   */
  public boolean add(Suspicion suspicion) {
    if (waiting.contains(suspicion)) {
      return false;
    }
    if (waiting.size() >= MAX_WAITING) {
      refused++;
      return false;
    }
    return waiting.add(suspicion);
  }

  /**
   * Takes the suspicions up to a time, and lets time pass.
   *
   * @param watermark event time that has been passed, milliseconds since the epoch
   * @param snoozes as they are now
   * @param clock what the alerts are to give as their detection time
   * @param out is given each alert, in their order
   */
  public void advance(long watermark, Snoozes snoozes, long clock, Consumer<FraudAlert> out) {
    open.values().forEach(each -> each.readEndOfSnooze(snoozes));
    Step step = new Step(snoozes, clock, out);
    while (!waiting.isEmpty() && waiting.first().time() <= watermark) {
      Suspicion next = waiting.pollFirst();
      step.passTime(next.time());
      step.take(next);
    }
    step.passTime(watermark);
    // Snoozes that were given or lifted since take effect now.
    step.wakeAll(watermark);
  }

  /** One call of {@link #advance}. */
  private final class Step {
    private final Snoozes snoozes;
    private final long clock;
    private final Consumer<FraudAlert> out;

    private Step(Snoozes snoozes, long clock, Consumer<FraudAlert> out) {
      this.snoozes = snoozes;
      this.clock = clock;
      this.out = out;
    }

    private void take(Suspicion next) {
      Episode episode = open.get(Episode.Key.of(next));
      if (episode != null) {
        join(episode, next);
      } else if (open.size() < MAX_OPEN) {
        episode = new Episode(next);
        open.put(episode.key(), episode);
        episode.suppress(snoozes, next.time());
        tell(episode, State.OPEN, next.trigger(), next.time(), next.time());
      } else {
        refused++;
      }
    }

    private void join(Episode episode, Suspicion next) {
      long now = episode.notBeforeRevision(next.time());
      boolean isWorse = episode.join(next);
      boolean isSnoozedOtherwise = episode.suppress(snoozes, now);
      if (isWorse || isSnoozedOtherwise || episode.updatesAt(settings) <= now) {
        tell(episode, State.UPDATE, next.trigger(), next.time(), now);
      }
    }

    /** All that time alone brings, up to a time. */
    private void passTime(long until) {
      while (!open.isEmpty() && nextEpisodeDue() <= until) {
        wakeAll(nextEpisodeDue());
      }
    }

    private void wakeAll(long time) {
      List.copyOf(open.values()).forEach(each -> wake(each, time));
    }

    private void wake(Episode episode, long time) {
      long now = episode.notBeforeRevision(time);
      Findings findings = episode.findings();
      boolean isSnoozedOtherwise = episode.suppress(snoozes, now);
      if (episode.closesAt(settings) <= now) {
        open.remove(episode.key());
        tell(episode, State.CLOSE, findings.trigger(), episode.closesAt(settings), now);
      } else if (isSnoozedOtherwise) {
        tell(episode, State.UPDATE, findings.trigger(), now, now);
      } else if (episode.updatesAt(settings) <= now) {
        tell(episode, State.UPDATE, findings.trigger(), findings.newestTime(), now);
      }
    }

    private void tell(Episode episode, State state, Participant because, long eventTime, long now) {
      out.accept(episode.revise(state, because, eventTime, now, clock));
    }
  }

  private long nextEpisodeDue() {
    long next = Long.MAX_VALUE;
    for (Episode each : open.values()) {
      next = Math.min(next, each.due(settings));
    }
    return next;
  }

  /** When to advance again, event time; {@link Long#MAX_VALUE} if nothing is to come. */
  public long nextDue() {
    long next = nextEpisodeDue();
    return waiting.isEmpty() ? next : Math.min(next, waiting.first().time());
  }

  /** Whether nothing is open and nothing waits. */
  public boolean isEmpty() {
    return open.isEmpty() && waiting.isEmpty();
  }

  /** How many suspicions were not taken since this value was made or read: there was no room. */
  public long refused() {
    return refused;
  }

  /**
   * Takes out those who took part of whom that is so. A suspicion that waits goes with the last of
   * them; an episode stays until it closes, and names those that are left. The name of the entity
   * itself stays: where that is the visitor, drop the whole value.
   */
  public void forget(Predicate<Participant> of) {
    for (Suspicion each : List.copyOf(waiting)) {
      List<Participant> left = each.events().stream().filter(of.negate()).toList();
      if (left.size() < each.events().size()) {
        waiting.remove(each);
        if (!left.isEmpty()) {
          waiting.add(each.withEvents(left));
        }
      }
    }
    open.values().forEach(each -> each.forget(of));
  }

  /** Drops everything, and says nothing of it. */
  public void clear() {
    waiting.clear();
    open.clear();
  }

  /** The state value. */
  public byte[] toBytes() {
    StateWriter out = new StateWriter();
    out.count(open.size());
    open.values().forEach(each -> each.write(out));
    out.count(waiting.size());
    waiting.forEach(each -> SuspicionFormat.write(each, out));
    return out.toBytes(LAYOUT);
  }

  /** Reads a state value. */
  public static EntityEpisodes ofBytes(byte[] bytes, EpisodeSettings settings) {
    EntityEpisodes read = new EntityEpisodes(settings);
    StateReader in = new StateReader(bytes, "alert episodes", LAYOUT);
    for (int rest = in.count(); rest > 0; rest--) {
      Episode episode = Episode.read(in);
      read.open.put(episode.key(), episode);
    }
    for (int rest = in.count(); rest > 0; rest--) {
      read.waiting.add(SuspicionFormat.read(in));
    }
    return read;
  }
}
