package io.millrace.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.Order;
import io.millrace.jobs.evaluate.LiveTargets.Target;
import io.millrace.jobs.local.ContractEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTargetsTest {
  private final LiveTargets targets = new LiveTargets(0);
  private int events;

  @Test
  void aViewFromAnotherItemIsLookedForInTheListMadeThere() {
    click(ClickType.VIEW_ITEM, "a");
    click(ClickType.VIEW_ITEM, "b");
    click(ClickType.VIEW_ITEM, "b");
    assertThat(targets.of(0)).containsExactly(new Target(LiveKind.VIEW, "b"));
    assertThat(targets.of(1)).isEmpty();
    assertThat(targets.count(LiveKind.VIEW)).isEqualTo(1);
  }

  @Test
  void cartsAndPurchasesAreLookedForInTheListFromBeforeTheirItem() {
    click(ClickType.VIEW_ITEM, "a");
    click(ClickType.VIEW_ITEM, "b");
    click(ClickType.ADD_TO_CART, "b");
    order("b");
    assertThat(targets.of(0))
        .containsExactly(
            new Target(LiveKind.VIEW, "b"),
            new Target(LiveKind.CART, "b"),
            new Target(LiveKind.PURCHASE, "b"));
  }

  @Test
  void whatHasNoListBeforeItCountsForNothing() {
    order("a");
    click(ClickType.VIEW_ITEM, "a");
    click(ClickType.ADD_TO_CART, "a");
    assertThat(targets.of(1)).isEmpty();
    assertThat(targets.count(LiveKind.CART)).isZero();
    assertThat(targets.count(LiveKind.PURCHASE)).isZero();
  }

  @Test
  void theWarmUpIsOnlyLearnedFrom() {
    LiveTargets late = new LiveTargets(2);
    late.add(0, ContractEvent.of(Click.view("e0", 0, "v", "a")));
    late.add(1, ContractEvent.of(Click.view("e1", 1, "v", "b")));
    late.add(2, ContractEvent.of(Click.view("e2", 2, "v", "c")));
    assertThat(late.of(0)).isEmpty();
    assertThat(late.of(1)).containsExactly(new Target(LiveKind.VIEW, "c"));
  }

  private void click(ClickType type, String item) {
    int number = events++;
    targets.add(
        number,
        ContractEvent.of(
            new Click("e" + number, type, number, "v", item, List.of(), null, Click.Details.NONE)));
  }

  private void order(String item) {
    int number = events++;
    List<Order.Line> lines = List.of(new Order.Line(item, 1, null, null));
    targets.add(
        number, ContractEvent.of(Order.placed("e" + number, "o", number, "v", "CNY", lines)));
  }
}
