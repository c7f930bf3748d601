package io.millrace.features.alert;

import io.millrace.features.alert.Suspicion.Participant;
import io.millrace.features.event.Control;
import io.millrace.features.event.FraudAlert.Cause;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import io.millrace.features.event.RiskReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Suspicions about one card, plain ones and random ones. */
final class Suspicions {
  static final String ENTITY = "card:4711";

  /** By the order in which they are to be taken. */
  static final Comparator<Suspicion> ORDER =
      Comparator.comparingLong(Suspicion::time)
          .thenComparingLong(Suspicion::tie)
          .thenComparing(each -> each.cause().type())
          .thenComparing(each -> each.cause().id())
          .thenComparingLong(each -> each.cause().version());

  private static final Cause[] CAUSES = {
    new Cause(Cause.Type.RULE, "a", 1),
    new Cause(Cause.Type.RULE, "a", 2),
    new Cause(Cause.Type.RULE, "b", 7),
    new Cause(Cause.Type.MODEL, "a", 1),
    new Cause(Cause.Type.MODEL, "m", 40),
    new Cause(Cause.Type.MODEL, "m", 41),
  };

  private Suspicions() {}

  /** One of those that random suspicions are of; no id is part of another one. */
  static String visitor(int number) {
    return "visitor%02d".formatted(number);
  }

  static Participant participant(String eventId, String visitorId, String orderId, long time) {
    return new Participant(eventId, visitorId, orderId, time);
  }

  /** Of rule r in its version 1, low and to be monitored, for one event e(time) of v1, o1. */
  static Suspicion at(long time) {
    return at(time, participant("e" + time, "v1", "o1", time));
  }

  static Suspicion at(long time, Participant... events) {
    return of("r", 1, false, time, Severity.LOW, Action.MONITOR, events);
  }

  static Suspicion of(
      String rule,
      long version,
      boolean shadow,
      long time,
      Severity severity,
      Action action,
      Participant... events) {
    return new Suspicion(
        new Cause(Cause.Type.RULE, rule, version),
        shadow,
        ENTITY,
        time,
        0,
        severity,
        action,
        null,
        null,
        null,
        List.of(new RiskReason(rule, "at", (double) time, null, null)),
        List.of(events),
        time - 5);
  }

  /** Of model m. */
  static Suspicion scored(long time, double score) {
    return new Suspicion(
        new Cause(Cause.Type.MODEL, "m", 1),
        false,
        ENTITY,
        time,
        0,
        Severity.LOW,
        Action.MONITOR,
        score,
        score / 2,
        score * 100,
        List.of(new RiskReason("amount", "r", (double) time, 1.0, score)),
        List.of(participant("e" + time, "v1", "o1", time)),
        time);
  }

  static Control snooze(String id, String type, String rest, Long until) {
    return new Control(id, Control.Kind.SNOOZE, new Control.Target(type, rest), "ana", null, until);
  }

  static Control snooze(String id, Long until) {
    return snooze(id, "card", "4711", until);
  }

  /** In the order in which they are to be taken, up to a time of about 1500. */
  static List<Suspicion> random(Random random) {
    List<Participant> events = new ArrayList<>();
    List<Suspicion> suspicions = new ArrayList<>();
    boolean dense = random.nextInt(3) == 0;
    int size = dense ? 200 : 60 + random.nextInt(60);
    int causes = dense ? 2 : CAUSES.length;
    int visitors = 2 + random.nextInt(20);
    long time = 0;
    for (int i = 0; i < size; i++) {
      time += gap(random, dense);
      long tie = random.nextInt(3) - 1;
      int visitor = random.nextInt(visitors);
      events.add(
          participant(
              "e%d%03d".formatted(random.nextInt(10), i),
              visitor(visitor),
              random.nextInt(3) == 0 ? null : "order%d%02d".formatted(random.nextInt(2), visitor),
              time));
      Suspicion next = random(random, CAUSES[random.nextInt(causes)], time, tie, events);
      if (suspicions.stream().noneMatch(each -> ORDER.compare(each, next) == 0)) {
        suspicions.add(next);
      }
    }
    suspicions.sort(ORDER);
    return suspicions;
  }

  private static long gap(Random random, boolean dense) {
    if (dense) {
      return random.nextInt(5) / 2;
    }
    int[] gaps = {0, 0, 1, 2, 5, 10, 20, 40, 99, 100, 101};
    return gaps[random.nextInt(random.nextInt(gaps.length) + 1)];
  }

  private static Suspicion random(
      Random random, Cause cause, long time, long tie, List<Participant> events) {
    List<Participant> contributing = new ArrayList<>();
    for (Participant each : events.subList(Math.max(0, events.size() - 25), events.size() - 1)) {
      if (random.nextInt(5) == 0) {
        contributing.add(each);
      }
    }
    contributing.add(events.get(events.size() - 1));
    boolean model = cause.type() == Cause.Type.MODEL;
    Double score = model ? random.nextInt(20) / 20.0 : null;
    return new Suspicion(
        cause,
        !model && random.nextInt(3) == 0,
        ENTITY,
        time,
        tie,
        Severity.values()[random.nextInt(random.nextInt(4) + 1)],
        Action.values()[random.nextInt(random.nextInt(3) + 1)],
        score,
        model ? random.nextDouble() : null,
        model && random.nextBoolean() ? 100 * random.nextDouble() : null,
        List.of(new RiskReason("code" + random.nextInt(3), "f", random.nextDouble(), null, score)),
        contributing,
        model ? time : time - random.nextInt(60));
  }

  /** A few snoozes of the card, and one of another. */
  static List<Control> randomSnoozes(Random random) {
    List<Control> controls = new ArrayList<>();
    controls.add(snooze("0", "card", "4712", null));
    for (int i = random.nextInt(5); i > 0; i--) {
      Long until = random.nextInt(8) == 0 ? null : (long) random.nextInt(1_500);
      controls.add(snooze("c" + random.nextInt(10), until));
    }
    return controls;
  }
}
