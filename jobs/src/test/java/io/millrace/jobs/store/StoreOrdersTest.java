package io.millrace.jobs.store;

import static io.millrace.features.event.OrderStatus.CANCELLED;
import static io.millrace.features.event.OrderStatus.DELIVERED;
import static io.millrace.features.event.OrderStatus.PAID;
import static io.millrace.features.event.OrderStatus.PAYMENT_FAILED;
import static io.millrace.features.event.OrderStatus.PLACED;
import static io.millrace.features.event.OrderStatus.REFUNDED;
import static io.millrace.features.event.OrderStatus.SHIPPED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.jobs.local.ContractEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the store sells, seen from outside: by its events alone. */
class StoreOrdersTest {
  private static final int EVENTS = 60_000;
  private static final Map<OrderStatus, Set<OrderStatus>> BEFORE =
      Map.of(
          PAID, Set.of(PLACED, PAYMENT_FAILED),
          PAYMENT_FAILED, Set.of(PLACED),
          SHIPPED, Set.of(PAID, CANCELLED),
          DELIVERED, Set.of(SHIPPED),
          CANCELLED, Set.of(PAYMENT_FAILED, PAID),
          REFUNDED, Set.of(DELIVERED));

  /** The newest that the catalogue says, and the pieces that are left by it and by the orders. */
  private static final class Shelf {
    private CatalogItem entry;
    private long left;
  }

  @Test
  void neverSellsWhatItDoesNotHave() {
    Map<String, Shelf> shelves = new HashMap<>();
    Map<String, Order> newest = new HashMap<>();
    int soldOut = 0;
    int back = 0;
    for (ContractEvent event : SimulatedStoreTest.events(11, EVENTS)) {
      if (event instanceof ContractEvent.OfItem of) {
        Shelf shelf = shelves.computeIfAbsent(of.item().itemId(), i -> new Shelf());
        long stock = of.item().supply().stock();
        // Sold pieces are gone, and only a delivery brings more than orders account for.
        assertThat(stock).isGreaterThanOrEqualTo(shelf.left);
        boolean wasOut = shelf.entry != null && shelf.entry.supply().stock() == 0;
        soldOut += stock == 0 ? 1 : 0;
        back += stock > 0 && wasOut ? 1 : 0;
        shelf.left = stock;
        shelf.entry = of.item();
      } else if (event instanceof ContractEvent.OfOrder of) {
        account(of.order(), newest, shelves);
      }
    }
    assertThat(soldOut).isGreaterThan(30);
    assertThat(back).isGreaterThan(soldOut / 2);
  }

  /** By the rules of the orders' page: what is cancelled or not paid is back, a refund is not. */
  private static void account(Order order, Map<String, Order> newest, Map<String, Shelf> shelves) {
    Order before = newest.get(order.orderId());
    boolean unpaid = before != null && before.status() == PAYMENT_FAILED;
    List<Order.Line> all = before == null ? order.lines() : before.lines();
    if (order.status() == PLACED || unpaid && order.status() == PAID) {
      all.forEach(line -> sell(shelves, line));
    } else if (order.status() == PAYMENT_FAILED) {
      all.forEach(line -> shelves.get(line.itemId()).left += line.quantity());
    } else if (order.status() == CANCELLED && !unpaid) {
      (order.lines().isEmpty() ? all : order.lines())
          .forEach(line -> shelves.get(line.itemId()).left += line.quantity());
    }
    newest.put(
        order.orderId(),
        new Order(
            order.eventId(),
            order.orderId(),
            order.status(),
            order.eventTime(),
            order.visitorId(),
            order.sessionId(),
            order.currency(),
            all,
            order.details()));
  }

  private static void sell(Map<String, Shelf> shelves, Order.Line line) {
    Shelf shelf = shelves.get(line.itemId());
    assertThat(shelf).as(line.itemId()).isNotNull();
    assertThat(shelf.entry.status()).isEqualTo(CatalogItem.Status.ACTIVE);
    shelf.left -= line.quantity();
    assertThat(shelf.left).as(line.itemId()).isNotNegative();
  }

