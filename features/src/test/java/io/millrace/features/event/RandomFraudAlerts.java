package io.millrace.features.event;

import io.millrace.features.event.FraudAlert.Cause;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Alerts of rules and models, whose numbers have as few digits as are written. */
final class RandomFraudAlerts {
  private RandomFraudAlerts() {}

  static FraudAlert next(Random random) {
    RandomFields fields = new RandomFields(random);
    Supplier<Double> score = () -> random.nextInt(1_000_001) / 1e6;
    return new FraudAlert(
        fields.id(),
        fields.oneOf(FraudAlert.State.values()),
        1 + random.nextInt(100),
        new Cause(
            fields.oneOf(Cause.Type.values()),
            fields.id(),
            random.nextLong() >>> 1 + random.nextInt(63)),
        "card:" + fields.id(),
        some(fields::id, FraudAlert.MAX_IDS, random),
        some(fields::id, FraudAlert.MAX_IDS, random),
        fields.oneOf(Severity.values()),
        fields.oneOf(Action.values()),
        fields.maybe(score),
        fields.maybe(score),
        fields.maybe(() -> random.nextInt(1_000_000_000) / 100.0),
        some(() -> reason(fields), 5, random),
        fields.maybe(fields::id),
        some(fields::id, FraudAlert.MAX_EVENTS, random),
        fields.time(),
        fields.time(),
        fields.time(),
        fields.time(),
        random.nextBoolean(),
        fields.maybe(fields::id));
  }

  private static RiskReason reason(RandomFields fields) {
    Random random = fields.random;
    return new RiskReason(
        fields.text(0, 20),
        fields.text(0, 20),
        fields.maybe(() -> (double) random.nextLong(1L << 53)),
        fields.maybe(() -> random.nextLong(1_000_000_000_000L) / 1e6),
        fields.maybe(() -> (random.nextInt(2_000_000) - 1_000_000) / 1e3));
  }

  private static <T> List<T> some(Supplier<T> value, int most, Random random) {
    int count = random.nextInt(20) == 0 ? most : random.nextInt(Math.min(most, 4));
    return Stream.generate(value).limit(count).toList();
  }
}
