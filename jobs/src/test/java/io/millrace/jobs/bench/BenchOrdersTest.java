package io.millrace.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.FraudRule;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderCodec;
import io.millrace.features.rule.CompiledRule;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BenchOrdersTest {
  private static final int COUNT = 20_000;

  private static List<Order> orders() {
    BenchOrders orders = new BenchOrders();
    return IntStream.range(0, COUNT).mapToObj(orders::order).toList();
  }

  @Test
  void areTheSameAgainAndAsTheTopicTakesThem() throws Exception {
    List<Order> orders = orders();
    assertThat(orders).isEqualTo(orders());
    OrderCodec codec = new OrderCodec(Clock.systemUTC());
    for (Order order : orders) {
      assertThat(codec.decode(OrderCodec.encode(order))).isEqualTo(order);
    }
    assertThat(orders).extracting(Order::orderId).doesNotHaveDuplicates();
    assertThat(orders).isSortedAccordingTo((a, b) -> Long.compare(a.eventTime(), b.eventTime()));
    assertThat(orders.get(7).eventTime()).isEqualTo(BenchOrders.time(7));
    assertThat(orders.get(7).orderId()).isEqualTo(BenchOrders.id(7));
  }

  @Test
  void areOfVisitorsWhoComeAgainOfWhomSomeShareADevice() {
    Map<String, Set<String>> visitors =
        orders().stream()
            .collect(
                Collectors.groupingBy(
                    order -> order.details().deviceId(),
                    Collectors.mapping(Order::visitorId, Collectors.toSet())));
    long all = orders().stream().map(Order::visitorId).distinct().count();
    assertThat(all).isBetween(10_000L, 15_000L);
    assertThat(visitors.values()).anyMatch(sharing -> sharing.size() > 2);
    assertThat(visitors.values().stream().filter(sharing -> sharing.size() == 1).count())
        .isGreaterThan(all / 2);
  }

  @Test
  void areLookedAtByRulesThatMakeSense() throws Exception {
    List<FraudRule> rules = BenchRules.of(BenchFraud.MANY_RULES);
    assertThat(rules).hasSize(BenchFraud.MANY_RULES);
    assertThat(rules.subList(0, BenchFraud.FEW_RULES))
        .isEqualTo(BenchRules.of(BenchFraud.FEW_RULES));
    assertThat(rules).extracting(FraudRule::entity).contains(FraudRule.Entity.values());
    for (FraudRule rule : rules) {
      assertThat(CompiledRule.of(rule).hasState()).isTrue();
    }
  }
}
