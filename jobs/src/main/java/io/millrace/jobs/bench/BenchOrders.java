package io.millrace.jobs.bench;

import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.session.Hashes;
import java.util.List;

/**
 * Orders of a made-up shop, one a hundredth of a second: visitors who come again, each with a card,
 * a device, an address and an e-mail of their own, of which some are shared, at a few hundred
 * merchants. An order is made when it is asked for.
 */
final class BenchOrders {
  private static final long START = 1_748_736_000_000L;
  private static final long APART_MS = 10;
  private static final int VISITORS = 20_000;
  private static final int SHARING = 8;
  private static final int MERCHANTS = 300;
  private static final long LONGEST_ACCOUNT_MS = 90L * 24 * 3_600_000;

  private static final String[] COUNTRIES = {"DE", "NL", "FR"};

  /** Event time of the i-th order. */
  static long time(int i) {
    return START + i * APART_MS;
  }

  /** The id of the i-th order. */
  static String id(int i) {
    return "order-" + i;
  }

  /** The i-th order. */
  Order order(int i) {
    long draw = Hashes.mix(i);
    int visitor = part(draw, 0, VISITORS);
    long own = Hashes.mix(visitor + 1_000_003L);
    // Every eighth visitor shares what they use with seven others.
    int uses = visitor % SHARING == 0 ? visitor / SHARING / SHARING * SHARING : visitor;
    double amount = 5 + part(draw, 1, 20_000) / 100.0;
    String home = COUNTRIES[part(own, 0, COUNTRIES.length)];
    Order.Details details =
        new Order.Details(
            amount,
            null,
            "m" + part(draw, 2, MERCHANTS),
            new Order.Payment("card", "card-" + visitor, null, home),
            "device-" + uses,
            "ip-" + uses,
            home,
            home,
            COUNTRIES[part(draw, 3, 20) == 0 ? 0 : part(own, 0, COUNTRIES.length)],
            "mail-" + visitor,
            START - part(own, 1, 1_000_000) * (LONGEST_ACCOUNT_MS / 1_000_000),
            null,
            null);
    return new Order(
        "placed",
        id(i),
        OrderStatus.PLACED,
        time(i),
        "visitor-" + visitor,
        null,
        "EUR",
        List.of(new Order.Line("item-" + part(draw, 4, 5_000), 1, amount, null)),
        details);
  }

  /** One of so many, drawn for the n-th time. */
  private static int part(long draw, int n, int of) {
    return (int) Long.remainderUnsigned(Hashes.mix(draw + n), of);
  }
}
