package io.millrace.features.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.FraudAlert.Cause;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import io.millrace.features.event.InvalidEventException.Reason;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FraudAlertCodecTest {
  private static final long TIME = 1_763_985_000_000L;

  private static final FraudAlert OF_A_MODEL =
      new FraudAlert(
          "9f3c",
          FraudAlert.State.UPDATE,
          2,
          new Cause(Cause.Type.MODEL, "card", 41),
          "card:4711",
          List.of("v1", "v2"),
          List.of("o1"),
          Severity.HIGH,
          Action.BLOCK,
          0.8312345678,
          0.61,
          1_234_567.895,
          List.of(new RiskReason("amount_ratio", "r", 5.1, 1.0, 1.94444444)),
          "e9",
          List.of("e8", "e9"),
          TIME - 60_000,
          TIME,
          TIME,
          TIME + 20,
          false,
          "c1");

  private final Refusals<FraudAlert> alert = new Refusals<>(Codec.ALERTS.decoder(), fields());

  private static Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("alert_id", "\"9f3c\"");
    fields.put("state", "\"open\"");
    fields.put("revision", "1");
    fields.put("type", "\"rule\"");
    fields.put("rule_id", "\"r7\"");
    fields.put("rule_version", "3");
    fields.put("entity", "\"card:4711\"");
    fields.put("severity", "\"critical\"");
    fields.put("action", "\"review\"");
    fields.put("window", "{\"from\":1763984400000,\"to\":1763985000000}");
    fields.put("event_time", "1763985000000");
    fields.put("detection_time", "1763985000020");
    return fields;
  }

  private static FraudAlert ofARule(List<RiskReason> reasons, Double score) {
    return new FraudAlert(
        "9f3c",
        FraudAlert.State.OPEN,
        1,
        new Cause(Cause.Type.RULE, "r7", 3),
        "card:4711",
        List.of(),
        List.of(),
        Severity.CRITICAL,
        Action.REVIEW,
        score,
        null,
        null,
        reasons,
        null,
        List.of(),
        TIME - 600_000,
        TIME,
        TIME,
        TIME + 20,
        false,
        null);
  }

  @Test
  void readsAnAlertThatLacksWhatIsNotRequired() throws Exception {
    assertThat(alert.read("note", "{\"by\":[\"ana\"]}")).isEqualTo(ofARule(List.of(), null));
  }

  @Test
  void writesAnAlertOfAModelAsTheContractHasIt() {
    assertThat(new String(FraudAlertCodec.encode(OF_A_MODEL), UTF_8))
        .isEqualTo(
            "{\"alert_id\":\"9f3c\",\"state\":\"update\",\"revision\":2,\"type\":\"model\","
                + "\"rule_id\":null,\"rule_version\":null,\"model_id\":\"card\","
                + "\"model_version\":41,\"entity\":\"card:4711\",\"visitor_ids\":[\"v1\",\"v2\"],"
                + "\"order_ids\":[\"o1\"],\"severity\":\"high\",\"action\":\"block\","
                + "\"score\":0.831235,\"probability\":0.61,\"expected_loss\":1234567.895,"
                + "\"reasons\":[{\"code\":\"amount_ratio\",\"feature\":\"r\",\"value\":5.1,"
                + "\"baseline\":1,\"contribution\":1.94444}],\"triggering_event_id\":\"e9\","
                + "\"event_ids\":[\"e8\",\"e9\"],"
                + "\"window\":{\"from\":1763984940000,\"to\":1763985000000},"
                + "\"event_time\":1763985000000,\"detection_time\":1763985000020,"
                + "\"shadow\":false,\"suppressed_by\":\"c1\"}");
  }

  @Test
  void writesNullWhereARuleHasNothingToSay() {
    assertThat(new String(FraudAlertCodec.encode(ofARule(List.of(), null)), UTF_8))
        .isEqualTo(
            "{\"alert_id\":\"9f3c\",\"state\":\"open\",\"revision\":1,\"type\":\"rule\","
                + "\"rule_id\":\"r7\",\"rule_version\":3,\"model_id\":null,"
                + "\"model_version\":null,\"entity\":\"card:4711\",\"visitor_ids\":[],"
                + "\"order_ids\":[],\"severity\":\"critical\",\"action\":\"review\","
                + "\"score\":null,\"probability\":null,\"expected_loss\":null,\"reasons\":[],"
                + "\"triggering_event_id\":null,\"event_ids\":[],"
                + "\"window\":{\"from\":1763984400000,\"to\":1763985000000},"
                + "\"event_time\":1763985000000,\"detection_time\":1763985000020,"
                + "\"shadow\":false,\"suppressed_by\":null}");
  }

  @Test
  void writesWholeNumbersAsTheyAreAndNothingForWhatIsNoNumber() throws Exception {
    RiskReason odd =
        new RiskReason("c", "f", 1_763_985_000_001.0, Double.NaN, Double.NEGATIVE_INFINITY);
    byte[] json = FraudAlertCodec.encode(ofARule(List.of(odd), Double.NaN));

    assertThat(new String(json, UTF_8))
        .contains("\"score\":null")
        .contains("\"value\":1763985000001,\"baseline\":null,\"contribution\":null");
    assertThat(Codec.ALERTS.decoder().decode(json))
        .isEqualTo(
            ofARule(List.of(new RiskReason("c", "f", 1_763_985_000_001.0, null, null)), null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "alert_id|null|MISSING_FIELD|alert_id",
        "state|\"shut\"|UNKNOWN_VALUE|state",
        "state|null|MISSING_FIELD|state",
        "revision|0|OUT_OF_RANGE|revision",
        "revision|null|MISSING_FIELD|revision",
        "type|null|MISSING_FIELD|type",
        "type|\"hunch\"|UNKNOWN_VALUE|type",
        "type|\"model\"|MISSING_FIELD|model_id",
        "rule_id|null|MISSING_FIELD|rule_id",
        "rule_version|null|MISSING_FIELD|rule_version",
        "rule_version|-1|OUT_OF_RANGE|rule_version",
        "entity|null|MISSING_FIELD|entity",
        "severity|null|MISSING_FIELD|severity",
        "action|\"shrug\"|UNKNOWN_VALUE|action",
        "action|null|MISSING_FIELD|action",
        "score|\"high\"|WRONG_TYPE|score",
        "expected_loss|1e999|OUT_OF_RANGE|expected_loss",
        "visitor_ids|\"v\"|WRONG_TYPE|visitor_ids",
        "order_ids|[\"\"]|OUT_OF_RANGE|order_ids",
        "reasons|[{\"code\":\"c\"}]|MISSING_FIELD|reasons[0].feature",
        "reasons|[7]|WRONG_TYPE|reasons[0]",
        "window|null|MISSING_FIELD|window.from",
        "window|{\"from\":1}|MISSING_FIELD|window.to",
        "event_time|1763989200001|OUT_OF_RANGE|event_time",
        "detection_time|null|MISSING_FIELD|detection_time",
        "shadow|0|WRONG_TYPE|shadow",
      })
  void refusesWhatIsNotValid(String field, String json, Reason reason, String at) {
    alert.assertRefused(field, json, reason, at);
  }

  @Test
  void refusesMoreThanAnAlertNames() throws Exception {
    for (Map.Entry<String, Integer> list :
        Map.of(
                "visitor_ids", FraudAlert.MAX_IDS,
                "order_ids", FraudAlert.MAX_IDS,
                "event_ids", FraudAlert.MAX_EVENTS)
            .entrySet()) {
      int most = list.getValue();
      assertThat(alert.read(list.getKey(), ids(most)).alertId()).isEqualTo("9f3c");
      alert.assertRefused(list.getKey(), ids(most + 1), Reason.OUT_OF_RANGE, list.getKey());
    }
  }

  private static String ids(int count) {
    return "[" + String.join(",", Collections.nCopies(count, "\"id\"")) + "]";
  }
}
