package io.millrace.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.Click;
import io.millrace.features.event.Order;
import io.millrace.features.event.VisitorEvent;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BenchEventsTest {
  private static final int CLICKS = 20_000;

  private final MadeUpCatalogue catalogue = new MadeUpCatalogue(SyntheticLog.ITEMS);
  private final BenchClicks clicks = BenchClicks.of("made up", SyntheticLog.of(CLICKS, 0), CLICKS);
  private final BenchEvents events = new BenchEvents(clicks, catalogue);

  @Test
  void holdsEveryClickOnceAndAnOrderAfterEveryFortieth() {
    List<VisitorEvent> all =
        IntStream.range(0, BenchEvents.count(CLICKS)).mapToObj(events::event).toList();
    assertThat(all).hasSize(CLICKS + CLICKS / 40);
    assertThat(all.stream().filter(Click.class::isInstance))
        .containsExactlyElementsOf(
            IntStream.range(0, CLICKS).<VisitorEvent>mapToObj(clicks::click).toList());
    for (int i = 40; i < all.size(); i += 41) {
      assertThat(all.get(i)).isInstanceOf(Order.class);
    }
  }

  @Test
  void whoClickedLastOrdersTheItemAtItsPrice() {
    Click click = clicks.click(39);
    Order order = (Order) events.event(40);
    CatalogItem.Prices prices = catalogue.shown(MadeUpCatalogue.number(click.itemId())).prices();
    assertThat(order.visitorId()).isEqualTo(click.visitorId());
    assertThat(order.eventTime()).isGreaterThan(click.eventTime());
    assertThat(order.currency()).isEqualTo(prices.currency());
    assertThat(order.lines())
        .containsExactly(new Order.Line(click.itemId(), 1, prices.listPrice(), null));
  }

  @Test
  void theNewestEventOfAVisitorMayBeAnOrder() {
    Order order = (Order) events.event(40);
    assertThat(events.newest(41)).containsEntry(order.visitorId(), order.eventTime());
    assertThat(events.newest(40)).containsEntry(order.visitorId(), order.eventTime() - 1);
  }
}
