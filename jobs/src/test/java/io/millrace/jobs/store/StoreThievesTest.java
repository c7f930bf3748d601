package io.millrace.jobs.store;

import static io.millrace.features.event.OrderStatus.CANCELLED;
import static io.millrace.features.event.OrderStatus.PAID;
import static io.millrace.features.event.OrderStatus.PAYMENT_FAILED;
import static io.millrace.features.event.OrderStatus.PLACED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.FraudLabel.Source;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.jobs.local.ContractEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who orders, honest or not, seen from outside: by the events alone. */
class StoreThievesTest {
  private static final int EVENTS = 60_000;
  private static final int QUARTER_OF_AN_HOUR_MS = 15 * 60_000;

  /** All that became of orders and was found out about them. */
  private static final class Seen {
    private final Map<String, List<Order>> lives = new LinkedHashMap<>();
    private final List<FraudLabel> labels = new ArrayList<>();

    private Seen(long seed, int events) {
      for (ContractEvent event : SimulatedStoreTest.events(seed, events)) {
        if (event instanceof ContractEvent.OfOrder of) {
          lives.computeIfAbsent(of.order().orderId(), id -> new ArrayList<>()).add(of.order());
        } else if (event instanceof ContractEvent.OfLabel of) {
          List<Order> life = lives.get(of.label().orderId());
          assertThat(life).as("life of %s", of.label().orderId()).isNotNull();
          assertThat(life.get(life.size() - 1).eventTime()).isLessThan(event.eventTime());
          labels.add(of.label());
        }
      }
    }

    private Order placed(String orderId) {
      return lives.get(orderId).get(0);
    }

    private List<OrderStatus> statuses(String orderId) {
      return lives.get(orderId).stream().map(Order::status).toList();
    }

    private List<Order> chargedBack() {
      return labels.stream()
          .filter(FraudLabel::fraud)
          .map(FraudLabel::orderId)
          .map(this::placed)
          .toList();
    }
  }

  /** Devices from which somebody ordered whose card was not theirs. */
  static Set<String> thievesDevices(List<ContractEvent> events) {
    Map<String, String> devices = new HashMap<>();
    Set<String> ofThieves = new HashSet<>();
    for (ContractEvent event : events) {
      if (event instanceof ContractEvent.OfOrder of) {
        devices.put(of.order().orderId(), of.order().details().deviceId());
      } else if (event instanceof ContractEvent.OfLabel of && of.label().fraud()) {
        ofThieves.add(devices.get(of.label().orderId()));
      }
    }
    return ofThieves;
  }

  @Test
  void labelsOrdersAfterTheyWerePaid() {
    Seen seen = new Seen(21, EVENTS);
    Set<String> labelled = new HashSet<>();
    for (FraudLabel label : seen.labels) {
      assertThat(labelled.add(label.orderId())).isTrue();
      assertThat(label.source()).isEqualTo(label.fraud() ? Source.CHARGEBACK : Source.REVIEW);
      assertThat(seen.statuses(label.orderId())).contains(PAID);
    }
    long frauds = seen.chargedBack().size();
    assertThat(frauds).isBetween(10L, 60L);
    assertThat(labelled.size() - frauds).isBetween(10L, 60L);
  }

  @Test
  void neverShipsWhatThievesOrder() {
    Seen seen = new Seen(22, EVENTS);
    for (Order order : seen.chargedBack()) {
      assertThat(seen.statuses(order.orderId()))
          .startsWith(PLACED, PAID)
          .doesNotContain(OrderStatus.SHIPPED);
    }
    // The newest may not be cancelled yet.
    assertThat(seen.chargedBack().subList(0, 5))
        .allSatisfy(order -> assertThat(seen.statuses(order.orderId())).endsWith(CANCELLED));
  }

  @Test
  void letsThievesTestCardsFromNewAccountsOnFewDevicesAndThenBuyLarge() {
    Seen seen = new Seen(23, EVENTS);
    Set<String> visitors = new HashSet<>();
    Set<String> devices = new HashSet<>();
    int onOneCard = 0;
    for (Order large : seen.chargedBack()) {
      visitors.add(large.visitorId());
      devices.add(large.details().deviceId());
      assertThat(large.eventTime() - large.details().accountCreatedAt())
          .isBetween(1_000L, 600_000L);
      List<Order> tests =
          seen.lives.values().stream()
              .filter(life -> life.get(0).visitorId().equals(large.visitorId()))
              .filter(life -> life.stream().anyMatch(order -> order.status() == PAYMENT_FAILED))
              .map(life -> life.get(0))
              .toList();
      assertThat(tests).hasSizeBetween(2, 8);
      assertThat(tests)
          .allSatisfy(
              test -> {
                assertThat(test.eventTime()).isLessThan(large.eventTime());
                assertThat(test.details().total()).isLessThan(100);
                assertThat(test.details().deviceId()).isEqualTo(large.details().deviceId());
              });
      String card = large.details().payment().cardId();
      onOneCard +=
          tests.stream().allMatch(t -> t.details().payment().cardId().equals(card)) ? 1 : 0;
    }
    assertThat(seen.chargedBack())
        .extracting(order -> order.details().total())
        .allMatch(total -> total > 50);
    assertThat(seen.chargedBack())
        .filteredOn(order -> order.details().total() > 200)
        .hasSizeGreaterThan(seen.chargedBack().size() * 3 / 4);
    assertThat(onOneCard).isBetween(1, seen.chargedBack().size() - 1);
    assertThat(devices.size() * 2).isLessThan(visitors.size());
  }

  @Test
  void hasThievesInTheFirstQuarterOfAnHourAndFarMoreHonestVisitors() {
    for (long seed = 1; seed <= 10; seed++) {
      List<ContractEvent> past =
          SimulatedStoreTest.events(seed, 25_000).stream()
              .filter(e -> e.eventTime() < SimulatedStoreTest.START + QUARTER_OF_AN_HOUR_MS)
              .toList();
      Set<String> devices = thievesDevices(past);
      assertThat(devices).as("seed %d", seed).hasSizeBetween(1, 6);
      Map<Boolean, Long> orders =
          past.stream()
              .filter(ContractEvent.OfOrder.class::isInstance)
              .map(event -> ((ContractEvent.OfOrder) event).order())
              .filter(order -> order.status() == PLACED)
              .collect(
                  Collectors.partitioningBy(
                      order -> devices.contains(order.details().deviceId()),
                      Collectors.counting()));
      assertThat(orders.get(false)).as("seed %d", seed).isGreaterThan(orders.get(true));
    }
  }

  @Test
  void saysTheSameOfAnOrderAsLongAsItsCardIsTheSame() {
    int otherCards = 0;
    for (List<Order> life : new Seen(24, EVENTS).lives.values()) {
      Order placed = life.get(0);
      double sum = placed.lines().stream().mapToDouble(l -> l.quantity() * l.unitPrice()).sum();
      assertThat(placed.details().total())
          .isCloseTo(sum, org.assertj.core.data.Offset.offset(0.006));
      for (Order order : life) {
        if (order.details().payment().equals(placed.details().payment())) {
          assertThat(order.details()).isEqualTo(placed.details());
        } else {
          assertThat(order.status()).isNotEqualTo(PAYMENT_FAILED);
          otherCards++;
        }
      }
    }
    assertThat(otherCards).isPositive();
  }
}
