package io.millrace.features.algebra;

import static io.millrace.features.algebra.Span.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayoutsTest {
  private static final Schema SCHEMA =
      Schema.of(
          "payments",
          Field.number("amount", 2),
          Field.text("country"),
          Field.flag("fraud"),
          Field.text("terminal"));

  private static final String LAYOUTS =
      "010463617264010a003b32c0b8875379de01d1e9cab904c88cbb025b0fabd748c36224100e9d05b4"
          + "40ac2b3521e261f24aa68ccafc23b3c821e8bcfc31d724d8581f9fa9ce6b6b32a95a2c790dc99d27"
          + "35b060e9d189d97b0b408850e59f46ad2f4f";
  private static final String STATE =
      "010101d00f0000000000000000000201a01fdc0b0000000000000000000000000000000000010164"
          + "280a010015dc4ddccf905465017728e29b1279cab5010002424501024e4c01d00f000100ac0201ac"
          + "02ac02014e2418070d9949940100ac0200c8df0202d00f0000000000000000024e4c0300010000d6"
          + "e68eaeed80800300";

  static IntStream seeds() {
    return RandomAlgebra.seeds(150);
  }

  private static Row row(long time, double amount, String country) {
    return SCHEMA.row(time, 0).number("amount", amount).text("country", country).build();
  }

  private static FeatureSet set(Feature... features) {
    return FeatureSet.of("card", SCHEMA, features);
  }

  @Test
  void whatIsNewStartsEmptyAndSaysSinceWhen() {
    Feature payments = Feature.count("payments_1d").over(days(1));
    Layouts before = Layouts.of(set(payments));
    EntityFeatures entity = new EntityFeatures(before);
    entity.add(row(1_000, 10, "NL"));
    entity.add(row(2_000, 20, "NL"));
    FeatureSet more =
        set(
            payments,
            Feature.count("payments_2d").over(days(2)),
            Feature.sum("amount_1d", "amount").over(days(1)),
            Feature.count("dutch").where(Filter.is("country", "NL")),
            Feature.count("lately").halvingEvery(days(1)));
    Layouts after = Layouts.ofBytes(before.toBytes(), more);

    EntityFeatures read = EntityFeatures.ofBytes(entity.toBytes(), after);
    assertThat(after.current()).isEqualTo(2);
    assertThat(read.values().value("amount_1d").present()).isFalse();
    read.add(row(3_000, 5, "NL"));
    read = EntityFeatures.ofBytes(read.toBytes(), Layouts.ofBytes(after.toBytes(), more));

    FeatureValues values = read.values();
    long always = EntityFeatures.ALWAYS;
    assertThat(values.value("payments_1d"))
        .isEqualTo(new FeatureValue("payments_1d", true, 3, null, List.of(), false, always));
    assertThat(values.value("payments_2d"))
        .isEqualTo(new FeatureValue("payments_2d", true, 3, null, List.of(), false, always));
    assertThat(values.value("amount_1d"))
        .isEqualTo(new FeatureValue("amount_1d", true, 5, null, List.of(), false, 2_000));
    assertThat(values.value("dutch"))
        .isEqualTo(new FeatureValue("dutch", true, 1, null, List.of(), false, 2_000));
    assertThat(values.value("lately").since()).isEqualTo(always);
    assertThat(values.value("lately").number()).isCloseTo(3, within(.001));

    read.add(row(2_000 + days(1).toMillis(), 7, "NL"));
    assertThat(read.values().value("amount_1d").since()).isEqualTo(always);
    assertThat(read.values().value("dutch").since()).isEqualTo(2_000);
  }

  @Test
  void newListsAndSessionsStartEmptyAndSaySinceWhen() {
    Feature payments = Feature.distinct("countries", "country").over(days(1));
    Layouts before = Layouts.of(set(payments));
    EntityFeatures entity = new EntityFeatures(before);
    entity.add(row(1_000, 10, "NL"));
    entity.add(row(2_000, 20, "NL"));
    FeatureSet more =
        set(
            payments,
            Feature.top("top", "country", 3).over(days(1)),
            Feature.sessions("sessions", "country", days(1)).over(days(1)),
            Feature.sessionEvents("so_far", "country", days(1)));
    Layouts after = Layouts.ofBytes(before.toBytes(), more);

    EntityFeatures read = EntityFeatures.ofBytes(entity.toBytes(), after);
    read.add(row(3_000, 5, "NL"));
    read = EntityFeatures.ofBytes(read.toBytes(), after);

    FeatureValues values = read.values();
    assertThat(values.value("countries").since()).isEqualTo(EntityFeatures.ALWAYS);
    assertThat(values.value("top").top()).containsExactly(new Weighted("NL", 1));
    assertThat(values.value("top").since()).isEqualTo(2_000);
    assertThat(values.value("sessions").since())
        .as("its column was kept before")
        .isEqualTo(EntityFeatures.ALWAYS);
    assertThat(values.value("sessions").number()).isEqualTo(1);
    assertThat(values.value("so_far").number()).isEqualTo(3);

    FeatureSet weighed =
        set(
            Feature.top("top", "country", 3).over(days(1)),
            Feature.top("paid", "country", 3).weighing("amount").halvingEvery(days(1)),
            Feature.sessions("terminals", "terminal", days(1)).over(days(1)),
            Feature.sessionEvents("so_far", "terminal", days(1)));
    read = EntityFeatures.ofBytes(read.toBytes(), Layouts.ofBytes(after.toBytes(), weighed));
    assertThat(read.values().value("terminals").number()).isZero();
    assertThat(read.values().value("so_far").present()).isFalse();
    read.add(row(4_000, 5, "NL"));
    values = read.values();
    assertThat(values.value("top").top()).containsExactly(new Weighted("NL", 2));
    assertThat(values.value("top").since()).isEqualTo(2_000);
    assertThat(values.value("paid").top()).containsExactly(new Weighted("NL", 5));
    assertThat(values.value("paid").since()).isEqualTo(3_000);
    assertThat(values.value("terminals"))
        .isEqualTo(new FeatureValue("terminals", true, 1, null, List.of(), false, 3_000));
    assertThat(values.value("so_far"))
        .isEqualTo(new FeatureValue("so_far", true, 1, null, List.of(), false, 3_000));
    read.add(row(4_000 + days(9).toMillis(), 5, "NL"));
    assertThat(read.values().value("so_far"))
        .as("no row is retained of the time before")
        .isEqualTo(
            new FeatureValue("so_far", true, 1, null, List.of(), false, EntityFeatures.ALWAYS));
  }

  @Test
  void aSetThatReturnsToWhatItWasWritesInTheOldLayout() {
    FeatureSet one = set(Feature.sum("a", "amount").over(days(1)));
    FeatureSet two = set(Feature.distinct("a", "country").over(days(1)));
    Layouts first = Layouts.of(one);
    Layouts second = Layouts.ofBytes(first.toBytes(), two);
    Layouts again = Layouts.ofBytes(second.toBytes(), one);
    EntityFeatures entity = new EntityFeatures(first);
    entity.add(row(1_000, 10, "NL"));

    EntityFeatures between = EntityFeatures.ofBytes(entity.toBytes(), second);
    EntityFeatures last = EntityFeatures.ofBytes(between.toBytes(), again);

    assertThat(List.of(first.current(), second.current(), again.current()))
        .containsExactly(1, 2, 1);
    assertThat(last.retainedRows()).isEqualTo(1);
    assertThat(last.values().value("a").present()).isFalse();
    assertThat(last.values().value("a").since()).isEqualTo(1_000);
    assertThat(again.toBytes()).hasSizeLessThan(120);
  }

  @Test
  void aDeviationThatIsNewBesideASumBeginsWithTheRowsRetained() {
    Feature sum = Feature.sum("sum", "amount");
    Layouts before = Layouts.of(set(sum));
    EntityFeatures entity = new EntityFeatures(before, 2);
    for (int i = 0; i < 4; i++) {
      entity.add(row(i * 1_000, 10 + i * i, "NL"));
    }
    FeatureSet more = set(sum, Feature.stddev("stddev", "amount"));
    Layouts after = Layouts.ofBytes(before.toBytes(), more);

    FeatureValues values = EntityFeatures.ofBytes(entity.toBytes(), after, 2).values();

    assertThat(values.value("sum"))
        .isEqualTo(
            new FeatureValue("sum", true, 54, null, List.of(), false, EntityFeatures.ALWAYS));
    assertThat(values.value("stddev"))
        .isEqualTo(new FeatureValue("stddev", true, 2.5, null, List.of(), false, 1_000));
  }

  /** What is stored must be read by every later release. */
  @Test
  void readsWhatTheFirstReleaseWrote() {
    FeatureSet set =
        set(
            Feature.sum("sum", "amount").where(Filter.is("country", "NL")).over(days(1)),
            Feature.stddev("stddev", "amount"),
            Feature.max("max", "amount").over(days(1)),
            Feature.distinct("distinct", "country").over(days(1)),
            Feature.last("last", "country"),
            Feature.count("decayed").halvingEvery(days(1)));
    EntityFeatures entity = new EntityFeatures(Layouts.of(set), 2);
    entity.add(row(1_000, 1.5, "NL"));
    entity.add(row(2_000, 20, "BE"));
    entity.add(row(3_500, 5, "NL"));

    assertThat(HexFormat.of().formatHex(Layouts.of(set).toBytes())).isEqualTo(LAYOUTS);
    assertThat(HexFormat.of().formatHex(entity.toBytes())).isEqualTo(STATE);
    Layouts read = Layouts.ofBytes(HexFormat.of().parseHex(LAYOUTS), set);
    assertThat(EntityFeatures.ofBytes(HexFormat.of().parseHex(STATE), read, 2).values())
        .isEqualTo(entity.values());
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    FeatureSet one = set(Feature.sum("a", "amount").over(days(1)));
    Layouts first = Layouts.of(one);
    Layouts second = Layouts.ofBytes(first.toBytes(), set(Feature.last("a", "country")));
    byte[] bytes = new EntityFeatures(second).toBytes();

    assertThatThrownBy(() -> EntityFeatures.ofBytes(bytes, first))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the features of an entity of set card have layout 2; known are 1 to 1: restore with the layouts stored beside it");
    bytes[0] = 9;
    assertThatThrownBy(() -> EntityFeatures.ofBytes(bytes, second))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the features of an entity has layout version 9");
    FeatureSet other = FeatureSet.of("visitor", SCHEMA, Feature.count("a"));
    assertThatThrownBy(() -> Layouts.ofBytes(first.toBytes(), other))
        .hasMessage(
            "layouts of feature set card, not of visitor; a set that is renamed begins anew");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyValueIsThatOfTheEventsSinceItIsComplete(int seed) {
    Random random = new Random(seed);
    RandomAlgebra algebra = new RandomAlgebra(random);
    Schema schema = algebra.schema();
    FeatureSet before = algebra.set(schema, 12, "a");
    FeatureSet other = algebra.set(schema, 12, "b");
    FeatureSet after = FeatureSet.of("entity", schema, mixed(before, other, random));
    List<LogEvent> log = algebra.log(schema, 20 + random.nextInt(80));
    int split = 1 + random.nextInt(log.size() - 1);
    while (split < log.size() && log.get(split).time() == log.get(split - 1).time()) {
      split++;
    }

    Layouts layouts = Layouts.of(before);
    EntityFeatures entity = new EntityFeatures(layouts);
    log.subList(0, split).forEach(event -> entity.add(event.row(schema)));
    EntityFeatures read =
        EntityFeatures.ofBytes(entity.toBytes(), Layouts.ofBytes(layouts.toBytes(), after));
    assertSince(after, read, log.subList(0, split), seed);
    for (int i = split; i < log.size(); i++) {
      read.add(log.get(i).row(schema));
      if (random.nextInt(8) == 0) {
        read = EntityFeatures.ofBytes(read.toBytes(), read.layouts);
      }
      assertSince(after, read, log.subList(0, i + 1), seed);
    }
  }

  private static List<Feature> mixed(FeatureSet before, FeatureSet other, Random random) {
    List<Feature> features = new ArrayList<>(other.features());
    for (Feature feature : before.features()) {
      if (feature.aggregate() != Aggregate.RATIO && random.nextBoolean()) {
        features.add(random.nextInt(features.size()), feature);
      }
    }
    return features;
  }

  /** Each value is that of the log without what came before it is complete. */
  private static void assertSince(
      FeatureSet set, EntityFeatures entity, List<LogEvent> log, int seed) {
    FeatureValues values = entity.values();
    LogEvent now = log.get(log.size() - 1);
    for (Feature feature : set.features()) {
      FeatureValue value = values.value(feature.name());
      if (feature.aggregate() == Aggregate.RATIO
          || feature.aggregate() == Aggregate.DISTINCT && value.approximate()
          || feature.aggregate() == Aggregate.SESSION_EVENTS && value.approximate()) {
        continue;
      }
      List<LogEvent> since = log.stream().filter(event -> event.time() > value.since()).toList();
      EntityFeaturesTest.assertEqual(
          feature,
          new NaiveFeatures(set, since).retaining(entity),
          value,
          now.time(),
          now.tie(),
          "seed " + seed + ", since " + value.since());
    }
  }
}
