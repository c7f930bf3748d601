package io.millrace.features.event;

import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Aggregate;
import io.millrace.features.event.FraudRule.Comparison;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.FraudRule.Function;
import io.millrace.features.event.FraudRule.Severity;
import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.FraudRule.State;
import io.millrace.features.event.FraudRule.Step;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Rules of every form that the codec takes; their conditions are any texts. */
final class RandomFraudRules {
  private static final long[] UNITS = {60_000, 3_600_000, 86_400_000};

  private RandomFraudRules() {}

  static FraudRule next(Random random) {
    RandomFields fields = new RandomFields(random);
    Long from = fields.maybe(fields::plannedTime);
    int form = random.nextInt(3);
    boolean aggregate = form == 0;
    boolean steps = form == 1;
    return new FraudRule(
        fields.id(),
        random.nextLong() >>> 1 + random.nextInt(63),
        fields.id(),
        fields.oneOf(State.values()),
        from,
        from == null ? null : fields.maybe(() -> from + 1),
        fields.oneOf(Entity.values()),
        steps ? null : fields.oneOf(Source.values()),
        steps ? null : aggregate ? fields.maybe(() -> fields.text(0, 50)) : fields.text(0, 50),
        aggregate ? aggregate(fields) : null,
        aggregate ? fields.oneOf(Comparison.values()) : null,
        aggregate ? random.nextGaussian() * Math.pow(10, random.nextInt(12)) : null,
        steps ? steps(fields) : List.of(),
        steps ? duration(random) : null,
        fields.oneOf(Severity.values()),
        fields.oneOf(Action.values()));
  }

  private static Aggregate aggregate(RandomFields fields) {
    Function function = fields.oneOf(Function.values());
    return new Aggregate(
        function, function == Function.COUNT ? null : fields.id(), duration(fields.random));
  }

  private static List<Step> steps(RandomFields fields) {
    return Stream.generate(
            () ->
                new Step(
                    fields.oneOf(Source.values()),
                    fields.maybe(() -> fields.text(0, 50)),
                    1 + fields.random.nextInt(FraudRule.MAX_TIMES)))
        .limit(1 + fields.random.nextInt(FraudRule.MAX_STEPS))
        .toList();
  }

  private static long duration(Random random) {
    return UNITS[random.nextInt(UNITS.length)] * (1 + random.nextInt(30));
  }
}
