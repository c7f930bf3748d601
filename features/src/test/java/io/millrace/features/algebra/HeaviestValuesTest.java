package io.millrace.features.algebra;

import static io.millrace.features.algebra.Feature.top;
import static io.millrace.features.algebra.Span.days;
import static io.millrace.features.algebra.Span.hours;
import static io.millrace.features.algebra.Span.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeaviestValuesTest {
  private static final long HOUR = 3_600_000;
  private static final Schema SCHEMA =
      Schema.of("views", Field.text("item"), Field.number("points", 1), Field.flag("bot"));

  private static EntityFeatures entity(int maxRows, Feature... features) {
    return new EntityFeatures(Layouts.of(FeatureSet.of("visitor", SCHEMA, features)), maxRows);
  }

  private static EntityFeatures entity(Feature... features) {
    return entity(EntityFeatures.MAX_ROWS, features);
  }

  private static Row view(long time, String item) {
    return SCHEMA.row(time, 0).text("item", item).build();
  }

  private static Row view(long time, String item, double points) {
    return SCHEMA.row(time, 0).text("item", item).number("points", points).build();
  }

  @Test
  void theHeaviestStandFirstAndTiesInTheirNaturalOrder() {
    EntityFeatures entity =
        entity(top("two", "item", 2).over(days(1)), top("all", "item", 64).over(days(1)));
    int time = 0;
    for (String item : List.of("b", "c", "a", "c", "B")) {
      entity.add(view(time++, item));
    }
    entity.add(SCHEMA.row(time, 0).build());

    FeatureValues values = entity.values();

    assertThat(values.top(0)).containsExactly(new Weighted("c", 2), new Weighted("B", 1));
    assertThat(values.top(1)).extracting(Weighted::value).containsExactly("c", "B", "a", "b");
  }

  @Test
  void eventsWeighWhatTheyCarryAndWhatWeighsNothingIsLeftOut() {
    EntityFeatures entity = entity(top("top", "item", 9).weighing("points").over(days(1)));
    entity.add(view(0, "a", .1));
    entity.add(view(1, "a", .2));
    entity.add(view(2, "b", .3));
    entity.add(view(3, "cancelled", .3));
    entity.add(view(4, "cancelled", -.3));
    entity.add(view(5, "without"));
    entity.add(view(6, "less", -1));

    assertThat(entity.values().top(0))
        .containsExactly(new Weighted("a", .3), new Weighted("b", .3));
  }

  @Test
  void anEventLosesHalfItsWeightEveryHalfLifeAndAllAfterEight() {
    EntityFeatures entity =
        entity(
            top("top", "item", 9).halvingEvery(hours(1)),
            top("month", "item", 9).halvingEvery(days(10)));
    entity.add(view(0, "old"));
    entity.add(view(1, "eight"));
    entity.add(view(5 * HOUR, "three"));
    entity.add(view(7 * HOUR, "one"));
    entity.add(view(8 * HOUR, "now"));

    assertThat(entity.values().top(0))
        .extracting(Weighted::value)
        .containsExactly("now", "one", "three", "eight");
    assertThat(entity.values().top(0).subList(0, 3))
        .extracting(Weighted::weight)
        .containsExactly(1., .5, .125);
    entity.add(view(days(30).toMillis() + 1, "month"));
    assertThat(entity.values().top(1))
        .extracting(Weighted::value)
        .containsExactly("month", "now", "one", "three");
    assertThat(entity.values().isApproximate(1)).isFalse();
  }

  @Test
  void weightsOfOneAgeCancelOutWhateverTheyAre() {
    EntityFeatures entity = entity(top("top", "item", 9).weighing("points").halvingEvery(hours(1)));
    double[] points = {.1, .2, -.3};
    for (int i = 0; i < points.length; i++) {
      entity.add(SCHEMA.row(777, i).text("item", "a").number("points", points[i]).build());
    }
    entity.add(view(12_345, "b", 1));

    assertThat(entity.values().top(0)).containsExactly(new Weighted("b", 1));
  }

  @Test
  void theCurrentEventAndFilteredOnesMayBeLeftOut() {
    EntityFeatures entity =
        entity(
            top("before", "item", 9).over(days(1)).withoutCurrent(),
            top("people", "item", 9).where(Filter.is("bot", false)).halvingEvery(days(1)));
    entity.add(SCHEMA.row(0, 0).text("item", "a").flag("bot", true).build());
    entity.add(SCHEMA.row(0, 1).text("item", "b").flag("bot", false).build());

    assertThat(entity.values().top(0)).containsExactly(new Weighted("a", 1));
    assertThat(entity.values().top(1)).containsExactly(new Weighted("b", 1));
  }

  @Test
  void whereRowsOfTheSpanHaveLeftItIsOfTheRetainedOnesAndSaysSo() {
    EntityFeatures entity =
        entity(
            2,
            top("minute", "item", 9).over(minutes(1)),
            top("day", "item", 9).over(days(1)),
            top("halving", "item", 9).halvingEvery(minutes(30)));
    entity.add(view(0, "a"));
    entity.add(view(HOUR, "b"));
    entity.add(view(2 * HOUR, "c"));

    FeatureValues values = entity.values();

    assertThat(values.isApproximate(0)).isFalse();
    assertThat(values.since(0)).isEqualTo(EntityFeatures.ALWAYS);
    for (int feature = 1; feature < 3; feature++) {
      assertThat(values.top(feature)).extracting(Weighted::value).contains("b", "c").hasSize(2);
      assertThat(values.isApproximate(feature)).isTrue();
      assertThat(values.since(feature)).isZero();
    }
  }

  @Test
  void aListIsPartOfTheValues() {
    Feature feature = top("top", "item", 9).over(days(1));
    EntityFeatures one = entity(feature);
    EntityFeatures other = entity(feature);
    assertThat(one.values(0, 0).isPresent(0)).isFalse();
    assertThat(one.values(0, 0).top(0)).isEmpty();
    one.add(view(0, "a"));
    other.add(view(0, "b"));

    FeatureValues values = one.values();

    assertThat(values.isPresent(0)).isTrue();
    assertThat(values.number(0)).isNaN();
    assertThat(values.text(0)).isNull();
    assertThat(values.value("top").top()).isEqualTo(values.top(0)).hasSize(1);
    assertThat(values).isEqualTo(one.values()).isNotEqualTo(other.values());
    assertThat(values).hasSameHashCodeAs(one.values());
    assertThat(values.hashCode()).isNotEqualTo(other.values().hashCode());
    assertThat(values.toString()).contains("Weighted[value=a, weight=1.0]");
  }

  @Test
  void aWeightIsThePowerOfTwoToWithinTwoToTheMinusFifty() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      long halfLife = 60_000 + random.nextInt(2_000_000_000);
      long age = (long) (random.nextDouble() * 8 * halfLife);
      double power = StrictMath.pow(2, -(double) age / halfLife);

      double weight = (double) Halving.weight(age, halfLife) / Halving.ONE;

      assertThat(Math.abs(weight - power)).as("%d of %d", age, halfLife).isLessThan(0x1p-50);
    }
    assertThat(Halving.weight(0, 60_000)).isEqualTo(Halving.ONE);
    assertThat(Halving.weight(180_000, 60_000)).isEqualTo(Halving.ONE >> 3);
    assertThat(Halving.weight(100L * 60_000, 60_000)).isZero();
  }
}
