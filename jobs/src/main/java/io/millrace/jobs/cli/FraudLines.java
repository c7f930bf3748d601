package io.millrace.jobs.cli;

import static java.util.Locale.ROOT;

import io.millrace.features.decision.Band;
import io.millrace.features.decision.OrderRisk;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the fraud job decides and alerts about, in lines to read. It remembers the newest orders and
 * open alerts only. Safe for use by many threads.
 */
final class FraudLines {
  /** Most orders, and most open alerts, that are remembered. */
  static final int REMEMBERED = 10_000;

  private final Map<String, Placed> orders = newest();
  private final Map<String, String> decided = newest();

  /** The cause of each open alert, by its id. */
  private final Map<String, String> open = newest();

  private long decisions;
  private long high;
  private long blocked;
  private Long modelVersion;

  /** The worst since the last line about one, the newest of equals; null if there was none. */
  private FraudAlert alert;

  /** What is known of an order. */
  private record Placed(Double total, String currency, boolean failed) {}

  private static <V> Map<String, V> newest() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > REMEMBERED;
      }
    };
  }

  /** Takes note of what became of an order. */
  synchronized void heard(Order order) {
    if (order.status() == OrderStatus.PLACED) {
      orders.put(order.orderId(), new Placed(order.details().total(), order.currency(), false));
    } else if (order.status() == OrderStatus.PAYMENT_FAILED) {
      orders.computeIfPresent(
          order.orderId(), (id, placed) -> new Placed(placed.total, placed.currency, true));
    }
  }

  /** Takes note of a decision; the same one again changes nothing. */
  synchronized void heard(OrderRisk risk) {
    if (risk.eventId().equals(decided.put(risk.orderId(), risk.eventId()))) {
      return;
    }
    decisions++;
    high += risk.band() == Band.HIGH ? 1 : 0;
    blocked += risk.action() == Action.BLOCK ? 1 : 0;
    if (risk.modelVersion() != null) {
      modelVersion = risk.modelVersion();
    }
  }

  /** Takes note of what became of an alert. */
  synchronized void heard(FraudAlert news) {
    if (news.state() == FraudAlert.State.CLOSE) {
      open.remove(news.alertId());
    } else {
      open.put(news.alertId(), news.cause().id() + (news.shadow() ? " (on trial)" : ""));
      alert = alert == null || weight(news) >= weight(alert) ? news : alert;
    }
  }

  private static int weight(FraudAlert alert) {
    return alert.shadow() ? -1 : alert.severity().ordinal();
  }

  /** What is known now; no lines before the first decision. */
  synchronized List<String> read() {
    List<String> lines = new ArrayList<>();
    if (decisions > 0) {
      lines.add(
          String.format(
              ROOT,
              "orders decided %,d · of high risk %,d · to be blocked %,d · %s",
              decisions,
              high,
              blocked,
              modelVersion == null ? "no model yet" : "model version " + modelVersion));
    }
    if (!open.isEmpty()) {
      lines.add("open alerts: " + openByCause());
    }
    if (alert != null) {
      lines.add(describe(alert));
      alert = null;
    }
    return lines;
  }

  private String openByCause() {
    Map<String, Long> counts =
        open.values().stream()
            .collect(Collectors.groupingBy(cause -> cause, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(cause -> cause.getKey() + " " + cause.getValue())
        .collect(Collectors.joining(", "));
  }

  private String describe(FraudAlert news) {
    String[] entity = news.entity().split(":", 2);
    return String.format(
        ROOT,
        "alert: %s %s %s by %s: %s",
        entity[0],
        entity[entity.length - 1],
        news.shadow() ? "noticed" : asked(news.action()),
        news.cause().id(),
        String.join(", ", facts(news)));
  }

  private static String asked(Action action) {
    return switch (action) {
      case MONITOR -> "watched";
      case REVIEW -> "to be reviewed";
      case BLOCK -> "blocked";
    };
  }

  /** What the orders of an alert say for themselves, as far as they are remembered. */
  private List<String> facts(FraudAlert news) {
    List<Placed> known =
        news.orderIds().stream().map(orders::get).filter(placed -> placed != null).toList();
    List<String> facts = new ArrayList<>();
    facts.add(
        count(news.orderIds().size(), "order")
            + " of "
            + count(news.visitorIds().size(), "visitor"));
    long failed = known.stream().filter(Placed::failed).count();
    if (failed > 0) {
      facts.add(count(failed, "failed payment"));
    }
    known.stream()
        .filter(placed -> placed.total != null)
        .max((one, other) -> Double.compare(one.total, other.total))
        .map(most -> String.format(ROOT, "the largest of %.2f %s", most.total, most.currency))
        .ifPresent(facts::add);
    if (news.probability() != null) {
      facts.add(String.format(ROOT, "fraud at %.0f %%", 100 * news.probability()));
    }
    return facts;
  }

  private static String count(long number, String of) {
    return number + " " + of + (number == 1 ? "" : "s");
  }
}
