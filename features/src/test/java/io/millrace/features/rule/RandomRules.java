package io.millrace.features.rule;

import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRule.Aggregate;
import io.millrace.features.event.FraudRule.Comparison;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.FraudRule.Function;
import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.FraudRule.State;
import io.millrace.features.event.FraudRule.Step;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.rule.RandomExpressions.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random rules of every form, each with a plain look that says which events meet its clauses. */
final class RandomRules {
  private static final Entity[] ON_ORDERS = {Entity.CARD, Entity.EMAIL, Entity.MERCHANT};
  private static final Entity[] ON_BOTH = {Entity.VISITOR, Entity.DEVICE, Entity.IP};

  private final Random random;
  private final long begin;

  /**
   * @param begin of the events
   */
  RandomRules(Random random, long begin) {
    this.random = random;
    this.begin = begin;
  }

  /**
   * A rule and what it means.
   *
   * @param rule as it is given
   * @param parts by clause, the condition
   */
  record Meant(FraudRule rule, List<Part> parts) {
    Source source(int clause) {
      return rule.steps().isEmpty() ? rule.on() : rule.steps().get(clause).on();
    }

    /** The clauses that an event meets, a bit each. */
    int met(Source source, Map<String, Object> event) {
      int met = 0;
      for (int i = 0; i < parts.size(); i++) {
        boolean is = source(i) == source && Boolean.TRUE.equals(parts.get(i).of(event));
        met |= is ? 1 << i : 0;
      }
      return met;
    }
  }

  private <T> T oneOf(T[] values) {
    return values[random.nextInt(values.length)];
  }

  /** One that is not refused because it can never be met. */
  Meant next(String id) {
    while (true) {
      Meant next = any(id);
      try {
        CompiledRule.of(next.rule());
        return next;
      } catch (InvalidEventException e) {
        if (!e.getMessage().contains("can never be met")) {
          throw new AssertionError(next.rule().toString(), e);
        }
      }
    }
  }

  private Meant any(String id) {
    boolean both = random.nextBoolean();
    Rules named = Rules.rule(id, oneOf(both ? ON_BOTH : ON_ORDERS));
    Source source = both ? oneOf(Source.values()) : Source.ORDERS;
    List<Part> parts = new ArrayList<>();
    FraudRule rule =
        switch (random.nextInt(3)) {
          case 0 -> {
            parts.add(part(source));
            yield named.plain(source, parts.get(0).text());
          }
          case 1 -> {
            parts.add(part(source));
            yield aggregate(named, source, parts.get(0).text());
          }
          default -> {
            List<Step> steps = new ArrayList<>();
            for (int rest = 1 + random.nextInt(3); rest > 0; rest--) {
              Source on = both ? oneOf(Source.values()) : Source.ORDERS;
              parts.add(part(on));
              steps.add(new Step(on, parts.get(parts.size() - 1).text(), 1 + random.nextInt(3)));
            }
            yield named.steps(window(), steps.toArray(Step[]::new));
          }
        };
    Long from = random.nextInt(4) == 0 ? begin + random.nextInt(3_600_000) : null;
    Long until = random.nextInt(4) == 0 ? begin + 3_600_000 + random.nextInt(3_600_000) : null;
    State state = random.nextInt(8) == 0 ? State.PAUSED : State.ACTIVE;
    return new Meant(Rules.during(rule, state, from, until), parts);
  }

  private Part part(Source source) {
    return new RandomExpressions(random, source).condition(random.nextInt(3));
  }

  private FraudRule aggregate(Rules named, Source source, String where) {
    Function function = oneOf(Function.values());
    String number = source == Source.ORDERS ? "total" : "price";
    String field =
        switch (function) {
          case COUNT -> null;
          case DISTINCT -> source == Source.ORDERS ? "ip_country" : "item_id";
          default -> number;
        };
    return named.aggregate(
        source,
        where,
        new Aggregate(function, field, window()),
        oneOf(Comparison.values()),
        random.nextInt(6));
  }

  private long window() {
    return 60_000L * (1 + random.nextInt(30));
  }
}
