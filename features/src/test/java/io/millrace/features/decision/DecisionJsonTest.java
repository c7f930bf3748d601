package io.millrace.features.decision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionJsonTest {
  private static final String VERSION = Version.of(1, 1_764_000_000_000L);

  private static final RecommendationList RECOMMENDATIONS =
      new RecommendationList(
          VERSION,
          "visitor \"7\" ü",
          1_764_000_000_000L,
          "b",
          41L,
          List.of(
              new RecommendationList.Item(
                  "i1",
                  0.1234567891,
                  new RecommendationList.Reason(
                      ReasonType.SESSION, "i9", Evidence.sessions(14, 50))),
              new RecommendationList.Item(
                  "i2",
                  0.1,
                  new RecommendationList.Reason(
                      ReasonType.BOUGHT_TOGETHER, "i9", Evidence.orders(3, 20))),
              new RecommendationList.Item(
                  "i3", -2, new RecommendationList.Reason(ReasonType.TRENDING, null, null))));

  private static final BundleList BUNDLE =
      new BundleList(
          VERSION,
          "i1",
          List.of(
              new BundleList.Item("i2", 270.5, Evidence.orders(7, 9)),
              new BundleList.Item("i3", 12, null)));

  @Test
  void writesRecommendationsAsTheContractHasThem() {
    assertThat(new String(DecisionJson.write(RECOMMENDATIONS), UTF_8))
        .isEqualTo(
            "{\"version\":\"00011764000000000000\",\"visitor_id\":\"visitor \\\"7\\\" ü\","
                + "\"event_time\":1764000000000,\"bucket\":\"b\",\"model_version\":41,\"items\":["
                + "{\"item_id\":\"i1\",\"score\":0.123457,\"reason\":{\"type\":\"session\","
                + "\"item_id\":\"i9\",\"evidence\":{\"sessions\":14,\"of\":50}}},"
                + "{\"item_id\":\"i2\",\"score\":0.1,\"reason\":{\"type\":\"bought_together\","
                + "\"item_id\":\"i9\",\"evidence\":{\"orders\":3,\"of\":20}}},"
                + "{\"item_id\":\"i3\",\"score\":-2,\"reason\":{\"type\":\"trending\","
                + "\"evidence\":{}}}]}");
  }

  @Test
  void writesBundlesAsTheContractHasThem() {
    assertThat(new String(DecisionJson.write(BUNDLE), UTF_8))
        .isEqualTo(
            "{\"version\":\"00011764000000000000\",\"item_id\":\"i1\",\"items\":["
                + "{\"item_id\":\"i2\",\"score\":270.5,\"evidence\":{\"orders\":7,\"of\":9}},"
                + "{\"item_id\":\"i3\",\"score\":12,\"evidence\":{}}]}");
  }

  @Test
  void beginsEveryValueWithItsVersion() {
    String head = Version.VALUE_PREFIX + VERSION + "\"";

    assertThat(new String(DecisionJson.write(RECOMMENDATIONS), UTF_8)).startsWith(head);
    assertThat(new String(DecisionJson.write(new TrendList(VERSION, List.of())), UTF_8))
        .startsWith(head);
    assertThat(new String(DecisionJson.write(new SimilarItems(VERSION, "i", List.of())), UTF_8))
        .startsWith(head);
  }

  @Test
  void readsBackWhatItWrote() {
    SimilarItems similar =
        new SimilarItems(
            VERSION,
            "i1",
            List.of(
                new SimilarItems.Item("i2", 3.5, Evidence.sessions(7, 9)),
                new SimilarItems.Item("i3", 12, null)));
    TrendList trend = new TrendList(VERSION, List.of(new TrendList.Item("i4", 1234.5)));
    RecommendationList bare =
        new RecommendationList(VERSION, "v", 0, null, null, RECOMMENDATIONS.items().subList(1, 3));

    assertThat(DecisionJson.readSimilarItems(DecisionJson.write(similar))).isEqualTo(similar);
    assertThat(DecisionJson.readTrend(DecisionJson.write(trend))).isEqualTo(trend);
    assertThat(DecisionJson.readBundle(DecisionJson.write(BUNDLE))).isEqualTo(BUNDLE);
    assertThat(DecisionJson.readRecommendations(DecisionJson.write(bare))).isEqualTo(bare);
    assertThat(DecisionJson.readRecommendations(DecisionJson.write(RECOMMENDATIONS)))
        .usingRecursiveComparison()
        .withEqualsForType((a, b) -> Math.abs(a - b) < 1e-6, Double.class)
        .isEqualTo(RECOMMENDATIONS);
  }

  @Test
  void readsADeletedKeyAsNothing() {
    byte[] tombstone = bytes("{\"version\":\"" + VERSION + "\",\"deleted\":true}");

    assertThat(DecisionJson.readRecommendations(tombstone)).isNull();
    assertThat(DecisionJson.readSimilarItems(tombstone)).isNull();
    assertThat(DecisionJson.readTrend(tombstone)).isNull();
    assertThat(DecisionJson.readBundle(tombstone)).isNull();
  }

  @Test
  void passesOverFieldsAndReasonsItDoesNotKnow() {
    RecommendationList list =
        DecisionJson.readRecommendations(
            bytes(
                "{\"later\":{\"a\":[1,{}]},\"items\":[{\"new\":[],\"score\":2,\"item_id\":\"i\","
                    + "\"reason\":{\"type\":\"horoscope\",\"sign\":{\"x\":1},\"evidence\":"
                    + "{\"moons\":3,\"of\":9}}}],\"version\":\""
                    + VERSION
                    + "\",\"event_time\":5,\"visitor_id\":\"v\",\"bucket\":null}"));

    assertThat(list)
        .isEqualTo(
            new RecommendationList(
                VERSION,
                "v",
                5,
                null,
                null,
                List.of(
                    new RecommendationList.Item(
                        "i", 2, new RecommendationList.Reason(ReasonType.OTHER, null, null)))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{\"items\":[]}",
        "{\"version\":5,\"items\":[]}",
        "{\"version\":\"5\",\"items\":[]}",
        "{\"version\":\"00011764000000000000\",\"items\":{}}",
        "{\"version\":\"00011764000000000000\",\"items\":[7]}",
        "{\"version\":\"00011764000000000000\",\"items\":[{\"item_id\":\"i\"}]}",
        "{\"version\":\"00011764000000000000\",\"items\":[{\"score\":1}]}",
        "{\"version\":\"00011764000000000000\",\"items\":[{\"item_id\":\"i\",\"score\":\"1\"}]}",
        "{\"version\":\"00011764000000000000\",\"items\":[{\"item_id\":\"i\",\"score\":1"
      })
  void refusesWhatIsNoDecision(String value) {
    assertThatThrownBy(() -> DecisionJson.readTrend(bytes(value)))
        .isInstanceOf(UnreadableDecisionException.class)
        .hasMessageStartingWith("the value in Redis is not a decision of this engine: ");
  }

  @Test
  void namesTheFieldAtFault() {
    assertThatThrownBy(() -> DecisionJson.readTrend(bytes("{\"version\":5}")))
        .hasMessageContaining("version is not a string");
    assertThatThrownBy(
            () -> DecisionJson.readSimilarItems(bytes("{\"version\":\"" + VERSION + "\"}")))
        .hasMessageContaining("item_id is missing");
    assertThatThrownBy(() -> DecisionJson.readBundle(bytes("{\"version\":\"" + VERSION + "\"}")))
        .hasMessageContaining("item_id is missing");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
