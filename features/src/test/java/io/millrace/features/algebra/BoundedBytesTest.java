package io.millrace.features.algebra;

import static io.millrace.features.algebra.Span.days;
import static io.millrace.features.algebra.Span.minutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BoundedBytesTest {
  private static final int EVENTS = 1_000_000;
  private static final Schema SCHEMA =
      Schema.of("clicks", Field.number("price"), Field.text("item"), Field.flag("bought"));

  private static FeatureSet set() {
    Filter bought = Filter.is("bought", true);
    return FeatureSet.of(
        "visitor",
        SCHEMA,
        Feature.count("clicks_30m").over(minutes(30)),
        Feature.count("clicks_7d").over(days(7)),
        Feature.sum("spent_7d", "price").where(bought).over(days(7)),
        Feature.stddev("price_7d", "price").over(days(7)),
        Feature.max("dearest_30d", "price").over(days(30)).delayedBy(days(30)),
        Feature.distinct("items_7d", "item").over(days(7)),
        Feature.distinct("items", "item"),
        Feature.last("last_item", "item").where(bought),
        Feature.count("interest").halvingEvery(days(1)),
        Feature.sum("spent", "price").where(bought).halvingEvery(minutes(1)));
  }

  private static Row row(long time, long tie, double price, String item, boolean bought) {
    return SCHEMA
        .row(time, tie)
        .number("price", price)
        .text("item", item)
        .flag("bought", bought)
        .build();
  }

  @Test
  @Timeout(30)
  void aMillionRowsWithAMillionValuesStayWithinTheBytesStated() {
    FeatureSet set = set();
    EntityFeatures entity = new EntityFeatures(Layouts.of(set));
    int longest = 0;
    for (int i = 0; i < EVENTS; i++) {
      entity.add(row(i * 500L, i * 0x9E3779B97F4A7C15L, i % 1_000, "item-" + i, i % 10 == 0));
      if (i % 20_000 == 0) {
        longest = Math.max(longest, entity.toBytes().length);
      }
    }

    FeatureValues values = entity.values();
    assertThat(longest).isLessThan((int) set.maxBytes(EntityFeatures.MAX_ROWS));
    assertThat(values.value("clicks_30m").number()).isEqualTo(3_600);
    assertThat(values.value("clicks_30m").approximate()).isFalse();
    assertThat(values.value("clicks_7d").number()).isEqualTo(EVENTS);
    assertThat(values.value("items_7d").number()).isCloseTo(EVENTS, within(EVENTS * .1));
    assertThat(values.value("items").number()).isCloseTo(EVENTS, within(EVENTS * .05));
    assertThat(values.value("items").approximate()).isTrue();
    assertThat(values.value("last_item").text()).isEqualTo("item-" + (EVENTS - 10));
    assertThat(values.value("spent_7d").number()).isEqualTo(EVENTS / 10 * 495.);
  }

  @Test
  void theWorstThatCanComeStaysWithinTheBytesStated() {
    FeatureSet set = set();
    Random random = new Random(5);
    for (int maxRows : new int[] {1, 100, EntityFeatures.MAX_ROWS}) {
      EntityFeatures entity = new EntityFeatures(Layouts.of(set), maxRows);
      for (int i = 0; i < 20_000; i++) {
        long time = i * days(60).toMillis() / 20_000;
        String item = (char) (0x4E00 + i % 20_000) + "\u20AC".repeat(255);
        double price = (random.nextDouble() - .5) * 2e9;
        entity.add(row(time, random.nextLong(), price, item, true));
      }

      assertThat(entity.retainedRows()).isEqualTo(maxRows);
      assertThat((long) entity.toBytes().length)
          .isBetween(set.maxBytes(maxRows) / 8, set.maxBytes(maxRows));
    }
  }
}
