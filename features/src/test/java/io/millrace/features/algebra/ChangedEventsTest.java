package io.millrace.features.algebra;

import static io.millrace.features.algebra.Span.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events that get other content, or are forgotten. */
class ChangedEventsTest {
  private static final Schema SCHEMA = Schema.of("payments", Field.number("amount", 2));
  private static final FeatureSet SET =
      FeatureSet.of(
          "card",
          SCHEMA,
          Feature.count("count").over(days(1)),
          Feature.sum("sum", "amount").over(days(1)),
          Feature.sum("ever", "amount"),
          Feature.sum("decayed", "amount").halvingEvery(days(1)));

  static IntStream seeds() {
    return RandomAlgebra.seeds(150);
  }

  private static Row row(long time, double amount) {
    return SCHEMA.row(time, 0).number("amount", amount).build();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void contentThatIsPutLastIsAllThatIsKnown(int seed) {
    Random random = new Random(seed);
    RandomAlgebra algebra = new RandomAlgebra(random);
    Schema schema = algebra.schema();
    Layouts layouts = Layouts.of(algebra.set(schema));
    List<LogEvent> log = new ArrayList<>(algebra.log(schema, 1 + random.nextInt(90)));
    List<LogEvent> contents = algebra.log(schema, 90);
    long oldest = log.get(log.size() - 1).time() - layouts.set().plan().retention();
    log.removeIf(event -> event.time() <= oldest);
    EntityFeatures expected = new EntityFeatures(layouts);
    log.forEach(event -> expected.add(event.row(schema)));

    EntityFeatures entity = new EntityFeatures(layouts);
    Collections.shuffle(log, random);
    for (LogEvent event : log) {
      LogEvent other = contents.get(random.nextInt(contents.size()));
      Row first = new LogEvent(event.time(), event.tie(), other.fields()).row(schema);
      assertThat(random.nextBoolean() ? entity.add(first) : entity.put(first)).isTrue();
      if (random.nextInt(4) == 0) {
        entity.put(event.row(schema));
      }
      entity.values();
      if (random.nextInt(8) == 0) {
        entity = EntityFeatures.ofBytes(entity.toBytes(), layouts);
      }
    }
    Collections.shuffle(log, random);
    for (LogEvent event : log) {
      byte[] before = entity.toBytes();
      boolean changed = entity.put(event.row(schema));
      assertThat(changed).isEqualTo(!Arrays.equals(entity.toBytes(), before));
    }

    assertThat(entity.toBytes()).isEqualTo(expected.toBytes());
    assertThat(entity.values()).isEqualTo(expected.values());
    LogEvent some = log.get(random.nextInt(log.size()));
    assertThat(entity.values(some.time(), some.tie()))
        .isEqualTo(expected.values(some.time(), some.tie()));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsForgottenNeverCame(int seed) {
    Random random = new Random(seed);
    RandomAlgebra algebra = new RandomAlgebra(random);
    Schema schema = algebra.schema();
    FeatureSet set = algebra.set(schema);
    Layouts layouts = Layouts.of(set);
    List<LogEvent> log = new ArrayList<>(algebra.log(schema, 1 + random.nextInt(90)));
    int maxRows = random.nextInt(3) == 0 ? 1 + random.nextInt(20) : EntityFeatures.MAX_ROWS;
    Collections.shuffle(log, random);
    EntityFeatures entity = new EntityFeatures(layouts, maxRows);
    log.forEach(event -> entity.add(event.row(schema)));
    long time = log.get(random.nextInt(log.size())).time() - random.nextInt(2);
    boolean lost = entity.departed().any() && entity.departed().time() > time;
    byte[] before = entity.toBytes();

    assertThat(entity.forgetUpTo(time)).isEqualTo(!Arrays.equals(before, entity.toBytes()));

    assertThat(entity.forgetUpTo(time)).as("nothing is left to forget").isFalse();
    List<LogEvent> later = log.stream().filter(event -> event.time() > time).toList();
    if (lost) {
      NaiveFeatures naive = new NaiveFeatures(set, later).retaining(entity);
      LogEvent newest =
          later.stream().reduce((a, b) -> a.isBefore(b.time(), b.tie()) ? b : a).get();
      EntityFeaturesTest.assertExact(
          set, naive, entity.values(), newest.time(), newest.tie(), "seed " + seed);
      return;
    }
    EntityFeatures expected = new EntityFeatures(layouts, maxRows);
    later.forEach(event -> expected.add(event.row(schema)));
    assertThat(entity.toBytes()).isEqualTo(expected.toBytes());
    if (!later.isEmpty()) {
      assertThat(entity.values()).isEqualTo(expected.values());
    }
    log.stream().filter(event -> event.time() <= time).forEach(of -> expected.add(of.row(schema)));
    log.stream().filter(event -> event.time() <= time).forEach(of -> entity.add(of.row(schema)));
    assertThat(entity.toBytes()).as("and goes on as if").isEqualTo(expected.toBytes());
  }

  @Test
  void anEventThatWasNotRetainedIsAdded() {
    EntityFeatures entity = new EntityFeatures(Layouts.of(SET));

    assertThat(entity.put(row(1_000, 5))).isTrue();
    assertThat(entity.put(row(1_000, 5))).isFalse();
    assertThat(entity.put(row(1_000, 7))).isTrue();
    assertThat(entity.add(row(1_000, 9))).isFalse();

    assertThat(entity.values().value("count").number()).isEqualTo(1);
    assertThat(entity.values().value("sum").number()).isEqualTo(7);
    assertThat(entity.values().value("decayed").number()).isCloseTo(7, within(1e-12));
  }

  @Test
  void aContentThatIsReplacedIsNoExtremeAnyMore() {
    FeatureSet set = FeatureSet.of("card", SCHEMA, Feature.max("greatest", "amount").over(days(1)));
    EntityFeatures entity = new EntityFeatures(Layouts.of(set));
    for (int i = 0; i < 200; i++) {
      entity.add(row(i * 1_000, 1_000 + i));
      entity.put(row(i * 1_000, i));

      assertThat(entity.values().number(0)).isEqualTo(i);
    }
  }

  @Test
  void laterEventsThatLeftAreLostToo() {
    EntityFeatures entity = new EntityFeatures(Layouts.of(SET), 2);
    for (int i = 1; i <= 5; i++) {
      entity.add(row(i * 1_000, i));
    }

    assertThat(entity.forgetUpTo(1_000)).isTrue();

    FeatureValues values = entity.values();
    assertThat(entity.retainedRows()).isEqualTo(2);
    assertThat(values.value("count").number()).isEqualTo(2);
    assertThat(values.value("count").approximate()).isTrue();
    assertThat(values.value("sum").number()).isEqualTo(9);
    assertThat(values.value("ever").number()).isEqualTo(9);
    for (int feature = 0; feature < values.size(); feature++) {
      assertThat(values.since(feature)).isEqualTo(3_000);
    }
    EntityFeatures read = EntityFeatures.ofBytes(entity.toBytes(), entity.layouts, 2);
    assertThat(read.values()).isEqualTo(values);
    assertThat(read.since).containsOnly(3_000);
  }

  @Test
  void whatIsKeptOnlySinceSomeTimeIsWholeWhereAllBeforeIsForgotten() {
    Layouts before =
        Layouts.of(FeatureSet.of("card", SCHEMA, Feature.count("count").over(days(1))));
    EntityFeatures entity = new EntityFeatures(before);
    entity.add(row(1_000, 1));
    entity.add(row(2_000, 2));
    EntityFeatures read =
        EntityFeatures.ofBytes(entity.toBytes(), Layouts.ofBytes(before.toBytes(), SET));
    read.add(row(3_000, 3));

    read.forgetUpTo(1_000);
    assertThat(read.values().value("sum").since()).isEqualTo(2_000);
    assertThat(read.values().value("decayed").since()).isEqualTo(2_000);
    read.forgetUpTo(2_000);
    assertThat(read.values().value("sum").since()).isEqualTo(EntityFeatures.ALWAYS);
    assertThat(read.values().value("decayed").since()).isEqualTo(EntityFeatures.ALWAYS);
    assertThat(read.values().value("sum").number()).isEqualTo(3);
  }

  @Test
  void anEntityMayBeForgottenWhole() {
    EntityFeatures entity = new EntityFeatures(Layouts.of(SET), 2);
    assertThat(entity.forgetUpTo(9_000)).isFalse();
    for (int i = 1; i <= 5; i++) {
      entity.add(row(i * 1_000, i));
    }

    assertThat(entity.forgetUpTo(5_000)).isTrue();

    assertThat(entity.isEmpty()).isTrue();
    assertThat(entity.toBytes()).isEqualTo(new EntityFeatures(entity.layouts, 2).toBytes());
    entity.add(row(6_000, 6));
    assertThat(entity.values().value("ever").number()).isEqualTo(6);
  }
}
