package io.millrace.features.alert;

import io.millrace.features.alert.Suspicion.Participant;
import io.millrace.features.event.Control;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudAlert.Cause;
import io.millrace.features.event.FraudAlert.State;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The episodes of an entity, knowing all its suspicions: millisecond by millisecond, each record
 * made anew from all suspicions of its episode so far.
 */
final class EpisodeOracle {
  private final EpisodeSettings settings;
  private final Map<String, Control> snoozes;
  private final long clock;
  private final Map<String, Naive> open = new TreeMap<>();
  private final List<FraudAlert> records = new ArrayList<>();

  private EpisodeOracle(EpisodeSettings settings, List<Control> snoozes, long clock) {
    this.settings = settings;
    this.snoozes = new TreeMap<>();
    snoozes.forEach(each -> this.snoozes.put(each.controlId(), each));
    this.clock = clock;
  }

  /** The records up to a time. */
  static List<FraudAlert> records(
      List<Suspicion> suspicions,
      EpisodeSettings settings,
      List<Control> snoozes,
      long until,
      long clock) {
    EpisodeOracle oracle = new EpisodeOracle(settings, snoozes, clock);
    Map<Long, List<Suspicion>> byTime =
        suspicions.stream()
            .sorted(Suspicions.ORDER)
            .collect(Collectors.groupingBy(Suspicion::time, TreeMap::new, Collectors.toList()));
    for (long now = 0; now <= until; now++) {
      oracle.passTo(now);
      for (Suspicion each : byTime.getOrDefault(now, List.of())) {
        oracle.take(each);
      }
    }
    return oracle.records;
  }

  private void passTo(long now) {
    for (String key : List.copyOf(open.keySet())) {
      Naive episode = open.get(key);
      if (now == episode.last().time() + settings.quiet().toMillis()) {
        open.remove(key);
        episode.tell(State.CLOSE, now, now);
      } else if (!Objects.equals(episode.told.suppressedBy(), suppressing(now))) {
        episode.tell(State.UPDATE, now, now);
      } else if (episode.mayTellWhoJoined(now)) {
        episode.tell(State.UPDATE, episode.last().time(), now);
      }
    }
  }

  private void take(Suspicion next) {
    String key = next.cause().type().ordinal() + next.cause().id() + next.shadow();
    Naive episode = open.get(key);
    if (episode == null) {
      episode = new Naive();
      open.put(key, episode);
      episode.suspicions.add(next);
      episode.tell(State.OPEN, next.time(), next.time());
      return;
    }
    episode.suspicions.add(next);
    if (episode.severity() != episode.told.severity()
        || episode.action() != episode.told.action()
        || episode.mayTellWhoJoined(next.time())) {
      episode.tell(State.UPDATE, next.time(), next.time());
    }
  }

  private String suppressing(long now) {
    return snoozes.values().stream()
        .filter(each -> each.target().toString().equals(Suspicions.ENTITY))
        .filter(each -> each.holdsAt(now))
        .map(Control::controlId)
        .findFirst()
        .orElse(null);
  }

  private final class Naive {
    private final List<Suspicion> suspicions = new ArrayList<>();
    private FraudAlert told;
    private long toldAt;
    private int toldOf;

    private Suspicion last() {
      return suspicions.get(suspicions.size() - 1);
    }

    private Severity severity() {
      Severity worst =
          suspicions.stream().map(Suspicion::severity).max(Comparator.naturalOrder()).orElseThrow();
      int steps = suspicions.size() < 10 ? 0 : suspicions.size() < 100 ? 1 : 2;
      return Severity.values()[Math.min(3, worst.ordinal() + steps)];
    }

    private Action action() {
      return suspicions.stream()
          .map(Suspicion::action)
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }

    private boolean mayTellWhoJoined(long now) {
      return suspicions.size() > toldOf
          && now >= toldAt + settings.updateInterval().toMillis()
          && (!told.visitorIds().containsAll(names(Participant::visitorId, 100))
              || !told.orderIds().containsAll(names(Participant::orderId, 100)));
    }

    /** From the newest event back, each name once. */
    private List<String> names(Function<Participant, String> name, int most) {
      List<String> names =
          new ArrayList<>(
              suspicions.stream()
                  .flatMap(each -> each.events().stream())
                  .distinct()
                  .sorted(
                      Comparator.comparingLong(Participant::time)
                          .thenComparing(Participant::eventId)
                          .reversed())
                  .map(name)
                  .filter(Objects::nonNull)
                  .distinct()
                  .limit(most)
                  .toList());
      Collections.reverse(names);
      return names;
    }

    private Suspicion best() {
      if (last().cause().type() == Cause.Type.RULE) {
        return last();
      }
      double highest = suspicions.stream().mapToDouble(Suspicion::score).max().orElseThrow();
      return suspicions.stream()
          .filter(each -> each.score() == highest)
          .reduce((one, other) -> other)
          .orElseThrow();
    }

    private void tell(State state, long eventTime, long at) {
      Suspicion best = best();
      told =
          new FraudAlert(
              EpisodeRun.alertId(suspicions.get(0)),
              state,
              told == null ? 1 : told.revision() + 1,
              last().cause(),
              Suspicions.ENTITY,
              names(Participant::visitorId, 100),
              names(Participant::orderId, 100),
              severity(),
              action(),
              best.score(),
              best.probability(),
              best.expectedLoss(),
              best.reasons(),
              last().events().get(last().events().size() - 1).eventId(),
              names(Participant::eventId, 20),
              suspicions.stream().mapToLong(Suspicion::from).min().orElseThrow(),
              last().time(),
              eventTime,
              clock,
              last().shadow(),
              suppressing(at));
      toldAt = at;
      toldOf = suspicions.size();
      records.add(told);
    }
  }
}
