package io.millrace.features.decision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.decision.QualityFigures.SampleRatioCheck;
import io.millrace.features.decision.QualityFigures.Totals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QualityJsonTest {
  private static final long SEED = 41;
  private static final String VERSION = "00011764000000000000";
  private static final String REQUIRED =
      "\"version\":\"" + VERSION + "\",\"minute\":60000,\"events\":3,\"mrr_20\":0.25";
  private static final String TOTAL =
      "\"total\":{\"since\":0,\"visitors\":2,\"events\":3,\"hit_rate_20\":null}";

  private static Map<String, Long> visitors(long a, long b) {
    Map<String, Long> visitors = new LinkedHashMap<>();
    visitors.put("a", a);
    visitors.put("b", b);
    return visitors;
  }

  private static Map<String, Double> shares(double a, double b) {
    Map<String, Double> shares = new LinkedHashMap<>();
    shares.put("a", a);
    shares.put("b", b);
    return shares;
  }

  @Test
  void writesAllBucketsAsTheContractHasThem() {
    Map<ReasonType, Double> reasons = new EnumMap<>(ReasonType.class);
    reasons.put(ReasonType.SESSION, 2 / 3.0);
    reasons.put(ReasonType.TRENDING, 1 / 3.0);
    QualityFigures figures =
        new QualityFigures(
            RedisKeys.QUALITY_ALL,
            1_764_000_000_000L,
            3,
            1 / 3.0,
            0.125,
            null,
            reasons,
            Map.of(ReasonType.TRENDING, 1.0),
            Map.of(ListLevel.TRENDING_IN_CATEGORY, 1.0),
            new Totals(0, 1_000, 7, new Interval(0.5, 0.25, 0.75), null),
            new SampleRatioCheck(visitors(600, 400), shares(0.5, 0.5), 1e-9, true));

    assertThat(new String(QualityJson.write(VERSION, figures), UTF_8))
        .isEqualTo(
            "{\"version\":\"00011764000000000000\",\"minute\":1764000000000,\"events\":3,"
                + "\"hit_rate_20\":0.333333,\"mrr_20\":0.125,\"coverage\":null,"
                + "\"by_reason\":{\"session\":0.666667,\"trending\":0.333333},"
                + "\"hits_by_reason\":{\"trending\":1},\"by_level\":{\"trending_in_category\":1},"
                + "\"total\":{\"since\":0,\"visitors\":1000,\"events\":7,\"hit_rate_20\":0.5,"
                + "\"hit_rate_20_low\":0.25,\"hit_rate_20_high\":0.75,\"mrr_20\":null,"
                + "\"mrr_20_low\":null,\"mrr_20_high\":null},"
                + "\"sample_ratio\":{\"visitors\":{\"a\":600,\"b\":400},"
                + "\"expected\":{\"a\":0.5,\"b\":0.5},\"p_value\":1E-9,\"mismatch\":true}}");
  }

  @Test
  void readsBackWhatItWroteToSixDigits() {
    Random random = new Random(SEED);
    for (int round = 0; round < 2_000; round++) {
      QualityFigures figures = figures(random);
      QualityFigures read = QualityJson.read(figures.bucket(), QualityJson.write(VERSION, figures));

      assertThat(read)
          .as("seed %d", SEED)
          .usingRecursiveComparison()
          .withEqualsForType(QualityJsonTest::sameToSixDigits, Double.class)
          .isEqualTo(figures);
    }
  }

  private static boolean sameToSixDigits(double read, double written) {
    BigDecimal rounded = new BigDecimal(written).round(new MathContext(6));
    // One just at half a unit may go either way.
    return new BigDecimal(read)
            .round(new MathContext(7))
            .subtract(rounded)
            .abs()
            .compareTo(rounded.ulp())
        <= 0;
  }

  private static QualityFigures figures(Random random) {
    boolean all = random.nextBoolean();
    return new QualityFigures(
        all ? RedisKeys.QUALITY_ALL : "a",
        random.nextInt(100_000) * 60_000L,
        1 + random.nextInt(1_000),
        random.nextDouble(),
        random.nextDouble() * random.nextDouble() / 1_000,
        random.nextBoolean() ? null : (Double) random.nextDouble(),
        some(ReasonType.class, random),
        some(ReasonType.class, random),
        some(ListLevel.class, random),
        new Totals(
            random.nextInt(100) * 60_000L,
            random.nextLong(1L << 40),
            random.nextLong(1L << 40),
            interval(random),
            interval(random)),
        all
            ? new SampleRatioCheck(
                visitors(random.nextInt(9), random.nextLong(1L << 40)),
                shares(0.1, 0.9),
                Math.exp(-random.nextInt(700)),
                random.nextBoolean())
            : null);
  }

  private static <K extends Enum<K>> Map<K, Double> some(Class<K> keys, Random random) {
    Map<K, Double> some = new EnumMap<>(keys);
    for (K key : keys.getEnumConstants()) {
      if (key != ReasonType.OTHER && random.nextBoolean()) {
        some.put(key, random.nextDouble());
      }
    }
    return some;
  }

  private static Interval interval(Random random) {
    double[] ends = random.doubles(3).sorted().toArray();
    return random.nextInt(3) == 0 ? null : new Interval(ends[1], ends[0], ends[2]);
  }

  @Test
  void passesOverWhatItDoesNotKnow() {
    QualityFigures read =
        QualityJson.read(
            "a",
            bytes(
                "{\"later\":[{}],\"by_reason\":{\"horoscope\":0.5,\"profile\":0.25,\"\":1},"
                    + "\"by_level\":{\"stars\":{\"x\":1}},\"hit_rate_20\":0.5,"
                    + TOTAL
                    + ","
                    + REQUIRED
                    + "}"));

    assertThat(read)
        .isEqualTo(
            new QualityFigures(
                "a",
                60_000,
                3,
                0.5,
                0.25,
                null,
                Map.of(ReasonType.PROFILE, 0.25),
                Map.of(),
                Map.of(),
                new Totals(0, 2, 3, null, null),
                null));
  }

  @Test
  void readsADeletedKeyAsNothing() {
    assertThat(QualityJson.read("a", bytes("{\"version\":\"" + VERSION + "\",\"deleted\":true}")))
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
        "{\"hit_rate_20\":0.5," + REQUIRED + "}",
        "{\"hit_rate_20\":\"0.5\"," + TOTAL + "," + REQUIRED + "}",
        "{\"hit_rate_20\":0.5,\"by_reason\":[]," + TOTAL + "," + REQUIRED + "}",
        "{\"hit_rate_20\":0.5,\"total\":{\"since\":0}," + REQUIRED + "}",
        "{\"hit_rate_20\":0.5,\"sample_ratio\":{}," + TOTAL + "," + REQUIRED + "}",
        "{\"hit_rate_20\":0.5,\"total\":{\"since\":0,\"visitors\":2,\"events\":3,"
            + "\"mrr_20\":0.5,\"mrr_20_low\":0.6,\"mrr_20_high\":0.7},"
            + REQUIRED
            + "}"
      })
  void refusesWhatIsNoneOfThese(String value) {
    assertThatThrownBy(() -> QualityJson.read("a", bytes(value)))
        .isInstanceOf(UnreadableDecisionException.class)
        .hasMessageStartingWith("the value in Redis is not a decision of this engine: ");
  }

  @Test
  void namesItsKeys() {
    assertThat(RedisKeys.quality("b")).isEqualTo("quality:{b}");
    assertThat(RedisKeys.quality(RedisKeys.QUALITY_ALL)).isEqualTo("quality:{_all}");
    assertThat(RedisKeys.QUALITY_TTL).hasDays(7);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
