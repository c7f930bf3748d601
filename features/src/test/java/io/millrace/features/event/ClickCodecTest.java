package io.millrace.features.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClickCodecTest {
  static final Instant NOW = Instant.parse("2025-11-24T12:00:00Z");
  private final ClickCodec codec = new ClickCodec(Clock.fixed(NOW, ZoneOffset.UTC));

  private Click decode(String json) throws InvalidEventException {
    return codec.decode(json.getBytes(UTF_8));
  }

  /** A view of an item with {@code more} fields, each written as {@code ,"name":value}. */
  private Click decodeWith(String more) throws InvalidEventException {
    return decode(
        "{\"event_id\":\"e\",\"event_type\":\"view_item\",\"event_time\":1763985000000,"
            + "\"visitor_id\":\"v\",\"item_id\":\"i\""
            + more
            + "}");
  }

  @Test
  void readsEveryFieldOfTheContract() throws Exception {
    Click click =
        decodeWith(
            ",\"session_id\":\"s\",\"user_id\":\"u\",\"quantity\":2,\"price\":9.5,"
                + "\"price_version\":\"p7\",\"currency\":\"EUR\",\"index\":0,"
                + "\"served_version\":\"0001\",\"channel\":\"web\",\"region\":\"north\","
                + "\"device_id\":\"d\",\"ip\":\"10.0.0.1\",\"user_agent\":\"Mozilla\","
                + "\"query\":\"red shoes\"");

    assertThat(click)
        .isEqualTo(
            new Click(
                "e",
                ClickType.VIEW_ITEM,
                1_763_985_000_000L,
                "v",
                "i",
                List.of(),
                "s",
                new Click.Details(
                    "red shoes",
                    "u",
                    2,
                    9.5,
                    "p7",
                    "EUR",
                    0,
                    "0001",
                    "web",
                    "north",
                    "d",
                    "10.0.0.1",
                    "Mozilla")));
  }

  @ParameterizedTest
  @EnumSource(ClickType.class)
  void readsEveryType(ClickType type) throws Exception {
    Click click =
        decode(
            "{\"event_id\":\"e\",\"event_type\":\""
                + type.wireName()
                + "\",\"event_time\":1763985000000,\"visitor_id\":\"v\",\"item_id\":\"i\","
                + "\"item_ids\":[\"a\",\"b\"],\"query\":\"q\"}");

    assertThat(click.type()).isEqualTo(type);
    assertThat(click.itemId()).isEqualTo(type.needsItem() ? "i" : null);
    assertThat(click.itemIds())
        .isEqualTo(type.needsItems() ? List.of("a", "b") : List.<String>of());
  }

  @Test
  void ignoresUnknownFieldsHoweverNested() throws Exception {
    Click plain = decodeWith("");

    assertThat(decodeWith(",\"x\":{\"visitor_id\":\"other\",\"y\":[1,{\"item_id\":2}]},\"z\":1e9"))
        .isEqualTo(plain);
    assertThat(decodeWith(",\"x\":" + "[".repeat(900) + "]".repeat(900))).isEqualTo(plain);
    assertThat(decodeWith(",\"x\":[]").details()).isSameAs(Click.Details.NONE);
  }

  @Test
  void takesNullAsAbsent() throws Exception {
    assertThat(decodeWith(",\"price\":null,\"session_id\":null,\"item_ids\":null"))
        .isEqualTo(decodeWith(""));
  }

  @ParameterizedTest
  @CsvSource({
    "1763985000000, 1763985000000",
    "946684800000, 946684800000",
    "'\"2000-01-01T00:00:00Z\"', 946684800000",
    "'\"2025-11-24T12:00:00+00:00\"', 1763985600000",
    "'\"2025-11-24T14:00:00+02:00\"', 1763985600000",
    "'\"2025-11-24T06:30:00.250-05:30\"', 1763985600250",
    "'\"2025-11-24T12:00:00.123456789Z\"', 1763985600123",
    "'\"2025-11-24T12:00Z\"', 1763985600000",
  })
  void readsTimesWithAnOffsetOrAsMilliseconds(String time, long expected) throws Exception {
    Click click =
        new ClickCodec(Clock.fixed(Instant.parse("2025-12-01T00:00:00Z"), ZoneOffset.UTC))
            .decode(
                ("{\"event_id\":\"e\",\"event_type\":\"view_cart\",\"visitor_id\":\"v\","
                        + "\"event_time\":"
                        + time
                        + "}")
                    .getBytes(UTF_8));

    assertThat(click.eventTime()).isEqualTo(expected);
  }

  @Test
  void takesTimesUpToAnHourAhead() throws Exception {
    long limit = NOW.toEpochMilli() + 3_600_000;

    assertThat(
            decode(
                    "{\"event_id\":\"e\",\"event_type\":\"view_cart\",\"visitor_id\":\"v\","
                        + "\"event_time\":"
                        + limit
                        + "}")
                .eventTime())
        .isEqualTo(limit);
  }

  @ParameterizedTest
  @CsvSource({"42, 42", "-7, -7", "1.50, 1.50", "1e5, 1e5", "12345678901234567890, same"})
  void takesANumberAsTheTextOfAnId(String number, String id) throws Exception {
    Click click =
        decode(
            "{\"event_id\":1,\"event_type\":\"view_item\",\"event_time\":1763985000000,"
                + "\"visitor_id\":"
                + number
                + ",\"item_id\":"
                + number
                + "}");

    assertThat(click.visitorId()).isEqualTo(id.equals("same") ? number : id);
    assertThat(click.itemId()).isEqualTo(click.visitorId());
    assertThat(click.eventId()).isEqualTo("1");
  }

  @Test
  void countsAnIdInBytes() throws Exception {
    String widest = "𝒳".repeat(32);

    assertThat(decodeWith(",\"session_id\":\"" + widest + "\"").sessionId()).isEqualTo(widest);
    assertThat(decodeWith(",\"session_id\":\"\\uD835\\uDCB3\"").sessionId()).isEqualTo("𝒳");
  }

  @Test
  void readsBehindAByteOrderMarkAndBeforeWhiteSpace() throws Exception {
    String json =
        new String(ClickCodec.encode(Click.view("e", 1_763_985_000_000L, "v", "i")), UTF_8);

    assertThat(decode("\uFEFF" + json + " \r\n\t")).isEqualTo(decode(json));
  }
}
