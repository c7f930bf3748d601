package io.millrace.features.order;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What orders come to, from all their events at once. */
final class NaiveOrders {
  private static final Comparator<Order> ORDER =
      Comparator.comparingLong(Order::eventTime).thenComparing(Order::eventId);

  /** Orders and pieces by item and time, without those that come to nothing. */
  final Map<String, List<Integer>> sums = new TreeMap<>();

  /** By order, the items it holds and since when. */
  final Map<String, Set<String>> held = new TreeMap<>();

  final Set<String> bought = new TreeSet<>();

  NaiveOrders(Collection<Order> events) {
    Map<String, List<Order>> byOrder = new HashMap<>();
    for (Order event : new HashSet<>(events)) {
      byOrder.computeIfAbsent(event.orderId(), id -> new ArrayList<>()).add(event);
    }
    byOrder.forEach(
        (id, all) -> {
          all.sort(ORDER);
          count(id, all);
        });
  }

  private void count(String id, List<Order> events) {
    Order placed = last(events, OrderStatus.PLACED);
    if (placed == null) {
      return;
    }
    Map<String, Integer> left = pieces(placed);
    left.forEach((item, pieces) -> add(sums, item, placed.eventTime(), 0, pieces));
    for (Order event : events) {
      if (event.status() == OrderStatus.CANCELLED || event.status() == OrderStatus.REFUNDED) {
        takeBack(event, event.lines().isEmpty() ? null : pieces(event), left);
      }
    }
    Order failed = last(events, OrderStatus.PAYMENT_FAILED);
    Order paid = last(events, OrderStatus.PAID);
    if (failed != null && (paid == null || ORDER.compare(failed, paid) > 0)) {
      takeBack(failed, null, left);
    }
    left.values().removeIf(pieces -> pieces == 0);
    left.keySet().forEach(item -> add(sums, item, placed.eventTime(), 1, 0));
    if (!left.isEmpty()) {
      add(sums, ItemFact.ALL_ORDERS, placed.eventTime(), 1, 0);
      held.put(id + "@" + placed.eventTime(), new TreeSet<>(left.keySet()));
      bought.addAll(left.keySet());
    }
  }

  private static Order last(List<Order> events, OrderStatus status) {
    return events.stream()
        .filter(event -> event.status() == status)
        .reduce((one, other) -> other)
        .orElse(null);
  }

  private void takeBack(Order event, Map<String, Integer> lines, Map<String, Integer> left) {
    for (Map.Entry<String, Integer> line : left.entrySet()) {
      int wanted = lines == null ? line.getValue() : lines.getOrDefault(line.getKey(), 0);
      int back = Math.min(line.getValue(), wanted);
      line.setValue(line.getValue() - back);
      boolean returned = event.status() != OrderStatus.REFUNDED;
      add(sums, line.getKey(), event.eventTime(), 0, returned ? -back : 0);
    }
  }

  private static Map<String, Integer> pieces(Order order) {
    Map<String, Integer> pieces = new HashMap<>();
    order.lines().forEach(line -> pieces.merge(line.itemId(), line.quantity(), Integer::sum));
    return pieces;
  }

  static void add(Map<String, List<Integer>> sums, String item, long time, int orders, int pieces) {
    String key = item + "@" + time;
    List<Integer> before = sums.getOrDefault(key, List.of(0, 0));
    List<Integer> sum = List.of(before.get(0) + orders, before.get(1) + pieces);
    sums.put(key, sum);
    if (sum.equals(List.of(0, 0))) {
      sums.remove(key);
    }
  }
}
