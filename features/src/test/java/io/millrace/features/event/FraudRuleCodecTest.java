package io.millrace.features.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Aggregate;
import io.millrace.features.event.FraudRule.Comparison;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.FraudRule.Function;
import io.millrace.features.event.FraudRule.Severity;
import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.FraudRule.State;
import io.millrace.features.event.FraudRule.Step;
import io.millrace.features.event.InvalidEventException.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FraudRuleCodecTest {
  private static final String SUM = "{\"function\":\"sum\",\"field\":\"total\",\"window\":\"10m\"}";

  private static Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("rule_id", "\"r7\"");
    fields.put("version", "3");
    fields.put("owner", "\"ana\"");
    fields.put("state", "\"active\"");
    fields.put("entity", "\"card\"");
    fields.put("severity", "\"high\"");
    fields.put("action", "\"review\"");
    return fields;
  }

  private static Refusals<FraudRule> aggregate() {
    Map<String, String> fields = fields();
    fields.put("on", "\"orders\"");
    fields.put("where", "\"total > 100\"");
    fields.put("aggregate", SUM);
    fields.put("compare", "\">=\"");
    fields.put("threshold", "3");
    return new Refusals<>(Codec.RULES.decoder(), fields);
  }

  private static Refusals<FraudRule> steps() {
    Map<String, String> fields = fields();
    fields.put("steps", "[{\"on\":\"orders\",\"where\":\"total > 5\",\"times\":3}]");
    fields.put("within", "\"30m\"");
    return new Refusals<>(Codec.RULES.decoder(), fields);
  }

  private static Refusals<FraudRule> plain() {
    Map<String, String> fields = fields();
    fields.put("on", "\"orders\"");
    fields.put("where", "\"total > 100\"");
    return new Refusals<>(Codec.RULES.decoder(), fields);
  }

  /** A valid message with one field more. */
  private static Refusals<FraudRule> beside(Refusals<FraudRule> rule, String field, String json) {
    Map<String, String> fields = new LinkedHashMap<>(rule.message());
    fields.put(field, json);
    return new Refusals<>(rule.decoder(), fields);
  }

  @Test
  void readsTheExampleOfTheContract() throws Exception {
    String json =
        """
        {"rule_id":"r7","version":3,"owner":"ana","state":"active","effective_from":1700000000000,
         "expires_at":"2027-01-01T00:00:00Z","entity":"card","on":"orders",
         "where":"total > 100 && ip_country != billing_country",
         "aggregate":{"function":"count","window":"10m"},
         "compare":">=","threshold":3,"severity":"high","action":"review"}
        """;

    assertThat(Codec.RULES.decoder().decode(json.getBytes(UTF_8)))
        .isEqualTo(
            new FraudRule(
                "r7",
                3,
                "ana",
                State.ACTIVE,
                1_700_000_000_000L,
                1_798_761_600_000L,
                Entity.CARD,
                Source.ORDERS,
                "total > 100 && ip_country != billing_country",
                new Aggregate(Function.COUNT, null, 600_000),
                Comparison.AT_LEAST,
                3.0,
                List.of(),
                null,
                Severity.HIGH,
                Action.REVIEW));
  }

  @Test
  void readsStepsWhichTakeTheirTopicFromTheRule() throws Exception {
    FraudRule read =
        beside(steps(), "on", "\"clickstream\"")
            .read(
                "steps",
                "[{\"where\":\"x\"},{\"on\":\"orders\",\"where\":\"y\",\"times\":1000},{}]");

    assertThat(read.on()).isNull();
    assertThat(read.within()).isEqualTo(1_800_000);
    assertThat(read.steps())
        .containsExactly(
            new Step(Source.CLICKSTREAM, "x", 1),
            new Step(Source.ORDERS, "y", 1_000),
            new Step(Source.CLICKSTREAM, null, 1));
  }

  @Test
  void aRuleWithNeitherAggregateNorStepsIsAPlainCondition() throws Exception {
    FraudRule read = plain().read("x", "1");

    assertThat(read.aggregate()).isNull();
    assertThat(read.steps()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1m,60000", "90m,5400000", "24h,86400000", "30d,2592000000", "43200m,2592000000"})
  void windowsAreWholeMinutesHoursOrDays(String text, long ms) throws Exception {
    assertThat(steps().read("within", "\"" + text + "\"").within()).isEqualTo(ms);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "m",
        "10",
        "0m",
        "59s",
        "1.5h",
        "-1m",
        "+1m",
        "31d",
        "721h",
        "43201m",
        "1w",
        "10 m",
        "10M",
        "99999999999999999999d",
        "९m"
      })
  void refusesOtherWindows(String text) {
    steps().assertRefused("within", "\"" + text + "\"", Reason.INVALID_RULE, "within");
    aggregate()
        .assertRefused(
            "aggregate",
            "{\"function\":\"count\",\"window\":\"" + text + "\"}",
            Reason.INVALID_RULE,
            "aggregate.window");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "rule_id|\"\"|INVALID_RULE|rule_id",
        "rule_id|true|WRONG_TYPE|rule_id",
        "rule_id|null|MISSING_FIELD|rule_id",
        "version|-1|INVALID_RULE|version",
        "version|1.5|WRONG_TYPE|version",
        "version|99999999999999999999|INVALID_RULE|version",
        "version|null|MISSING_FIELD|version",
        "owner|null|MISSING_FIELD|owner",
        "state|\"on\"|INVALID_RULE|state",
        "state|null|MISSING_FIELD|state",
        "effective_from|\"soon\"|WRONG_TYPE|effective_from",
        "expires_at|1|INVALID_RULE|expires_at",
        "entity|\"shop\"|INVALID_RULE|entity",
        "entity|null|MISSING_FIELD|entity",
        "on|\"catalog\"|INVALID_RULE|on",
        "on|null|MISSING_FIELD|on",
        "where|1|WRONG_TYPE|where",
        "where|\"\\uD835\"|INVALID_UTF8|where",
        "aggregate|\"count\"|WRONG_TYPE|aggregate",
        "aggregate|{}|MISSING_FIELD|aggregate.function",
        "aggregate|{\"function\":\"count\"}|MISSING_FIELD|aggregate.window",
        "aggregate|{\"function\":\"median\"}|INVALID_RULE|aggregate.function",
        "aggregate|{\"function\":\"sum\",\"window\":\"1h\"}|MISSING_FIELD|aggregate.field",
        "aggregate|{\"function\":\"count\",\"field\":\"x\",\"window\":\"1h\"}|INVALID_RULE"
            + "|aggregate.field",
        "compare|\"=\"|INVALID_RULE|compare",
        "compare|null|MISSING_FIELD|compare",
        "threshold|\"3\"|WRONG_TYPE|threshold",
        "threshold|1e999|INVALID_RULE|threshold",
        "threshold|null|MISSING_FIELD|threshold",
        "within|\"1h\"|INVALID_RULE|within",
        "severity|\"bad\"|INVALID_RULE|severity",
        "severity|null|MISSING_FIELD|severity",
        "action|\"ban\"|INVALID_RULE|action",
        "action|null|MISSING_FIELD|action",
        "steps|[]|INVALID_RULE|steps",
        "steps|[{}]|INVALID_RULE|aggregate",
      })
  void refusesWhatIsNoAggregateRule(String field, String json, Reason reason, String at) {
    aggregate().assertRefused(field, json, reason, at);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "steps|{}|WRONG_TYPE|steps",
        "steps|[1]|WRONG_TYPE|steps[0]",
        "steps|[{\"on\":\"orders\"},null]|WRONG_TYPE|steps[1]",
        "steps|[{\"on\":\"orders\"},{}]|MISSING_FIELD|steps[1].on",
        "steps|[{\"on\":\"x\"}]|INVALID_RULE|steps[0].on",
        "steps|[{\"where\":1}]|WRONG_TYPE|steps[0].where",
        "steps|[{\"times\":0}]|INVALID_RULE|steps[0].times",
        "steps|[{\"times\":1001}]|INVALID_RULE|steps[0].times",
        "steps|[{\"times\":1.5}]|WRONG_TYPE|steps[0].times",
        "steps|[{},{},{},{},{},{},{},{},{}]|INVALID_RULE|steps",
        "within|null|MISSING_FIELD|within",
        "where|\"total > 1\"|INVALID_RULE|where",
        "compare|\"<\"|INVALID_RULE|compare",
        "threshold|1|INVALID_RULE|threshold",
      })
  void refusesWhatIsNoRuleOfSteps(String field, String json, Reason reason, String at) {
    steps().assertRefused(field, json, reason, at);
  }

  @ParameterizedTest
  @CsvSource({
    "where,null,MISSING_FIELD",
    "compare,'\"<\"',INVALID_RULE",
    "threshold,1,INVALID_RULE",
    "within,'\"1h\"',INVALID_RULE"
  })
  void refusesWhatIsNoPlainCondition(String field, String json, Reason reason) {
    plain().assertRefused(field, json, reason, field);
  }

  @Test
  void refusesARuleThatExpiresBeforeItHolds() {
    Refusals<FraudRule> rule = beside(plain(), "effective_from", "1700000000000");

    rule.assertRefused("expires_at", "1700000000000", Reason.INVALID_RULE, "expires_at");
  }

  @Test
  void namesFieldValueAndRemedy() {
    assertThat(aggregate().refusal("steps", "[{}]"))
        .hasMessage("aggregate stands beside steps; send one of them");
    assertThat(aggregate().refusal("compare", "\"=\""))
        .hasMessage("compare is =; send one of ==, !=, <, <=, >, >=");
    assertThat(steps().refusal("within", "\"31d\""))
        .hasMessage(
            "within is '31d'; send whole minutes, hours or days from 1m to 30d,"
                + " such as 10m or 24h");
    assertThat(steps().refusal("steps", "[{\"times\":0}]"))
        .hasMessage("steps[0].times is 0; send a whole number from 1 to 1000");
  }

  @Test
  void holdsFromWhenItIsEffectiveUntilItExpires() throws Exception {
    FraudRule rule =
        beside(plain(), "effective_from", "1700000000000").read("expires_at", "1700000000010");

    assertThat(rule.holdsAt(1_699_999_999_999L)).isFalse();
    assertThat(rule.holdsAt(1_700_000_000_000L)).isTrue();
    assertThat(rule.holdsAt(1_700_000_000_009L)).isTrue();
    assertThat(rule.holdsAt(1_700_000_000_010L)).isFalse();
    assertThat(plain().read("x", "1").holdsAt(0)).isTrue();
    assertThat(plain().read("state", "\"shadow\"").holdsAt(0)).isTrue();
    assertThat(plain().read("state", "\"paused\"").holdsAt(0)).isFalse();
  }

  @Test
  void comparesNumbers() {
    assertThat(Comparison.EQUAL.holds(1, 1)).isTrue();
    assertThat(Comparison.UNEQUAL.holds(1, 1)).isFalse();
    assertThat(Comparison.UNEQUAL.holds(2, 1)).isTrue();
    assertThat(Comparison.BELOW.holds(1, 1)).isFalse();
    assertThat(Comparison.AT_MOST.holds(1, 1)).isTrue();
    assertThat(Comparison.ABOVE.holds(1, 1)).isFalse();
    assertThat(Comparison.AT_LEAST.holds(1, 1)).isTrue();
    for (Comparison comparison : Comparison.values()) {
      assertThat(comparison.holds(Double.NaN, 1)).isFalse();
    }
  }
}
