package io.millrace.features.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.rule.RandomExpressions.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random conditions mean what a plain look at the event says. */
class ExpressionPropertyTest {
  private static final long SEED = 20_260_117;
  private static final long TIME = 1_764_000_000_000L;

  @ParameterizedTest
  @EnumSource
  void meansWhatAPlainLookSays(Source source) throws Exception {
    Random random = new Random(SEED);
    RandomExpressions expressions = new RandomExpressions(random, source);
    List<VisitorEvent> events = events(random, source);
    EventValues values = new EventValues();
    int met = 0;
    int unknown = 0;
    for (int i = 0; i < 6_000; i++) {
      Part part = expressions.condition(random.nextInt(5));
      Expression parsed = parse(source, part);
      for (int n = 0; n < 10; n++) {
        VisitorEvent event = events.get(random.nextInt(events.size()));
        values.turnTo(event);
        Object truth = part.of(RandomEvents.asMap(event));
        met += Boolean.TRUE.equals(truth) ? 1 : 0;
        unknown += truth == null ? 1 : 0;

        assertThat(parsed.matches(values))
            .as("seed %d, condition %d: %s of %s", SEED, i, part.text(), event)
            .isEqualTo(Boolean.TRUE.equals(truth));
        assertThat(Compiler.condition(parsed.expr()).of(values))
            .as("seed %d, unfolded condition %d: %s of %s", SEED, i, part.text(), event)
            .isEqualTo(truth == null ? 0 : (Boolean) truth ? 1 : -1);
      }
    }
    assertThat(met).isGreaterThan(10_000);
    assertThat(unknown).isGreaterThan(10_000);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsPrintedIsReadTheSame(Source source) throws Exception {
    Random random = new Random(SEED);
    RandomExpressions expressions = new RandomExpressions(random, source);
    for (int i = 0; i < 6_000; i++) {
      Part part = expressions.condition(random.nextInt(5));
      Expression parsed = parse(source, part);
      Expression again = Expression.parse(EventFields.of(source), parsed.toString());

      assertThat(again.expr()).as("seed %d: %s", SEED, part.text()).isEqualTo(parsed.expr());
      assertThat(again).hasToString(parsed.toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWorkedOutForAKindIsTheSame(Source source) throws Exception {
    Random random = new Random(SEED);
    RandomExpressions expressions = new RandomExpressions(random, source);
    List<VisitorEvent> events = events(random, source);
    EventValues values = new EventValues();
    int cut = 0;
    for (int i = 0; i < 3_000; i++) {
      Expression parsed = parse(source, expressions.condition(1 + random.nextInt(3)));
      Clause clause = new Clause(EventFields.of(source), parsed);
      for (int n = 0; n < 5; n++) {
        values.turnTo(events.get(random.nextInt(events.size())));
        List<Expr> conjuncts = clause.conjuncts(values.kind());
        boolean met =
            conjuncts != null
                && conjuncts.stream().allMatch(c -> Compiler.condition(c).of(values) == 1);
        cut += conjuncts == null ? 1 : 0;

        assertThat(met).as("seed %d: %s", SEED, parsed).isEqualTo(parsed.matches(values));
      }
    }
    assertThat(cut).as("kinds that cannot meet it").isGreaterThan(500);
  }

  private static Expression parse(Source source, Part part) throws InvalidExpressionException {
    return Expression.parse(EventFields.of(source), part.text());
  }

  private static List<VisitorEvent> events(Random random, Source source) {
    RandomEvents events = new RandomEvents(random);
    List<VisitorEvent> all = new ArrayList<>();
    while (all.size() < 300) {
      VisitorEvent event = events.next(TIME + random.nextInt(86_400_000), "e" + all.size());
      if ((event instanceof io.millrace.features.event.Order) == (source == Source.ORDERS)) {
        all.add(event);
      }
    }
    return all;
  }
}
