package io.millrace.features.decision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.RiskReason;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderRiskJsonTest {
  private static final long SEED = 17;
  private static final String VERSION = "00011764000000000000";
  private static final String REQUIRED =
      "\"order_id\":\"o1\",\"event_id\":\"e9\",\"event_time\":5,\"visitor_id\":\"v1\"";

  private static final OrderRisk RISK =
      new OrderRisk(
          "o1",
          "e9",
          1_764_000_000_000L,
          "v \"1\" ü",
          0.83,
          Band.HIGH,
          Action.REVIEW,
          "card",
          41L,
          List.of("r7@3"),
          List.of(new RiskReason("amount_ratio", "r", 5.1, 1.0, 1.9)));

  private static final String BODY =
      "\"order_id\":\"o1\",\"event_id\":\"e9\",\"event_time\":1764000000000,"
          + "\"visitor_id\":\"v \\\"1\\\" ü\",\"score\":0.83,\"band\":\"high\","
          + "\"action\":\"review\",\"model\":{\"id\":\"card\",\"version\":41},"
          + "\"rules\":[\"r7@3\"],\"reasons\":[{\"code\":\"amount_ratio\",\"feature\":\"r\","
          + "\"value\":5.1,\"baseline\":1,\"contribution\":1.9}]}";

  private static OrderRisk risk(Double score, String modelId, Long modelVersion) {
    return new OrderRisk(
        "o1",
        "e9",
        5,
        "v1",
        score,
        Band.LOW,
        Action.MONITOR,
        modelId,
        modelVersion,
        List.of(),
        List.of());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void writesAMessageAsTheContractHasIt() {
    assertThat(new String(OrderRiskJson.write(RISK), UTF_8)).isEqualTo("{" + BODY);
  }

  @Test
  void writesTheSameToRedisBehindTheVersion() {
    assertThat(new String(OrderRiskJson.write(VERSION, RISK), UTF_8))
        .isEqualTo(Version.VALUE_PREFIX + VERSION + "\"," + BODY);
    assertThatThrownBy(() -> OrderRiskJson.write("5", RISK)).hasMessageContaining("20 digits");
  }

  @Test
  void writesNullWhereThereIsNoModelYet() {
    String json = new String(OrderRiskJson.write(risk(null, null, null)), UTF_8);

    assertThat(json)
        .isEqualTo(
            "{"
                + REQUIRED
                + ",\"score\":null,\"band\":\"low\",\"action\":\"monitor\",\"model\":null,"
                + "\"rules\":[],\"reasons\":[]}");
    assertThat(OrderRiskJson.readMessage(bytes(json))).isEqualTo(risk(null, null, null));
  }

  @Test
  void roundsScoresToSixDigits() {
    assertThat(new String(OrderRiskJson.write(risk(0.12345678, "m", 1L)), UTF_8))
        .contains("\"score\":0.123457,");
    assertThat(new String(OrderRiskJson.write(risk(0.99999999, "m", 1L)), UTF_8))
        .contains("\"score\":1,");
  }

  @Test
  void readsBackWhatItWrote() {
    Random random = new Random(SEED);
    for (int round = 0; round < 2_000; round++) {
      OrderRisk risk = next(random);

      assertThat(OrderRiskJson.readMessage(OrderRiskJson.write(risk)))
          .as("seed %d", SEED)
          .isEqualTo(risk);
      assertThat(OrderRiskJson.read(OrderRiskJson.write(VERSION, risk))).isEqualTo(risk);
    }
  }

  /** Numbers of as few digits as are written. */
  private static OrderRisk next(Random random) {
    boolean model = random.nextBoolean();
    return new OrderRisk(
        "o" + random.nextInt(),
        "e\n" + random.nextInt(),
        random.nextLong(1L << 41),
        "v" + random.nextInt(),
        model ? (Double) (random.nextInt(1_000_001) / 1e6) : null,
        Band.values()[random.nextInt(3)],
        Action.values()[random.nextInt(3)],
        model ? "m" + random.nextInt() : null,
        model ? (Long) random.nextLong(1L << 60) : null,
        Stream.generate(() -> "r" + random.nextInt() + "@" + random.nextInt(9))
            .limit(random.nextInt(4))
            .toList(),
        Stream.generate(() -> reason(random)).limit(random.nextInt(4)).toList());
  }

  private static RiskReason reason(Random random) {
    return new RiskReason(
        "c" + random.nextInt(),
        "f",
        random.nextBoolean() ? null : (Double) (random.nextInt(1_000_000_000) / 100.0),
        random.nextBoolean() ? null : (Double) (double) random.nextInt(),
        random.nextBoolean() ? null : (Double) ((random.nextInt(100_000) - 50_000) / 1e4));
  }

  @Test
  void passesOverFieldsItDoesNotKnow() {
    OrderRisk read =
        OrderRiskJson.readMessage(
            bytes(
                "{\"later\":{\"a\":[1,{}]},\"model\":{\"new\":[],\"id\":\"m\",\"version\":1},"
                    + "\"score\":0.5,\"band\":\"low\",\"action\":\"monitor\",\"reasons\":null,"
                    + REQUIRED
                    + "}"));

    assertThat(read).isEqualTo(risk(0.5, "m", 1L));
  }

  @ParameterizedTest
  @EnumSource(Band.class)
  void namesEveryBand(Band band) {
    assertThat(Band.ofWireName(band.wireName())).isEqualTo(band);
    assertThat(Band.ofWireName(band.name())).isNull();
  }

  @Test
  void readsADeletedKeyAsNothing() {
    assertThat(OrderRiskJson.read(bytes("{\"version\":\"" + VERSION + "\",\"deleted\":true}")))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "{" + REQUIRED + "}",
        "{\"band\":\"low\"," + REQUIRED + "}",
        "{\"band\":\"low\",\"action\":\"shrug\"," + REQUIRED + "}",
        "{\"band\":\"grey\",\"action\":\"review\"," + REQUIRED + "}",
        "{\"band\":\"low\",\"action\":\"review\",\"score\":\"0.5\"," + REQUIRED + "}",
        "{\"band\":\"low\",\"action\":\"review\",\"score\":1.5," + REQUIRED + "}",
        "{\"band\":\"low\",\"action\":\"review\",\"model\":{\"id\":\"m\"}," + REQUIRED + "}",
        "{\"band\":\"low\",\"action\":\"review\",\"rules\":[7]," + REQUIRED + "}",
        "{\"band\":\"low\",\"action\":\"review\",\"reasons\":[7]," + REQUIRED + "}",
        "{\"band\":\"low\",\"action\":\"review\",\"reasons\":[{\"code\":\"c\"}]," + REQUIRED + "}"
      })
  void refusesWhatIsNoneOfThese(String value) {
    assertThatThrownBy(() -> OrderRiskJson.readMessage(bytes(value)))
        .isInstanceOf(UnreadableDecisionException.class)
        .hasMessageStartingWith("the message is not an order's risk: ");
    String versioned =
        value.startsWith("{") ? value.replaceFirst("\\{", "{\"version\":\"" + VERSION + "\",") : "";
    assertThatThrownBy(() -> OrderRiskJson.read(bytes(versioned)))
        .isInstanceOf(UnreadableDecisionException.class)
        .hasMessageStartingWith("the value in Redis is not a decision of this engine: ");
  }

  @Test
  void demandsAVersionOfWhatIsInRedis() {
    assertThatThrownBy(() -> OrderRiskJson.read(OrderRiskJson.write(RISK)))
        .isInstanceOf(UnreadableDecisionException.class)
        .hasMessageContaining("version");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.001, 1.001, Double.NaN, Double.POSITIVE_INFINITY})
  void hasNoScoreThatIsNone(double score) {
    assertThatThrownBy(() -> risk(score, "m", 1L)).hasMessageContaining("from 0 to 1");
    assertThatThrownBy(() -> new VisitorRisk(VERSION, "v", score, Band.LOW, List.of()))
        .hasMessageContaining("from 0 to 1");
  }

  @Test
  void hasNoHalfOfAModel() {
    assertThatThrownBy(() -> risk(0.5, "m", null)).hasMessageContaining("both or neither");
    assertThatThrownBy(() -> risk(0.5, null, 1L)).hasMessageContaining("both or neither");
  }

  @Test
  void namesItsKey() {
    assertThat(RedisKeys.decision("o1")).isEqualTo("decision:{o1}");
    assertThat(RedisKeys.DECISION_TTL).hasDays(7);
  }
}
