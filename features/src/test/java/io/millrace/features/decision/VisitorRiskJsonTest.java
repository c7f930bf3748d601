package io.millrace.features.decision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorRiskJsonTest {
  private static final String VERSION = "00011764000000000000";

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void writesAVisitorAsTheContractHasIt() {
    VisitorRisk risk =
        new VisitorRisk(VERSION, "v \"1\" ü", 0.12345678, Band.MEDIUM, List.of("9f3c", "a0"));

    assertThat(new String(VisitorRiskJson.write(risk), UTF_8))
        .isEqualTo(
            "{\"version\":\"00011764000000000000\",\"visitor_id\":\"v \\\"1\\\" ü\","
                + "\"score\":0.123457,\"band\":\"medium\",\"open_alerts\":[\"9f3c\",\"a0\"]}");
  }

  @ParameterizedTest
  @EnumSource(Band.class)
  void readsBackWhatItWrote(Band band) {
    VisitorRisk known = new VisitorRisk(VERSION, "v\n1", 0.125, band, List.of("9f3c"));
    VisitorRisk unknown = new VisitorRisk(VERSION, "v", null, band, List.of());

    assertThat(VisitorRiskJson.read(VisitorRiskJson.write(known))).isEqualTo(known);
    assertThat(VisitorRiskJson.read(VisitorRiskJson.write(unknown))).isEqualTo(unknown);
    assertThat(new String(VisitorRiskJson.write(unknown), UTF_8)).contains("\"score\":null");
  }

  @Test
  void readsADeletedKeyAsNothing() {
    assertThat(VisitorRiskJson.read(bytes("{\"version\":\"" + VERSION + "\",\"deleted\":true}")))
        .isNull();
  }

  @Test
  void passesOverFieldsItDoesNotKnow() {
    assertThat(
            VisitorRiskJson.read(
                bytes(
                    "{\"version\":\"00011764000000000000\",\"later\":[{}],\"visitor_id\":\"v\","
                        + "\"band\":\"high\",\"open_alerts\":null}")))
        .isEqualTo(new VisitorRisk(VERSION, "v", null, Band.HIGH, List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"visitor_id\":\"v\",\"band\":\"low\"}",
        "{\"version\":\"1\",\"visitor_id\":\"v\",\"band\":\"low\"}",
        "{\"version\":\"00011764000000000000\",\"band\":\"low\"}",
        "{\"version\":\"00011764000000000000\",\"visitor_id\":\"v\"}",
        "{\"version\":\"00011764000000000000\",\"visitor_id\":\"v\",\"band\":\"grey\"}",
        "{\"version\":\"00011764000000000000\",\"visitor_id\":\"v\",\"band\":\"low\",\"score\":2}",
        "{\"version\":\"00011764000000000000\",\"visitor_id\":\"v\",\"band\":\"low\",\"open_alerts\":{}}"
      })
  void refusesWhatIsNoneOfThese(String value) {
    assertThatThrownBy(() -> VisitorRiskJson.read(bytes(value)))
        .isInstanceOf(UnreadableDecisionException.class)
        .hasMessageStartingWith("the value in Redis is not a decision of this engine: ");
  }

  @Test
  void namesItsKey() {
    assertThat(RedisKeys.risk("v1")).isEqualTo("risk:{v1}");
    assertThat(RedisKeys.RISK_TTL).hasDays(30);
  }
}
