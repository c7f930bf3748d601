package io.millrace.features.event;

import static io.millrace.features.event.InvalidEventException.Reason.INVALID_UTF8;
import static io.millrace.features.event.InvalidEventException.Reason.MALFORMED_JSON;
import static io.millrace.features.event.InvalidEventException.Reason.MISSING_FIELD;
import static io.millrace.features.event.InvalidEventException.Reason.OUT_OF_RANGE;
import static io.millrace.features.event.InvalidEventException.Reason.TOO_LARGE;
import static io.millrace.features.event.InvalidEventException.Reason.UNKNOWN_VALUE;
import static io.millrace.features.event.InvalidEventException.Reason.WRONG_TYPE;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.features.event.InvalidEventException.Reason;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidClickTest {
  private final ClickCodec codec = new ClickCodec(Clock.fixed(ClickCodecTest.NOW, ZoneOffset.UTC));

  private InvalidEventException refusal(byte[] payload) {
    InvalidEventException refusal =
        catchThrowableOfType(InvalidEventException.class, () -> codec.decode(payload));
    assertThat(refusal).as("the message is refused").isNotNull();
    return refusal;
  }

  private void assertRefused(byte[] payload, Reason reason, String field) {
    InvalidEventException refusal = refusal(payload);
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
    assertThat(refusal.field()).as(refusal.getMessage()).isEqualTo(field);
    assertThat(refusal.getMessage()).isNotBlank().contains(field).hasSizeLessThan(400);
  }

  private void assertRefused(String payload, Reason reason, String field) {
    assertRefused(payload.getBytes(UTF_8), reason, field);
  }

  /**
   * A valid add_to_cart but for {@code field}, whose JSON is {@code value}, or null to leave out.
   */
  private static String clickWith(String field, String value) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("event_id", "\"e\"");
    fields.put("event_type", "\"add_to_cart\"");
    fields.put("event_time", "1763985000000");
    fields.put("visitor_id", "\"v\"");
    fields.put("item_id", "\"i\"");
    fields.put(field, value);
    return fields.entrySet().stream()
        .filter(entry -> entry.getValue() != null)
        .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Test
  void theUnchangedEventIsValid() throws Exception {
    assertThat(codec.decode(clickWith("quantity", "1").getBytes(UTF_8)).visitorId()).isEqualTo("v");
  }

  @Test
  void refusesEmptyMessages() {
    assertRefused((byte[]) null, MALFORMED_JSON, "");
    assertRefused("", MALFORMED_JSON, "");
    assertRefused(" \n\t ", MALFORMED_JSON, "");
    assertRefused("\uFEFF", MALFORMED_JSON, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"event_id\"",
        "{\"event_id\":",
        "{\"event_id\":\"e",
        "{\"event_id\":\"e\"",
        "{\"event_id\":\"e\",}",
        "{\"item_ids\":[\"a\"",
        "{\"x\":{\"y\":[1,2",
        "{'event_id':'e'}",
        "{event_id:1}",
        "{\"event_id\":007}",
        "{\"price\":NaN}",
        "{\"event_id\":\"\\x\"}",
        "{\"event_id\":\"line\nbreak\"}",
        "{\"event_id\":\"e\"]",
        "}",
        "nonsense",
        "\u0000\u0000",
        "/* c */ {}",
      })
  void refusesWhatIsNotJson(String payload) {
    assertRefused(payload, MALFORMED_JSON, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "{}", "]", "\u0000", ",", "{\"event_id\":\"e2\"}"})
  void refusesTrailingGarbage(String garbage) {
    assertRefused(clickWith("quantity", "1") + garbage, MALFORMED_JSON, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"text\"", "12", "true", "null", "[{\"event_id\":\"e\"}]"})
  void refusesWhatIsNotAnObject(String payload) {
    assertRefused(payload, WRONG_TYPE, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_id", "event_type", "event_time", "visitor_id", "item_id"})
  void refusesAMissingField(String field) {
    assertRefused(clickWith(field, null), MISSING_FIELD, field);
    assertRefused(clickWith(field, "null"), MISSING_FIELD, field);
  }

  @Test
  void requiresWhatTheTypeNeeds() {
    assertRefused(clickWith("event_type", "\"view_item_list\""), MISSING_FIELD, "item_ids");
    assertRefused(clickWith("event_type", "\"search\""), MISSING_FIELD, "query");
    assertRefused(
        clickWith("event_type", "\"view_item_list\",\"item_ids\":[]"), OUT_OF_RANGE, "item_ids");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "event_id|true",
        "event_id|{}",
        "visitor_id|[\"v\"]",
        "item_id|{\"id\":1}",
        "session_id|false",
        "event_type|3",
        "event_type|[]",
        "event_time|1763985000000.5",
        "event_time|true",
        "event_time|\"yesterday\"",
        "event_time|\"1763985000000\"",
        "event_time|\"2025-11-24T12:00:00\"",
        "event_time|\"2025-11-24\"",
        "event_time|\"2025-13-24T12:00:00Z\"",
        "event_time|\"\"",
        "item_ids|\"a\"",
        "item_ids|[null]",
        "item_ids|[[\"a\"]]",
        "item_ids|[true]",
        "quantity|\"1\"",
        "quantity|1.5",
        "price|\"9.5\"",
        "price|[]",
        "index|true",
        "currency|5",
        "query|5",
        "user_agent|{}",
      })
  void refusesAWrongType(String field, String value) {
    assertRefused(clickWith(field, value), WRONG_TYPE, field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "event_time|946684799999",
        "event_time|0",
        "event_time|-1",
        "event_time|1763989200001",
        "event_time|99999999999999999999999",
        "event_time|9223372036854775807",
        "event_time|\"1999-12-31T23:59:59.999Z\"",
        "event_time|\"2025-11-24T13:00:00.001Z\"",
        "event_time|\"+999999999-12-31T23:59:59Z\"",
        "event_time|\"-999999999-01-01T00:00:00Z\"",
        "event_id|\"\"",
        "visitor_id|\"\"",
        "item_id|\"\"",
        "item_ids|[\"a\",\"\"]",
        "quantity|0",
        "quantity|-3",
        "quantity|2147483648",
        "quantity|99999999999999999999",
        "index|-1",
        "price|-0.01",
        "price|-1e300",
        "price|1e13",
        "price|1e999",
      })
  void refusesAValueOutOfRange(String field, String value) {
    assertRefused(clickWith(field, value), OUT_OF_RANGE, field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_id", "visitor_id", "item_id", "session_id", "device_id", "ip"})
  void refusesIdsOfMoreThan128Bytes(String field) {
    assertRefused(clickWith(field, "\"" + "x".repeat(129) + "\""), OUT_OF_RANGE, field);
    assertRefused(clickWith(field, "\"" + "x".repeat(10_000) + "\""), OUT_OF_RANGE, field);
    assertRefused(clickWith(field, "\"" + "ä".repeat(65) + "\""), OUT_OF_RANGE, field);
    assertRefused(clickWith(field, "1" + "0".repeat(128)), OUT_OF_RANGE, field);
  }

  @Test
  void refusesMoreThanTheBoundsOfListsAndTexts() {
    String ids = "\"a\"" + ",\"a\"".repeat(ClickCodec.MAX_LIST_ITEMS);

    assertRefused(clickWith("item_ids", "[" + ids + "]"), OUT_OF_RANGE, "item_ids");
    assertRefused(
        clickWith("query", "\"" + "q".repeat(FieldReader.MAX_TEXT_CHARS + 1) + "\""),
        OUT_OF_RANGE,
        "query");
  }

  @ParameterizedTest
  @ValueSource(strings = {"eur", "EURO", "", "E1R", "€€€"})
  void refusesAnUnknownCurrency(String code) {
    assertRefused(clickWith("currency", "\"" + code + "\""), UNKNOWN_VALUE, "currency");
  }

  @ParameterizedTest
  @ValueSource(strings = {"view", "VIEW_ITEM", "", "purchase", "view_item "})
  void refusesAnUnknownType(String type) {
    assertRefused(clickWith("event_type", "\"" + type + "\""), UNKNOWN_VALUE, "event_type");
  }

  @Test
  void refusesLargeMessages() {
    String large = clickWith("x", "\"" + "x".repeat(5 * 1024 * 1024) + "\"");
    String edge = clickWith("x", "\"\"");
    int room = EventReader.MAX_EVENT_BYTES - edge.length();

    assertRefused(large, TOO_LARGE, "");
    assertRefused(clickWith("x", "\"" + "x".repeat(room + 1) + "\""), TOO_LARGE, "");
    assertThat(
            catchThrowableOfType(
                InvalidEventException.class,
                () -> codec.decode(clickWith("x", "\"" + "x".repeat(room) + "\"").getBytes(UTF_8))))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "c328", "c0af", "eda080", "f4908080", "e28282ff", "80"})
  void refusesInvalidUtf8(String hex) {
    byte[] bad = HexFormat.of().parseHex(hex);
    byte[] payload = clickWith("query", "\"" + "?".repeat(bad.length) + "\"").getBytes(UTF_8);
    int at = new String(payload, UTF_8).indexOf('?');
    System.arraycopy(bad, 0, payload, at, bad.length);

    assertRefused(payload, INVALID_UTF8, "");
  }

  @Test
  void refusesOtherEncodings() {
    String click = clickWith("quantity", "1");

    assertRefused(click.getBytes(UTF_16LE), MALFORMED_JSON, "");
    assertRefused(click.getBytes(UTF_16BE), MALFORMED_JSON, "");
    assertRefused(("\uFEFF" + click).getBytes(UTF_16LE), INVALID_UTF8, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\uD835", "\\uDCB3", "a\\uD835b", "\\uDCB3\\uD835", "\\uD835\\uD835"})
  void refusesHalfASurrogatePair(String escaped) {
    assertRefused(clickWith("visitor_id", "\"" + escaped + "\""), INVALID_UTF8, "visitor_id");
    assertRefused(clickWith("query", "\"" + escaped + "\""), INVALID_UTF8, "query");
  }

  @Test
  void refusesNestingWithoutEnd() {
    assertRefused(clickWith("x", "[".repeat(500_000)), OUT_OF_RANGE, "");
    assertRefused(clickWith("x", "{\"a\":".repeat(100_000)), OUT_OF_RANGE, "");
  }

  @Test
  void refusesNumbersWithoutEnd() {
    assertRefused(clickWith("x", "1".repeat(100_000)), OUT_OF_RANGE, "");
  }

  @Test
  void namesFieldValueAndRemedy() {
    assertThat(refusal(clickWith("price", "-3.5").getBytes(UTF_8)))
        .hasMessage("price is -3.5; send an amount from 0 to 1e12");
    assertThat(refusal(clickWith("item_id", "true").getBytes(UTF_8)))
        .hasMessage("item_id is true; send a string");
    assertThat(refusal("{\"item_id\"".getBytes(UTF_8)).getMessage())
        .startsWith("not JSON at byte 10: Unexpected end-of-input")
        .doesNotContain("Source");
  }
}
