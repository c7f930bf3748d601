package io.millrace.operators.recommend;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.event.Click;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.session.VisitorInterests;
import io.millrace.features.trend.HourCounts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What events come to for trends and orders, from the whole of them at once. */
final class NaiveCounts {
  private static final Comparator<Order> ORDER =
      Comparator.comparingLong(Order::eventTime).thenComparing(Order::eventId);

  /** By item and hour. */
  final Map<String, Integer> points = new TreeMap<>();

  /** By item and time: orders, then pieces. */
  final Map<String, List<Integer>> lines = new TreeMap<>();

  NaiveCounts(Collection<VisitorEvent> events) {
    Map<String, List<Order>> orders = new LinkedHashMap<>();
    for (VisitorEvent event : events) {
      if (event instanceof Click click) {
        point(click.itemId(), click.eventTime(), click.type().points());
      } else if (event instanceof Order order) {
        orders.computeIfAbsent(order.orderId(), id -> new ArrayList<>()).add(order);
      }
    }
    orders.values().forEach(this::count);
  }

  void point(String item, long time, int count) {
    add(points, item + "@" + HourCounts.hourOf(time), count);
  }

  static void add(Map<String, Integer> sums, String key, int count) {
    if (count != 0 && sums.merge(key, count, Integer::sum) == 0) {
      sums.remove(key);
    }
  }

  void line(String item, long time, int orders, int pieces) {
    String key = item + "@" + time;
    List<Integer> before = lines.getOrDefault(key, List.of(0, 0));
    List<Integer> sum = List.of(before.get(0) + orders, before.get(1) + pieces);
    if (sum.equals(List.of(0, 0))) {
      lines.remove(key);
    } else {
      lines.put(key, sum);
    }
  }

  private void count(List<Order> events) {
    Order placed =
        events.stream().filter(e -> e.status() == OrderStatus.PLACED).max(ORDER).orElse(null);
    if (placed == null) {
      return;
    }
    Map<String, Integer> left = pieces(placed);
    left.forEach((item, pieces) -> line(item, placed.eventTime(), 0, pieces));
    events.stream()
        .filter(e -> e.status() == OrderStatus.CANCELLED || e.status() == OrderStatus.REFUNDED)
        .sorted(ORDER)
        .forEach(e -> takeBack(e, e.lines().isEmpty() ? null : pieces(e), left));
    events.stream()
        .filter(e -> e.status() == OrderStatus.PAID || e.status() == OrderStatus.PAYMENT_FAILED)
        .max(ORDER)
        .filter(e -> e.status() == OrderStatus.PAYMENT_FAILED)
        .ifPresent(e -> takeBack(e, null, left));
    left.values().removeIf(pieces -> pieces == 0);
    for (String item : left.keySet()) {
      line(item, placed.eventTime(), 1, 0);
      point(item, placed.eventTime(), VisitorInterests.PURCHASE_POINTS);
    }
    line(ItemFact.ALL_ORDERS, placed.eventTime(), left.isEmpty() ? 0 : 1, 0);
  }

  private void takeBack(Order event, Map<String, Integer> lines, Map<String, Integer> left) {
    for (String item : left.keySet()) {
      int had = left.get(item);
      int back = lines == null ? had : Math.min(had, lines.getOrDefault(item, 0));
      left.put(item, had - back);
      line(item, event.eventTime(), 0, event.status() == OrderStatus.REFUNDED ? 0 : -back);
    }
  }

  private static Map<String, Integer> pieces(Order order) {
    Map<String, Integer> pieces = new HashMap<>();
    order.lines().forEach(line -> pieces.merge(line.itemId(), line.quantity(), Integer::sum));
    return pieces;
  }
}
