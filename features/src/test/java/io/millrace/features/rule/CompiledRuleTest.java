package io.millrace.features.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRule.Aggregate;
import io.millrace.features.event.FraudRule.Comparison;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.FraudRule.Function;
import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.FraudRule.State;
import io.millrace.features.event.FraudRule.Step;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.InvalidEventException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompiledRuleTest {
  private static final long HOUR = 3_600_000;
  private static final Rules CARD = Rules.rule("r", Entity.CARD);

  private static void assertRefused(FraudRule rule, String field, String detail) {
    InvalidEventException refusal =
        catchThrowableOfType(InvalidEventException.class, () -> CompiledRule.of(rule));
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(Reason.INVALID_RULE);
    assertThat(refusal.field()).isEqualTo(field);
    assertThat(refusal).hasMessage(detail);
  }

  private static FraudRule of(Function function, String field, double threshold) {
    return CARD.aggregate(
        Source.ORDERS, null, new Aggregate(function, field, HOUR), Comparison.AT_LEAST, threshold);
  }

  @Test
  void saysWhereAConditionIsRefused() {
    assertRefused(
        CARD.plain(Source.ORDERS, "total > 1 && totl > 2"),
        "where",
        "where is refused at character 14, at 'totl > 2':"
            + " orders has no field totl; did you mean total?");
    assertRefused(
        CARD.steps(HOUR, new Step(Source.ORDERS, null, 1), new Step(Source.ORDERS, "total >", 1)),
        "steps[1].where",
        "steps[1].where is refused at character 8, at the end: found the end,"
            + " expected a field, a number, a text in single quotes or '('");
  }

  @Test
  void refusesAConditionThatIsNeverMet() {
    for (String where :
        new String[] {"false", "1 > 2", "status == 'paid' && status == 'placed'", "1 / 0 > 1"}) {
      assertRefused(
          CARD.plain(Source.ORDERS, where),
          "where",
          "where can never be met; mend it, or pause the rule");
    }
  }

  @ParameterizedTest
  @CsvSource({"CARD", "EMAIL", "MERCHANT"})
  void refusesAnEntityThatEventsDoNotName(Entity entity) {
    String words =
        ".on is clickstream, and its events name no %s; watch orders, or another entity"
            .formatted(entity.wireName());
    Rules rule = Rules.rule("r", entity);
    assertRefused(rule.plain(Source.CLICKSTREAM, "true"), "on", words.substring(1));
    assertRefused(
        rule.steps(HOUR, new Step(Source.ORDERS, null, 1), new Step(Source.CLICKSTREAM, null, 1)),
        "steps[1].on",
        "steps[1]" + words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SUM|totl|orders has no field totl; did you mean total?",
        "SUM|currency|currency is a TEXT; sum takes a NUMBER or a FLAG",
        "MEAN|currency|currency is a TEXT; mean takes a NUMBER or a FLAG",
        "MIN|guest|guest is a FLAG; min takes a NUMBER",
        "MAX|guest|guest is a FLAG; max takes a NUMBER",
        "STDDEV|ip|ip is a TEXT; stddev takes a NUMBER",
        "DISTINCT|guest|guest is a FLAG; distinct takes a NUMBER or a TEXT",
      })
  void refusesAFieldThatCannotBeAggregated(Function function, String field, String fault) {
    assertRefused(of(function, field, 1), "aggregate.field", "aggregate.field: " + fault);
  }

  @Test
  void refusesToCountWhatVisitorsType() {
    assertRefused(
        Rules.rule("r", Entity.VISITOR)
            .aggregate(
                Source.CLICKSTREAM,
                null,
                new Aggregate(Function.DISTINCT, "query", HOUR),
                Comparison.ABOVE,
                1),
        "aggregate.field",
        "aggregate.field: query is not to be read; distinct takes a NUMBER or a TEXT");
  }

  @Test
  void refusesAThresholdThatIsNotCountedUpTo() throws Exception {
    assertRefused(
        of(Function.DISTINCT, "ip", 1_025),
        "threshold",
        "threshold is 1025.0; no more than 1024 different values are counted");
    CompiledRule.of(of(Function.DISTINCT, "ip", 1_024));
    CompiledRule.of(of(Function.COUNT, null, 1_025));
  }

  @Test
  void goesOnWithItsStateWhereOnlyTheVerdictChanges() throws Exception {
    FraudRule rule = of(Function.SUM, "total", 10);
    long shape = CompiledRule.of(rule).shape();

    assertThat(CompiledRule.of(of(Function.SUM, "total", 20)).shape()).isEqualTo(shape);
    assertThat(CompiledRule.of(Rules.during(rule, State.SHADOW, null, 9L)).shape())
        .isEqualTo(shape);
    assertThat(CompiledRule.of(of(Function.MEAN, "total", 10)).shape()).isNotEqualTo(shape);
    assertThat(CompiledRule.of(of(Function.SUM, "units", 10)).shape()).isNotEqualTo(shape);
    assertThat(CompiledRule.of(Rules.during(rule, State.ACTIVE, 5L, null)).shape())
        .isNotEqualTo(shape);
    FraudRule filtered =
        CARD.aggregate(Source.ORDERS, "guest", rule.aggregate(), rule.compare(), rule.threshold());
    assertThat(CompiledRule.of(filtered).shape()).isNotEqualTo(shape);
    FraudRule respelled =
        CARD.aggregate(
            Source.ORDERS, " (guest)", rule.aggregate(), rule.compare(), rule.threshold());
    assertThat(CompiledRule.of(respelled).shape()).isEqualTo(CompiledRule.of(filtered).shape());
  }
}
