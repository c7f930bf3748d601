package io.millrace.features.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TailTest {
  private static final int RETAINED = 16;
  private static final long HOUR = 3_600_000;
  private static final Schema SCHEMA =
      Schema.of("events", Field.number("n", 2), Field.text("t"), Field.flag("f"));

  static IntStream seeds() {
    return RandomAlgebra.seeds(20);
  }

  private static FeatureSet set(Random random) {
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Duration window = Duration.ofMillis(HOUR + random.nextInt(24 * (int) HOUR));
      Duration delay = random.nextBoolean() ? Duration.ZERO : window.dividedBy(3);
      Filter filter = random.nextBoolean() ? null : Filter.is("f", true);
      for (Feature feature :
          List.of(
              Feature.count("count" + i),
              Feature.sum("sum" + i, "n"),
              Feature.mean("mean" + i, "n"),
              Feature.stddev("stddev" + i, "n"),
              Feature.min("min" + i, "n"),
              Feature.max("max" + i, "n"),
              Feature.distinct("distinct" + i, "t"),
              Feature.last("last" + i, "n"),
              Feature.timeSince("since" + i))) {
        features.add(feature.where(filter).over(window).delayedBy(delay));
      }
    }
    features.add(Feature.count("ever"));
    features.add(Feature.min("least_ever", "n").withoutCurrent());
    features.add(Feature.stddev("stddev_ever", "n"));
    features.add(Feature.last("last_ever", "t").where(Filter.is("f", true)).withoutCurrent());
    features.add(Feature.sum("decayed", "n").halvingEvery(Duration.ofHours(5)));
    return FeatureSet.of("entity", SCHEMA, features);
  }

  private static List<LogEvent> log(Random random) {
    List<LogEvent> log = new ArrayList<>();
    long time = RandomAlgebra.TIME;
    for (int i = 0; i < 400; i++) {
      time += random.nextInt(random.nextInt(10) == 0 ? (int) HOUR : 600_000);
      log.add(
          new LogEvent(
              time,
              random.nextLong(),
              Map.of(
                  "n", BigDecimal.valueOf(random.nextInt(100_000), 2),
                  "t", "text-" + random.nextInt(40),
                  "f", random.nextBoolean())));
    }
    return log;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void windowsAreExactToTheBucketAndSaySo(int seed) {
    Random random = new Random(seed);
    FeatureSet set = set(random);
    List<LogEvent> log = log(random);
    NaiveFeatures naive = new NaiveFeatures(set, log);
    EntityFeatures entity = new EntityFeatures(Layouts.of(set), RETAINED);
    int marked = 0;
    for (LogEvent event : log) {
      entity.add(event.row(SCHEMA));
      FeatureValues values = entity.values();
      EntityFeaturesTest.assertExact(set, naive, values, event.time(), event.tie(), "seed " + seed);
      for (Feature feature : set.features()) {
        FeatureValue value = values.value(feature.name());
        assertThat(value.since()).isEqualTo(EntityFeatures.ALWAYS);
        if (value.approximate()) {
          marked++;
          assertWithin(feature, value, log, event, set.plan().bucketWidth(), "seed " + seed);
        }
      }
      assertThat(entity.toBytes().length).isLessThanOrEqualTo((int) set.maxBytes(RETAINED));
      assertThat(entity.tail.buckets()).hasSizeLessThanOrEqualTo(Plan.BUCKETS + 2);
    }
    assertThat(marked).isPositive();
    assertThat(entity.retainedRows()).isEqualTo(RETAINED);
  }

  /** Only events of the buckets at the edges of the window may be wrongly in or out. */
  private static void assertWithin(
      Feature feature,
      FeatureValue value,
      List<LogEvent> log,
      LogEvent now,
      long bucket,
      String as) {
    Span.Sliding span = (Span.Sliding) feature.span();
    long end = now.time() - span.delay().toMillis();
    long begin = end - span.window().toMillis();
    List<LogEvent> passing =
        log.stream()
            .filter(event -> !now.isBefore(event.time(), event.tie()))
            .filter(of -> feature.filter() == null || NaiveFeatures.passes(feature.filter(), of))
            .toList();
    double[] sure = numbers(passing, begin + bucket, end - bucket);
    double[] possible = numbers(passing, begin - bucket, end + bucket);
    String which = as + ", " + feature + " " + value;
    if (!value.present()) {
      assertThat(sure).as(which).isEmpty();
      return;
    }
    double number = value.number();
    double least = Arrays.stream(possible).min().orElse(0);
    double most = Arrays.stream(possible).max().orElse(0);
    switch (feature.aggregate()) {
      case COUNT -> assertThat(number).as(which).isBetween(1. * sure.length, 1. * possible.length);
      case SUM -> assertThat(number).as(which).isBetween(sum(sure) - 1e-6, sum(possible) + 1e-6);
      case STDDEV -> assertThat(number).as(which).isBetween(0., most - least);
      case DISTINCT ->
          assertThat(number)
              .as(which)
              .isBetween(
                  1. * distinct(passing, begin + bucket, end - bucket),
                  1. * distinct(passing, begin - bucket, end + bucket));
      case TIME_SINCE ->
          assertThat(number)
              .as(which)
              .isBetween(1. * now.time() - end - bucket, 1. * now.time() - begin + bucket);
      default -> assertThat(number).as(which).isBetween(least, most);
    }
  }

  private static double[] numbers(List<LogEvent> log, long begin, long end) {
    return log.stream()
        .filter(event -> event.time() > begin && event.time() <= end)
        .mapToDouble(event -> ((BigDecimal) event.fields().get("n")).doubleValue())
        .toArray();
  }

  private static long distinct(List<LogEvent> log, long begin, long end) {
    return log.stream()
        .filter(event -> event.time() > begin && event.time() <= end)
        .map(event -> event.fields().get("t"))
        .distinct()
        .count();
  }

  private static double sum(double[] numbers) {
    return Arrays.stream(numbers).sum();
  }

  @Test
  void distinctValuesAreEstimatedWhereTheyAreMany() {
    FeatureSet set =
        FeatureSet.of(
            "entity",
            SCHEMA,
            Feature.distinct("day", "t").over(Duration.ofDays(1)),
            Feature.distinct("ever", "t"));
    EntityFeatures entity = new EntityFeatures(Layouts.of(set), RETAINED);
    for (int i = 0; i < 20_000; i++) {
      entity.add(SCHEMA.row(i * 1_000L, i).text("t", "text-" + i / 2).build());
    }

    for (String feature : List.of("day", "ever")) {
      FeatureValue value = entity.values().value(feature);
      assertThat(value.approximate()).isTrue();
      assertThat(value.number()).isCloseTo(10_000, within(1_000.));
    }
  }

  @Test
  void aRowThatComesFarTooLateIsCountedWhereItStillMatters() {
    FeatureSet set =
        FeatureSet.of(
            "entity",
            SCHEMA,
            Feature.count("hour").over(Duration.ofHours(1)),
            Feature.count("ever"));
    EntityFeatures entity = new EntityFeatures(Layouts.of(set));
    entity.add(SCHEMA.row(100 * HOUR, 1).build());
    entity.add(SCHEMA.row(10 * HOUR, 1).build());

    assertThat(entity.values().value("hour"))
        .isEqualTo(
            new FeatureValue("hour", true, 1, null, List.of(), false, EntityFeatures.ALWAYS));
    assertThat(entity.values().value("ever").number()).isEqualTo(2);
    FeatureValue late = entity.values(10 * HOUR, 1).value("hour");
    assertThat(late.approximate()).isTrue();
    assertThat(late.since()).isEqualTo(10 * HOUR);
  }
}