  @Test
  void tellsTheCatalogueOfEveryItemBeforeAnythingElseDoes() {
    Set<String> known = new HashSet<>();
    for (ContractEvent event : SimulatedStoreTest.events(12, EVENTS)) {
      if (event instanceof ContractEvent.OfItem of) {
        CatalogItem item = of.item();
        known.add(item.itemId());
        assertThat(item.title()).isNotBlank();
        assertThat(item.category()).contains("/");
        assertThat(item.brand()).isNotBlank();
        assertThat(item.attributes()).containsKeys("look", "colour");
        assertThat(item.prices().listPrice()).isGreaterThan(item.prices().cost());
      } else if (event instanceof ContractEvent.OfClick of) {
        assertThat(known.containsAll(of.click().itemIds())).isTrue();
        assertThat(of.click().itemId() == null || known.contains(of.click().itemId())).isTrue();
      } else if (event instanceof ContractEvent.OfOrder of) {
        List<Order.Line> lines = of.order().lines();
        assertThat(known.containsAll(lines.stream().map(Order.Line::itemId).toList())).isTrue();
      }
    }
  }

  @Test
  void leadsEveryOrderThroughItsLife() {
    Map<String, List<Order>> lives = new HashMap<>();
    Map<OrderStatus, Integer> counts = new HashMap<>();
    List<ContractEvent> events = SimulatedStoreTest.events(13, EVENTS);
    Set<String> thievesDevices = StoreThievesTest.thievesDevices(events);
    for (Order order : orders(events)) {
      List<Order> life = lives.computeIfAbsent(order.orderId(), o -> new ArrayList<>());
      if (life.isEmpty()) {
        assertThat(order.status()).isEqualTo(PLACED);
      } else {
        Order before = life.get(life.size() - 1);
        assertThat(BEFORE.get(order.status())).contains(before.status());
        assertThat(order.eventTime()).isGreaterThan(before.eventTime());
        assertThat(order.visitorId()).isEqualTo(before.visitorId());
      }
      life.add(order);
      if (thievesDevices.contains(order.details().deviceId())) {
        continue;
      }
      counts.merge(order.status(), 1, Integer::sum);
    }
    assertThat(counts).containsOnlyKeys(OrderStatus.values());
    double all = counts.get(PLACED);
    assertThat(counts.get(PAID) / all).isBetween(0.85, 1.0);
    assertThat(counts.get(CANCELLED) / all).isBetween(0.01, 0.15);
    assertThat(counts.get(REFUNDED) / all).isBetween(0.01, 0.15);
  }

  @Test
  void takesBackNoMoreThanWasBought() {
    Map<String, Map<String, Integer>> bought = new HashMap<>();
    int parts = 0;
    for (Order order : orders(SimulatedStoreTest.events(14, EVENTS))) {
      Map<String, Integer> rest = bought.computeIfAbsent(order.orderId(), o -> new HashMap<>());
      for (Order.Line line : order.lines()) {
        int sign = order.status() == PLACED ? 1 : -1;
        int left = rest.merge(line.itemId(), sign * line.quantity(), Integer::sum);
        assertThat(left).isNotNegative();
        parts += sign < 0 ? 1 : 0;
      }
      if (order.status().takesBack() && order.lines().isEmpty()) {
        assertThat(rest.values()).allMatch(left -> left > 0);
        rest.clear();
      }
    }
    assertThat(parts).isPositive();
  }

  @Test
  void ordersOnlyFromTheCartAndAfterCheckout() {
    Map<String, Map<String, Integer>> carts = new HashMap<>();
    Set<String> atTheDesk = new HashSet<>();
    for (ContractEvent event : SimulatedStoreTest.events(15, EVENTS)) {
      if (event instanceof ContractEvent.OfClick of) {
        Click click = of.click();
        Map<String, Integer> cart = carts.computeIfAbsent(click.visitorId(), v -> new HashMap<>());
        if (click.type() == ClickType.ADD_TO_CART) {
          cart.merge(click.itemId(), click.details().quantity(), Integer::sum);
        } else if (click.type() == ClickType.REMOVE_FROM_CART) {
          cart.remove(click.itemId());
        } else if (click.type() == ClickType.BEGIN_CHECKOUT) {
          atTheDesk.add(click.sessionId());
        }
      } else if (event instanceof ContractEvent.OfOrder of && of.order().status() == PLACED) {
        Map<String, Integer> cart = carts.get(of.order().visitorId());
        for (Order.Line line : of.order().lines()) {
          assertThat(line.quantity()).isBetween(1, cart.get(line.itemId()));
        }
        assertThat(atTheDesk).contains(of.order().sessionId());
        cart.clear();
      }
    }
  }

  private static List<Order> orders(List<ContractEvent> events) {
    return events.stream()
        .filter(ContractEvent.OfOrder.class::isInstance)
        .map(event -> ((ContractEvent.OfOrder) event).order())
        .toList();
  }
}
