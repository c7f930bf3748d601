package io.millrace.features.decision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.algebra.Weighted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileJsonTest {
  private static final String VERSION = "00011764000000000000";

  private static Profile profile(Map<String, Object> features) {
    return new Profile(
        VERSION, "v\"1\u00e9", 1_764_000_000_000L, Set.of("b", "a"), Map.of("c", 5L), features);
  }

  @Test
  void comesBackAsItWas() {
    Map<String, Object> features = new LinkedHashMap<>();
    features.put("views", 3L);
    features.put("spend", 12.5);
    features.put("last_item", "i\n7");
    features.put("items", List.of(new Weighted("i7", 1.5), new Weighted("i8", 0.25)));
    Profile profile = profile(features);

    Profile read = ProfileJson.read(ProfileJson.write(profile));

    assertThat(read).isEqualTo(profile);
    assertThat(read.features().keySet()).containsExactly("views", "spend", "last_item", "items");
  }

  @Test
  void beginsWithTheVersionAndEndsWithTheFeatures() {
    String json = new String(ProfileJson.write(profile(Map.of("views", 3.0))), UTF_8);
    assertThat(json)
        .isEqualTo(
            "{\"version\":\"00011764000000000000\",\"visitor_id\":\"v\\\"1\u00e9\","
                + "\"event_time\":1764000000000,\"approximate\":[\"a\",\"b\"],\"since\":{\"c\":5},"
                + "\"features\":{\"views\":3}}");
  }

  @Test
  void numbersAreToldToTwelveDigitsAndTimesWhole() {
    Map<String, Object> features = new LinkedHashMap<>();
    features.put("a", 1.000000000000001);
    features.put("b", 100.00000000000001);
    features.put("c", 1.0 / 3);
    features.put("d", 1_764_000_000_001.0);
    String json = new String(ProfileJson.write(profile(features)), UTF_8);
    assertThat(json).endsWith("{\"a\":1,\"b\":100,\"c\":0.333333333333,\"d\":1764000000001}}");
  }

  @Test
  void takesMoreWholeNumbersBehindTheFeatures() {
    byte[] value = ProfileJson.write(profile(Map.of("views", 3L)));
    Map<String, Integer> more = new LinkedHashMap<>();
    assertThat(ProfileJson.withMore(value, more)).isEqualTo(value);
    more.put("recency_quintile", 5);
    more.put("monetary_quintile", 1);
    assertThat(ProfileJson.read(ProfileJson.withMore(value, more)).features())
        .isEqualTo(Map.of("views", 3L, "recency_quintile", 5L, "monetary_quintile", 1L));
  }

  @Test
  void aDeletedKeyReadsAsNothing() {
    byte[] deleted = ("{\"version\":\"" + VERSION + "\",\"deleted\":true}").getBytes(UTF_8);
    assertThat(ProfileJson.read(deleted)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"version\":\"1\",\"visitor_id\":\"v\",\"event_time\":1,\"features\":{}}",
        "{\"version\":\"00011764000000000000\",\"event_time\":1,\"features\":{}}",
        "{\"version\":\"00011764000000000000\",\"visitor_id\":\"v\",\"features\":{}}",
        "{\"version\":\"00011764000000000000\",\"visitor_id\":\"v\",\"event_time\":1,\"features\":{\"a\":{}}}",
        "{\"version\":\"00011764000000000000\",\"visitor_id\":\"v\",\"event_time\":1,\"features\":{\"a\":[3]}}",
        "{\"version\":\"00011764000000000000\",\"visitor_id\":\"v\",\"event_time\":1,\"approximate\":{}}"
      })
  void whatIsNoProfileIsRefused(String value) {
    assertThatThrownBy(() -> ProfileJson.read(value.getBytes(UTF_8)))
        .isInstanceOf(UnreadableDecisionException.class);
  }
}
