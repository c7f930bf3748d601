package io.millrace.features.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.InvalidEventException.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderCodecTest {
  private static final long TIME = 1_763_985_000_000L;

  private final Codec.Decoder<Order> decoder = Codec.ORDERS.decoder();
  private final Refusals<Order> placed =
      new Refusals<>(
          decoder,
          Map.of(
              "event_id", "\"e\"",
              "order_id", "\"o\"",
              "status", "\"placed\"",
              "event_time", "1763985000000",
              "visitor_id", "\"v\"",
              "currency", "\"EUR\"",
              "lines", "[{\"item_id\":\"i\",\"quantity\":1}]"));

  private Order decode(String json) throws InvalidEventException {
    return decoder.decode(json.getBytes(UTF_8));
  }

  private Order decode(OrderStatus status, String more) throws InvalidEventException {
    return decode(
        "{\"event_id\":\"e\",\"order_id\":\"o\",\"event_time\":1763985000000,\"visitor_id\":\"v\","
            + "\"status\":\""
            + status.wireName()
            + "\""
            + more
            + "}");
  }

  @Test
  void readsEveryFieldOfTheContract() throws Exception {
    Order order =
        decode(
            OrderStatus.PLACED,
            ",\"currency\":\"EUR\",\"lines\":[{\"item_id\":7,\"quantity\":2,\"unit_price\":9.5,"
                + "\"price_version\":\"p7\",\"x\":{}}],\"total\":19,\"user_id\":\"u\","
                + "\"session_id\":\"s\",\"merchant_id\":\"m\",\"payment\":{\"method\":\"card\","
                + "\"card_id\":\"c\",\"bin\":411111,\"country\":\"DE\",\"x\":[1]},"
                + "\"device_id\":\"d\",\"ip\":\"10.0.0.1\",\"ip_country\":\"DE\","
                + "\"billing_country\":\"AT\",\"shipping_country\":\"CH\",\"email_hash\":\"h\","
                + "\"account_created_at\":\"1999-05-01T00:00:00Z\",\"region\":\"north\","
                + "\"channel\":\"web\"");

    assertThat(order)
        .isEqualTo(
            new Order(
                "e",
                "o",
                OrderStatus.PLACED,
                TIME,
                "v",
                "s",
                "EUR",
                List.of(new Order.Line("7", 2, 9.5, "p7")),
                new Order.Details(
                    19.0,
                    "u",
                    "m",
                    new Order.Payment("card", "c", "411111", "DE"),
                    "d",
                    "10.0.0.1",
                    "DE",
                    "AT",
                    "CH",
                    "h",
                    925_516_800_000L,
                    "north",
                    "web")));
  }

  @Test
  void keepsTheLinesOfAnItemApart() throws Exception {
    assertThat(
            placed
                .read(
                    "lines",
                    "[{\"item_id\":\"i\",\"quantity\":2,\"unit_price\":5},"
                        + "{\"item_id\":\"i\",\"quantity\":1}]")
                .lines())
        .containsExactly(new Order.Line("i", 2, 5.0, null), new Order.Line("i", 1, null, null));
  }

  @ParameterizedTest
  @EnumSource(names = "PLACED", mode = EnumSource.Mode.EXCLUDE)
  void otherStatesNeedNeitherLinesNorCurrency(OrderStatus status) throws Exception {
    Order whole = Order.became("e", "o", status, TIME, "v");

    assertThat(decode(status, "")).isEqualTo(whole);
    assertThat(decode(status, ",\"lines\":[]")).isEqualTo(whole);
    assertThat(decode(status, ",\"lines\":null")).isEqualTo(whole);
  }

  @ParameterizedTest
  @EnumSource(OrderStatus.class)
  void linesStayWhereTheySayWhatIsBoughtOrTakenBack(OrderStatus status) throws Exception {
    Order order =
        decode(
            status, ",\"currency\":\"EUR\",\"lines\":[{\"item_id\":\"i\",\"quantity\":1000000}]");

    assertThat(order.lines())
        .isEqualTo(
            status == OrderStatus.PLACED || status.takesBack()
                ? List.of(new Order.Line("i", 1_000_000, null, null))
                : List.of());
  }

  @Test
  void sharesWhatIsEmpty() throws Exception {
    assertThat(placed.read("x", "1").details()).isSameAs(Order.Details.NONE);
    assertThat(placed.read("payment", "{}").details()).isEqualTo(Order.Details.NONE);
    assertThat(placed.read("payment", "{\"x\":1}").details().payment())
        .isSameAs(Order.Payment.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"event_id", "order_id", "status", "event_time", "visitor_id", "currency", "lines"})
  void refusesAMissingField(String field) {
    placed.assertRefused(field, null, Reason.MISSING_FIELD, field);
    placed.assertRefused(field, "null", Reason.MISSING_FIELD, field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lines|[{\"quantity\":1}]|MISSING_FIELD|lines[].item_id",
        "lines|[{\"item_id\":\"i\"}]|MISSING_FIELD|lines[].quantity",
        "lines|[{\"item_id\":\"i\",\"quantity\":null}]|MISSING_FIELD|lines[].quantity",
        "lines|[]|OUT_OF_RANGE|lines",
        "lines|{}|WRONG_TYPE|lines",
        "lines|\"i\"|WRONG_TYPE|lines",
        "lines|[\"i\"]|WRONG_TYPE|lines",
        "lines|[null]|WRONG_TYPE|lines",
        "lines|[{\"item_id\":\"\",\"quantity\":1}]|OUT_OF_RANGE|lines[].item_id",
        "lines|[{\"item_id\":[],\"quantity\":1}]|WRONG_TYPE|lines[].item_id",
        "lines|[{\"item_id\":\"i\",\"quantity\":0}]|OUT_OF_RANGE|lines[].quantity",
        "lines|[{\"item_id\":\"i\",\"quantity\":-1}]|OUT_OF_RANGE|lines[].quantity",
        "lines|[{\"item_id\":\"i\",\"quantity\":1000001}]|OUT_OF_RANGE|lines[].quantity",
        "lines|[{\"item_id\":\"i\",\"quantity\":99999999999999999999}]|OUT_OF_RANGE|lines[].quantity",
        "lines|[{\"item_id\":\"i\",\"quantity\":1.5}]|WRONG_TYPE|lines[].quantity",
        "lines|[{\"item_id\":\"i\",\"quantity\":\"1\"}]|WRONG_TYPE|lines[].quantity",
        "lines|[{\"item_id\":\"i\",\"quantity\":1,\"unit_price\":-1}]|OUT_OF_RANGE|lines[].unit_price",
        "lines|[{\"item_id\":\"i\",\"quantity\":1,\"unit_price\":\"1\"}]|WRONG_TYPE|lines[].unit_price",
        "status|\"lost\"|UNKNOWN_VALUE|status",
        "status|1|WRONG_TYPE|status",
        "currency|\"euro\"|UNKNOWN_VALUE|currency",
        "total|-0.01|OUT_OF_RANGE|total",
        "total|1e999|OUT_OF_RANGE|total",
        "total|\"9\"|WRONG_TYPE|total",
        "payment|\"card\"|WRONG_TYPE|payment",
        "payment|[]|WRONG_TYPE|payment",
        "payment|{\"card_id\":{}}|WRONG_TYPE|payment.card_id",
        "payment|{\"card_id\":\"\"}|OUT_OF_RANGE|payment.card_id",
        "payment|{\"method\":1}|WRONG_TYPE|payment.method",
        "email_hash|\"\"|OUT_OF_RANGE|email_hash",
        "ip_country|49|WRONG_TYPE|ip_country",
        "account_created_at|-1|OUT_OF_RANGE|account_created_at",
        "account_created_at|\"2025-11-24T13:00:01Z\"|OUT_OF_RANGE|account_created_at",
        "account_created_at|\"2025-11-24\"|WRONG_TYPE|account_created_at",
        "event_time|\"2025-11-24T13:00:01Z\"|OUT_OF_RANGE|event_time",
        "event_time|946684799999|OUT_OF_RANGE|event_time",
      })
  void refusesWhatIsNotValid(String field, String json, Reason reason, String at) {
    placed.assertRefused(field, json, reason, at);
  }

  @Test
  void takesAThousandLinesAndNoMore() throws Exception {
    String line = "{\"item_id\":\"i\",\"quantity\":1}";
    String most = "[" + line + ("," + line).repeat(OrderCodec.MAX_LINES - 1);

    assertThat(placed.read("lines", most + "]").lines()).hasSize(OrderCodec.MAX_LINES);
    placed.assertRefused("lines", most + "," + line + "]", Reason.OUT_OF_RANGE, "lines");
  }

  @Test
  void namesFieldValueAndRemedy() {
    assertThat(placed.refusal("lines", "[{\"item_id\":\"i\",\"quantity\":0}]"))
        .hasMessage("lines[].quantity is 0; send a whole number from 1 to 1000000");
    assertThat(placed.refusal("status", "\"lost\""))
        .hasMessage(
            "status is 'lost'; send one of placed, paid, payment_failed, shipped, delivered,"
                + " cancelled, refunded");
  }
}
