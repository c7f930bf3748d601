package io.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketsTest {
  private static final int VISITORS = 100_000;

  @Test
  void splitsVisitorsByTheirSharesAlwaysTheSameWay() {
    Buckets buckets = Buckets.parse("control:0.1:neighbours, main:0.85:learned,old:0.05:frozen:7");
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < VISITORS; i++) {
      Bucket bucket = buckets.of("visitor-" + i);
      assertThat(Buckets.parse(buckets.toString()).of("visitor-" + i)).isEqualTo(bucket);
      counts.merge(bucket.name(), 1, Integer::sum);
    }

    buckets
        .shares()
        .forEach(
            (name, share) ->
                assertThat(counts.get(name) / (double) VISITORS).isCloseTo(share, within(.005)));
    assertThat(buckets.frozen()).containsExactly(7L);
    assertThat(buckets.learn()).isTrue();
    assertThat(buckets.rank()).isTrue();
    assertThat(buckets.shares().keySet()).containsExactly("control", "main", "old");
  }

  @Test
  void nobodyMovesWhereOnlyTheSharesOfOthersChange() {
    Buckets before = Buckets.parse("a:0.2:neighbours,b:0.4:learned,c:0.4:learned");
    Buckets after = Buckets.parse("a:0.2:neighbours,b:0.6:learned,c:0.2:learned");
    for (int i = 0; i < 10_000; i++) {
      String was = before.of("v" + i).name();
      String is = after.of("v" + i).name();
      assertThat(is).isEqualTo(was.equals("c") && !is.equals("c") ? "b" : was);
    }
  }

  @Test
  void oneIsCalledAsItsOrder() {
    assertThat(Buckets.all(ListOrder.LEARNED).of("v").name()).isEqualTo("learned");
    assertThat(Buckets.all(ListOrder.NEIGHBOURS).of("v").name()).isEqualTo("neighbours");
    assertThat(Buckets.all(ListOrder.parse("frozen:7")).of("v").name()).isEqualTo("frozen-7");
    assertThat(Buckets.all(ListOrder.parse("frozen:7")).learn()).isFalse();
    assertThat(Buckets.all(ListOrder.NEIGHBOURS).rank()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a:0.5:learned | the shares of the buckets add up to 0.5",
        "a:0.5:learned,a:0.5:neighbours | two buckets are called a",
        "a:1 | 'a:1' is no bucket",
        "a:x:learned | the share of bucket a is 'x'",
        "a:0:learned | the share of bucket a is 0.0",
        "a:NaN:learned | the share of bucket a is NaN",
        "_all:1:learned | '_all' is no name of a bucket",
        "A:1:learned | 'A' is no name of a bucket",
        "a:1:best | 'best' is no order; give learned, neighbours or frozen:VERSION",
        "a:1:frozen:-1 | 'frozen:-1' is no order",
        "a:1:frozen:9999999999999999999 | is no order"
      })
  void saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> Buckets.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void thirdsAddUp() {
    Buckets thirds = Buckets.parse("a:0.3333333:learned,b:0.3333333:learned,c:0.3333333:learned");
    assertThat(thirds.shares().values().stream().mapToDouble(share -> share).sum())
        .isCloseTo(1, within(1e-12));
    assertThat(Buckets.parse(thirds.toString())).isEqualTo(thirds);
  }

  @Test
  void areFew() {
    String many = "a:0.05:learned,".repeat(17) + "z:0.15:learned";
    assertThatThrownBy(() -> Buckets.parse(many)).hasMessageContaining("there are 18 buckets");
  }
}
