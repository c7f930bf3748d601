package io.millrace.features.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.event.CatalogItem.Prices;
import io.millrace.features.event.CatalogItem.Promotion;
import io.millrace.features.event.CatalogItem.Status;
import io.millrace.features.event.CatalogItem.Supply;
import io.millrace.features.event.InvalidEventException.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogItemCodecTest {
  private final Refusals<CatalogItem> item =
      new Refusals<>(Codec.CATALOG.decoder(), Map.of("item_id", "\"i\"", "currency", "\"EUR\""));
  private final Refusals<CatalogItem> bare =
      new Refusals<>(Codec.CATALOG.decoder(), Map.of("item_id", "\"i\""));

  @Test
  void readsEveryFieldOfTheContract() throws Exception {
    CatalogItem read =
        Codec.CATALOG
            .decoder()
            .decode(
                ("{\"item_id\":\"i\",\"title\":\"Running shoe\",\"category\":\"shoes/running\","
                        + "\"brand\":\"acme\",\"attributes\":{\"size\":42,\"red\":true,"
                        + "\"fit\":\"wide\",\"sole\":null},\"list_price\":99.9,"
                        + "\"currency\":\"EUR\",\"cost\":40,\"cost_unknown_ok\":true,"
                        + "\"min_price\":79,\"max_price\":109,\"map_price\":89,\"stock\":17,"
                        + "\"next_delivery_at\":\"2026-01-05T08:00:00+01:00\","
                        + "\"season_end\":\"2026-08-31T00:00:00Z\",\"lead_time_days\":14,"
                        + "\"adult\":true,\"promotions\":[{\"from\":1764284400000,"
                        + "\"to\":1764370800000,\"label\":\"black friday\"}],"
                        + "\"status\":\"hidden\",\"updated_at\":1763985000000,\"x\":[{}]}")
                    .getBytes(UTF_8));

    assertThat(read)
        .isEqualTo(
            new CatalogItem(
                "i",
                "Running shoe",
                "shoes/running",
                "acme",
                new TreeMap<>(Map.of("size", "42", "red", "true", "fit", "wide")),
                Status.HIDDEN,
                true,
                new Prices(
                    "EUR",
                    99.9,
                    40.0,
                    true,
                    79.0,
                    109.0,
                    89.0,
                    List.of(new Promotion(1_764_284_400_000L, 1_764_370_800_000L, "black friday"))),
                new Supply(17L, 1_767_596_400_000L, 1_788_134_400_000L, 14),
                1_763_985_000_000L));
  }

  @Test
  void anIdIsEnoughAndMeansOnSale() throws Exception {
    CatalogItem read = bare.read("title", null);

    assertThat(read).isEqualTo(CatalogItem.of("i", null, null));
    assertThat(read.status()).isEqualTo(Status.ACTIVE);
    assertThat(read.prices()).isSameAs(Prices.NONE);
    assertThat(read.supply()).isSameAs(Supply.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"list_price", "cost", "min_price", "max_price", "map_price"})
  void refusesAPriceWithoutCurrency(String price) throws Exception {
    bare.assertRefused(price, "9.5", Reason.MISSING_FIELD, "currency");
    assertThat(bare.refusal(price, "9.5"))
        .hasMessage("currency is missing beside " + price + "; name the currency of the prices");
    assertThat(item.read(price, "9.5").prices().currency()).isEqualTo("EUR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b", "a/b/c/d/e/f/g/h/i/j", "shoes & more/ü 漢", "A/a", "4/5"})
  void readsCategories(String path) throws Exception {
    assertThat(bare.read("category", "\"" + path + "\"").category()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "/",
        "/a",
        "a/",
        "a//b",
        "a/ /b",
        "a/b/a",
        "a/a",
        "1/2/3/4/5/6/7/8/9/10/11"
      })
  void refusesWhatIsNoCategory(String path) {
    bare.assertRefused("category", "\"" + path + "\"", Reason.OUT_OF_RANGE, "category");
  }

  @Test
  void namesTheLevelAtWhichACategoryRunsInACircle() {
    assertThat(bare.refusal("category", "\"shoes/sale/shoes\""))
        .hasMessage(
            "category 'shoes/sale/shoes' comes to 'shoes' again; send a path that holds each level"
                + " once");
  }

  @Test
  void boundsCategoriesInBytesAndTitlesInCharacters() throws Exception {
    assertThat(bare.read("category", "\"" + "ä".repeat(128) + "\"").category()).hasSize(128);
    bare.assertRefused("category", "\"" + "ä".repeat(128) + "x\"", Reason.OUT_OF_RANGE, "category");
    assertThat(bare.read("title", "\"" + "漢".repeat(4_096) + "\"").title()).hasSize(4_096);
    bare.assertRefused("title", "\"" + "t".repeat(4_097) + "\"", Reason.OUT_OF_RANGE, "title");
    bare.assertRefused("title", "\"" + "t".repeat(102_400) + "\"", Reason.OUT_OF_RANGE, "title");
  }

  @Test
  void boundsAttributes() throws Exception {
    String most =
        IntStream.range(0, CatalogItemCodec.MAX_ATTRIBUTES)
            .mapToObj(i -> "\"k" + i + "\":" + i)
            .collect(Collectors.joining(","));

    assertThat(bare.read("attributes", "{" + most + "}").attributes())
        .hasSize(CatalogItemCodec.MAX_ATTRIBUTES);
    bare.assertRefused("attributes", "{" + most + ",\"k\":1}", Reason.OUT_OF_RANGE, "attributes");
    bare.assertRefused(
        "attributes", "{\"" + "k".repeat(129) + "\":1}", Reason.OUT_OF_RANGE, "attributes");
    bare.assertRefused("attributes", "{\"\":1}", Reason.OUT_OF_RANGE, "attributes");
    bare.assertRefused(
        "attributes", "{\"k\":\"" + "v".repeat(513) + "\"}", Reason.OUT_OF_RANGE, "attributes.k");
    // Half a surrogate pair in a name is refused by the JSON parser itself.
    bare.assertRefused("attributes", "{\"\\uD835\":1}", Reason.MALFORMED_JSON, "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "item_id|null|MISSING_FIELD|item_id",
        "item_id|\"\"|OUT_OF_RANGE|item_id",
        "title|7|WRONG_TYPE|title",
        "category|[\"a\",\"b\"]|WRONG_TYPE|category",
        "brand|{}|WRONG_TYPE|brand",
        "brand|\"\"|OUT_OF_RANGE|brand",
        "attributes|[]|WRONG_TYPE|attributes",
        "attributes|\"red\"|WRONG_TYPE|attributes",
        "attributes|{\"k\":[]}|WRONG_TYPE|attributes.k",
        "attributes|{\"k\":{}}|WRONG_TYPE|attributes.k",
        "status|\"gone\"|UNKNOWN_VALUE|status",
        "status|true|WRONG_TYPE|status",
        "adult|1|WRONG_TYPE|adult",
        "adult|\"true\"|WRONG_TYPE|adult",
        "list_price|-1|OUT_OF_RANGE|list_price",
        "list_price|\"9.5\"|WRONG_TYPE|list_price",
        "cost|1e13|OUT_OF_RANGE|cost",
        "cost_unknown_ok|0|WRONG_TYPE|cost_unknown_ok",
        "min_price|9,\"max_price\":8.99|OUT_OF_RANGE|min_price",
        "currency|\"eur\"|UNKNOWN_VALUE|currency",
        "stock|-1|OUT_OF_RANGE|stock",
        "stock|1.5|WRONG_TYPE|stock",
        "stock|1000000001|OUT_OF_RANGE|stock",
        "stock|99999999999999999999|OUT_OF_RANGE|stock",
        "lead_time_days|-1|OUT_OF_RANGE|lead_time_days",
        "lead_time_days|3651|OUT_OF_RANGE|lead_time_days",
        "next_delivery_at|\"2031-01-01T00:00:00Z\"|OUT_OF_RANGE|next_delivery_at",
        "next_delivery_at|\"soon\"|WRONG_TYPE|next_delivery_at",
        "season_end|\"1999-12-31T00:00:00Z\"|OUT_OF_RANGE|season_end",
        "season_end|\"2031-01-01T00:00:00Z\"|OUT_OF_RANGE|season_end",
        "updated_at|\"2025-11-24T13:00:01Z\"|OUT_OF_RANGE|updated_at",
        "updated_at|1.5|WRONG_TYPE|updated_at",
        "promotions|{}|WRONG_TYPE|promotions",
        "promotions|[1]|WRONG_TYPE|promotions",
        "promotions|[{\"to\":1764284400000}]|MISSING_FIELD|promotions[].from",
        "promotions|[{\"from\":1764284400000}]|MISSING_FIELD|promotions[].to",
        "promotions|[{\"from\":1764284400000,\"to\":1764284400000}]|OUT_OF_RANGE|promotions[].to",
        "promotions|[{\"from\":0,\"to\":1764284400000}]|OUT_OF_RANGE|promotions[].from",
        "promotions|[{\"from\":1764284400000,\"to\":1926284400000}]|OUT_OF_RANGE|promotions[].to",
        "promotions|[{\"label\":1}]|WRONG_TYPE|promotions[].label",
      })
  void refusesWhatIsNotValid(String field, String json, Reason reason, String at) {
    item.assertRefused(field, json, reason, at);
  }

  @Test
  void takesEqualBoundsOfThePrice() throws Exception {
    assertThat(item.read("min_price", "9,\"max_price\":9").prices().minPrice()).isEqualTo(9);
  }

  @Test
  void takesAHundredPromotionsAndNoMore() {
    String one = "{\"from\":1764284400000,\"to\":1764370800000}";
    String tooMany = "[" + one + ("," + one).repeat(CatalogItemCodec.MAX_PROMOTIONS) + "]";

    item.assertRefused("promotions", tooMany, Reason.OUT_OF_RANGE, "promotions");
  }

  @Test
  void anItemDoesNotChangeWithWhatItWasMadeOf() {
    TreeMap<String, String> attributes = new TreeMap<>(Map.of("k", "v"));
    CatalogItem made =
        new CatalogItem(
            "i",
            null,
            null,
            null,
            attributes,
            Status.ACTIVE,
            false,
            Prices.NONE,
            Supply.NONE,
            null);
    attributes.put("k", "other");

    assertThat(made.attributes()).isEqualTo(new HashMap<>(Map.of("k", "v")));
    assertThatThrownBy(() -> made.attributes().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
