package io.millrace.operators.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrailsTest {
  private final TrailsCodec codec = new TrailsCodec();

  private Trails reread(Trails trails) {
    return codec.decode(codec.encode(trails));
  }

  private static Order placed(String order, long time) {
    return Order.placed("p" + order, order, time, "v", "EUR", List.of());
  }

  private static Order shipped(String order, long time) {
    return Order.became("s" + order, order, OrderStatus.SHIPPED, time, "v");
  }

  private static List<String> taken(Trails trails, long time) {
    return trails.takeUpTo(time).stream().map(left -> String.valueOf(left.order())).toList();
  }

  @Test
  void leadToWhatHadAnyEventUpToATime() {
    Trails trails = new Trails();
    trails.add(placed("before", 10), 0);
    trails.add(placed("through", 20), 0);
    trails.add(shipped("through", 40), 0);
    trails.add(placed("after", 41), 0);
    assertThat(taken(reread(trails), 30)).containsExactly("before", "through");
    assertThat(taken(trails, 30)).containsExactly("before", "through");
    assertThat(taken(trails, 39)).isEmpty();
    assertThat(taken(reread(trails), 40)).containsExactly("through");
    assertThat(taken(trails, 50)).containsExactly("through", "after");
    assertThat(codec.encode(trails)).isNull();
  }

  @Test
  void knowAnEventThatComesAgain() {
    Trails trails = new Trails();
    assertThat(trails.add(placed("o", 10), 0)).isTrue();
    assertThat(trails.add(placed("o", 10), 0)).isFalse();
    trails = reread(trails);
    assertThat(trails.add(placed("o", 10), 0)).isFalse();
    assertThat(trails.add(shipped("o", 10), 0)).isTrue();
    assertThat(trails.add(placed("o", 11), 0)).isTrue();
  }

  @Test
  void settleAnOrderOnce() {
    Trails trails = new Trails();
    trails.add(placed("o", 10), 0);
    trails.add(placed("p", 10), 0);
    assertThat(trails.settle(placed("o", 10))).isTrue();
    trails = reread(trails);
    assertThat(trails.settle(placed("o", 12))).isFalse();
    assertThat(trails.settle(placed("p", 12))).isTrue();
  }

  @Test
  void areBoundedAndLetGoOfWhatIsOld() {
    Trails trails = new Trails();
    for (int i = 0; i < 2_000; i++) {
      trails.add(placed("o" + i, i), 0);
      trails.add(
          new Click(
              "c" + i,
              io.millrace.features.event.ClickType.VIEW_CART,
              i,
              "v",
              null,
              List.of(),
              null,
              Click.Details.NONE),
          0);
    }
    assertThat(codec.encode(trails).length).isLessThan(40_000);
    trails.add(placed("last", 5_000), 4_000);
    assertThat(taken(trails, 10_000)).containsExactly("last");
  }
}
