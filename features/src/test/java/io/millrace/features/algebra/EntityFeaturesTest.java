package io.millrace.features.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EntityFeaturesTest {
  static IntStream seeds() {
    return RandomAlgebra.seeds(150);
  }

  /** What is marked as exact and complete must be it. */
  static void assertExact(
      FeatureSet set, NaiveFeatures naive, FeatureValues values, long time, long tie, String as) {
    for (int i = 0; i < values.size(); i++) {
      if (!values.isApproximate(i) && values.since(i) == EntityFeatures.ALWAYS) {
        assertEqual(set.features().get(i), naive, values.value(i), time, tie, as);
      }
    }
  }

  static void assertEqual(
      Feature feature, NaiveFeatures naive, FeatureValue value, long time, long tie, String as) {
    if (feature.aggregate() == Aggregate.RATIO && naive.decays(feature)) {
      // The relative error of its parts has no bound where next to nothing is left of them.
      return;
    }
    String which = as + ", " + feature + " at " + time + "/" + tie;
    Object expected = naive.value(feature, time, tie);
    assertThat(value.present()).as(which).isEqualTo(expected != null);
    if (feature.aggregate() == Aggregate.TOP) {
      assertTop(feature, naive, value.top(), expected, time, tie, which);
      return;
    }
    if (expected == null || expected instanceof String) {
      assertThat(value.text()).as(which).isEqualTo(expected);
      return;
    }
    double number = (Double) expected;
    if (feature.span() instanceof Span.HalfLife) {
      double scale = naive.scale(feature, time, tie);
      assertThat(value.number()).as(which).isCloseTo(number, within(scale * 1e-12 + 1e-12));
      return;
    }
    switch (feature.aggregate()) {
      case MEAN, STDDEV, RATIO ->
          assertThat(value.number()).as(which).isCloseTo(number, within(Math.abs(number) * 1e-12));
      default -> assertThat(value.number()).as(which).isEqualTo(number);
    }
  }

  private static void assertTop(
      Feature feature,
      NaiveFeatures naive,
      List<Weighted> actual,
      Object expected,
      long time,
      long tie,
      String which) {
    List<?> top = expected == null ? List.of() : (List<?>) expected;
    if (!(feature.span() instanceof Span.HalfLife)) {
      assertThat(actual).as(which).isEqualTo(top);
      return;
    }
    double error = naive.scale(feature, time, tie) * 1e-12;
    assertThat(actual).as(which).hasSameSizeAs(top);
    for (int i = 0; i < top.size(); i++) {
      Weighted weighted = (Weighted) top.get(i);
      assertThat(actual.get(i).value()).as(which).isEqualTo(weighted.value());
      assertThat(actual.get(i).weight()).as(which).isCloseTo(weighted.weight(), within(error));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyValueAtEveryEventIsWhatTheLogSays(int seed) {
    Random random = new Random(seed);
    RandomAlgebra algebra = new RandomAlgebra(random);
    Schema schema = algebra.schema();
    FeatureSet set = algebra.set(schema);
    List<LogEvent> log = algebra.log(schema, 1 + random.nextInt(150));
    NaiveFeatures naive = new NaiveFeatures(set, log);
    EntityFeatures entity = new EntityFeatures(Layouts.of(set));

    for (LogEvent event : log) {
      entity.add(event.row(schema));
      FeatureValues values = entity.values();
      naive.retaining(entity);
      assertExact(set, naive, values, event.time(), event.tie(), "seed " + seed);
      assertNoneButSketchesAreMarked(set, values, seed);
    }
    long later = log.get(log.size() - 1).time() + random.nextInt(100_000);
    assertExact(set, naive, entity.values(later, 9), later, 9, "seed " + seed);
  }

  private static void assertNoneButSketchesAreMarked(
      FeatureSet set, FeatureValues values, int seed) {
    for (Feature feature : set.features()) {
      FeatureValue value = values.value(feature.name());
      boolean sketch =
          feature.aggregate() == Aggregate.DISTINCT
              && feature.span() == Span.EVER
              && value.number() > DistinctValues.FEW - 5;
      boolean looksBack =
          feature.aggregate() == Aggregate.RATIO || feature.aggregate() == Aggregate.SESSION_EVENTS;
      if (!sketch && !looksBack) {
        assertThat(value.approximate()).as("seed %d, %s", seed, feature).isFalse();
        assertThat(value.since()).isEqualTo(EntityFeatures.ALWAYS);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyOrderOfArrivalGivesTheSameBitsAndTheValuesOfWhatHasCome(int seed) {
    Random random = new Random(seed);
    RandomAlgebra algebra = new RandomAlgebra(random);
    Schema schema = algebra.schema();
    FeatureSet set = algebra.set(schema);
    List<LogEvent> log = algebra.log(schema, 1 + random.nextInt(90));
    int maxRows = random.nextInt(3) == 0 ? 1 + random.nextInt(20) : EntityFeatures.MAX_ROWS;
    Layouts layouts = Layouts.of(set);
    EntityFeatures expected = new EntityFeatures(layouts, maxRows);
    log.forEach(event -> expected.add(event.row(schema)));

    List<LogEvent> arrivals = new ArrayList<>(log);
    Set<LogEvent> come = new HashSet<>();
    for (int round = 0; round < 3; round++) {
      Collections.shuffle(arrivals, random);
      EntityFeatures entity = new EntityFeatures(layouts, maxRows);
      come.clear();
      for (LogEvent event : arrivals) {
        come.add(event);
        assertThat(entity.add(event.row(schema))).isTrue();
        entity = repeatAndStore(entity, event, schema, maxRows, random);
        if (round == 0) {
          FeatureValues values = entity.values(event.time(), event.tie());
          NaiveFeatures naive = new NaiveFeatures(set, come).retaining(entity);
          assertExact(set, naive, values, event.time(), event.tie(), "seed " + seed);
        }
      }
      String which = "seed " + seed + ", round " + round;
      assertThat(entity.toBytes()).as(which).isEqualTo(expected.toBytes());
      assertThat(entity.values()).as(which).isEqualTo(expected.values());
      LogEvent some = log.get(random.nextInt(log.size()));
      assertThat(entity.values(some.time(), some.tie()))
          .as(which)
          .isEqualTo(expected.values(some.time(), some.tie()));
    }
  }

  /** Now and then the event comes again while its row is retained, or the state is stored. */
  private static EntityFeatures repeatAndStore(
      EntityFeatures entity, LogEvent event, Schema schema, int maxRows, Random random) {
    boolean retained =
        entity.rows.isAt(entity.rows.placeOf(event.time(), event.tie()), event.time(), event.tie());
    if (retained && random.nextInt(5) == 0) {
      byte[] before = entity.toBytes();
      assertThat(entity.add(event.row(schema))).isFalse();
      assertThat(entity.toBytes()).isEqualTo(before);
    }
    if (random.nextInt(8) > 0) {
      return entity;
    }
    byte[] bytes = entity.toBytes();
    EntityFeatures read = EntityFeatures.ofBytes(bytes, entity.layouts, maxRows);
    assertThat(read.toBytes()).isEqualTo(bytes);
    assertThat(read.values()).isEqualTo(entity.values());
    return read;
  }

  @Test
  void withoutEventsCountsAreZeroAndAllElseIsAbsent() {
    Schema schema = Schema.of("events", Field.number("n"));
    FeatureSet set =
        FeatureSet.of(
            "entity",
            schema,
            Feature.count("count").over(Span.days(1)),
            Feature.count("decayed").halvingEvery(Span.days(1)),
            Feature.sum("sum", "n").halvingEvery(Span.days(1)),
            Feature.max("max", "n").over(Span.days(1)),
            Feature.distinct("distinct", "n"),
            Feature.stddev("stddev", "n"),
            Feature.timeSince("since"),
            Feature.ratio("ratio", "max", "count"),
            Feature.ratio("otherwise", "max", "count").orElse(-1));
    Layouts layouts = Layouts.of(set);
    EntityFeatures entity = EntityFeatures.ofBytes(new EntityFeatures(layouts).toBytes(), layouts);

    FeatureValues values = entity.values(RandomAlgebra.TIME, 0);

    assertThat(IntStream.range(0, values.size()).mapToObj(values::number))
        .startsWith(0., 0.)
        .endsWith(-1.)
        .filteredOn(number -> !number.isNaN())
        .hasSize(3);
  }

  @Test
  void theMeanOfTheGreatestNumbersIsTheNearest() {
    Schema schema = Schema.of("events", Field.number("n", 0));
    Feature mean = Feature.mean("mean", "n").over(Span.days(1));
    EntityFeatures entity = new EntityFeatures(Layouts.of(FeatureSet.of("entity", schema, mean)));
    for (int i = 0; i < 9; i++) {
      entity.add(schema.row(0, i).number("n", Field.LIMIT - 1).build());
    }

    assertThat(entity.values().number(0)).isEqualTo(Field.LIMIT - 1);
  }

  @Test
  void aTextWithHalfACharacterIsTheSameBeforeAndAfterItIsStored() {
    Schema schema = Schema.of("events", Field.text("t"));
    Layouts layouts = Layouts.of(FeatureSet.of("entity", schema, Feature.last("last", "t")));
    EntityFeatures entity = new EntityFeatures(layouts);
    entity.add(schema.row(0, 0).text("t", "a\uD83D").build());

    assertThat(entity.values().text(0)).isEqualTo("a?");
    assertThat(EntityFeatures.ofBytes(entity.toBytes(), layouts).values())
        .isEqualTo(entity.values());
  }
}
