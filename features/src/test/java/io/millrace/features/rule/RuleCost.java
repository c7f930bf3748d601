package io.millrace.features.rule;

import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRule.Aggregate;
import io.millrace.features.event.FraudRule.Comparison;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.FraudRule.Function;
import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.FraudRule.Step;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderCodec;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.rule.RuleBook.Entry;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Prints what an order costs with 10 and with 200 active rules: CPU time of one thread, warmed up,
 * the two interleaved. "mixed" are rules as a store has them: on a status, most also on a merchant,
 * a country or an amount; "alike" are all on placed orders, each with an amount of its own, so that
 * nothing but the amounts tells them apart; "met" are all met by every placed order, one in seven:
 * no index helps against what has to be counted. "conditions" is the matching alone; "whole" reads
 * the JSON and takes each match into its state, which is read from and written to bytes.
 */
public final class RuleCost {
  private static final long BEGIN = 1_764_000_000_000L;
  private static final int EVENTS = 20_000;
  private static final int ROUNDS = 15;
  private static final String[] STATUSES = {"placed", "paid", "payment_failed", "refunded"};
  private static final String[] COUNTRIES = {"DE", "FR", "NL", "BE", "IT", "ES"};

  private final List<Order> orders = new ArrayList<>();
  private final List<byte[]> messages = new ArrayList<>();
  private final EventValues values = new EventValues();
  private final OrderCodec codec = new OrderCodec(Clock.systemUTC());
  private long met;

  public static void main(String[] args) throws Exception {
    RuleCost cost = new RuleCost();
    cost.printChange();
    for (boolean whole : new boolean[] {false, true}) {
      cost.compare("mixed", whole, mixed(10), mixed(200));
      cost.compare("alike", whole, alike(10), alike(200));
      cost.compare("met", whole, met(10), met(200));
    }
  }

  private RuleCost() {
    Random random = new Random(1);
    for (int i = 0; i < EVENTS; i++) {
      Order order = order(random, i);
      orders.add(order);
      messages.add(OrderCodec.encode(order));
    }
  }

  private static Order order(Random random, int number) {
    return new Order(
        "e" + number,
        "o" + number,
        OrderStatus.values()[random.nextInt(OrderStatus.values().length)],
        BEGIN + number * 100L,
        "v" + random.nextInt(2_000),
        null,
        "EUR",
        List.of(new Order.Line("i" + random.nextInt(500), 1 + random.nextInt(3), 20.0, null)),
        new Order.Details(
            Math.rint(-Math.log(random.nextDouble()) * 8_000) / 100,
            null,
            "m" + random.nextInt(50),
            new Order.Payment(
                "card", "c" + random.nextInt(2_000), "4711", COUNTRIES[random.nextInt(6)]),
            "d" + random.nextInt(1_500),
            "ip" + random.nextInt(1_500),
            COUNTRIES[random.nextInt(6)],
            COUNTRIES[random.nextInt(6)],
            COUNTRIES[random.nextInt(6)],
            null,
            BEGIN - random.nextInt(1_000_000_000),
            null,
            "web"));
  }

  /** What it takes until a new version of a rule is in use, with as many rules as there may be. */
  private void printChange() throws InvalidEventException {
    for (String where : new String[] {"total > %d", "guest" + " || total > %d".repeat(49)}) {
      RuleBook book = new RuleBook();
      values.turnTo(orders.get(0));
      long begin = 0;
      for (int i = 0; i < RuleBook.MAX_RULES + 300; i++) {
        if (i == RuleBook.MAX_RULES + 200) {
          begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
        book.put(rule(i % RuleBook.MAX_RULES, where.replace("%d", "" + i)), BEGIN);
        if (i >= RuleBook.MAX_RULES) {
          book.match(values, (entry, clauses) -> met++);
        }
      }
      long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      System.out.printf(
          Locale.ROOT,
          "a rule of %d characters changes among %d: %.2f ms%n",
          where.length(),
          RuleBook.MAX_RULES,
          (end - begin) / 1e6 / 100);
    }
  }

  private static RuleBook mixed(int count) throws InvalidEventException {
    Random random = new Random(2);
    RuleBook book = new RuleBook();
    for (int i = 0; i < count; i++) {
      String status = STATUSES[i % STATUSES.length];
      String where =
          "status == '"
              + status
              + "'"
              + switch (i % 5) {
                case 0 -> " && merchant_id == 'm" + random.nextInt(50) + "'";
                case 1 -> " && ip_country == 'DE' && total > " + (50 + random.nextInt(400));
                case 2 -> " && total > " + (200 + random.nextInt(400));
                case 3 -> " && ip_country != billing_country && account_age_seconds < 3600";
                default -> " && payment.bin in ('4999', '5100', '5" + i + "')";
              };
      book.put(rule(i, where), BEGIN);
    }
    return book;
  }

  private static RuleBook alike(int count) throws InvalidEventException {
    RuleBook book = new RuleBook();
    for (int i = 0; i < count; i++) {
      book.put(rule(i, "status == 'placed' && total > " + (300 + i)), BEGIN);
    }
    return book;
  }

  private static RuleBook met(int count) throws InvalidEventException {
    RuleBook book = new RuleBook();
    for (int i = 0; i < count; i++) {
      book.put(rule(i, "status == 'placed' && total >= 0"), BEGIN);
    }
    return book;
  }

  private static FraudRule rule(int i, String where) {
    Rules rule = Rules.rule("r" + i, i % 2 == 0 ? Entity.CARD : Entity.VISITOR);
    return i % 4 == 3
        ? rule.steps(
            3_600_000, new Step(Source.ORDERS, where, 3), new Step(Source.ORDERS, where, 1))
        : rule.aggregate(
            Source.ORDERS,
            where,
            i % 4 == 0
                ? new Aggregate(Function.COUNT, null, 3_600_000)
                : new Aggregate(Function.SUM, "total", 3_600_000),
            Comparison.AT_LEAST,
            1_000);
  }

  private void compare(String name, boolean whole, RuleBook few, RuleBook many)
      throws InvalidEventException {
    double[] ofFew = new double[ROUNDS];
    double[] ofMany = new double[ROUNDS];
    double metFew = 0;
    double metMany = 0;
    for (int round = -5; round < ROUNDS; round++) {
      double one = microseconds(few, whole);
      metFew = (double) met / EVENTS;
      double other = microseconds(many, whole);
      metMany = (double) met / EVENTS;
      if (round >= 0) {
        ofFew[round] = one;
        ofMany[round] = other;
      }
    }
    Arrays.sort(ofFew);
    Arrays.sort(ofMany);
    double tens = ofFew[ROUNDS / 2];
    double hundreds = ofMany[ROUNDS / 2];
    System.out.printf(
        Locale.ROOT,
        "%s, %s: %.2f µs an order with %d rules (%.2f met), %.2f µs with %d (%.2f met): %.1f times%n",
        name,
        whole ? "whole" : "conditions",
        tens,
        few.entries().size(),
        metFew,
        hundreds,
        many.entries().size(),
        metMany,
        hundreds / tens);
  }

  private double microseconds(RuleBook book, boolean whole) throws InvalidEventException {
    Map<Long, Map<String, byte[]>> states = new HashMap<>();
    met = 0;
    long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < EVENTS; i++) {
      if (whole) {
        values.turnTo(codec.decode(messages.get(i)));
        book.match(values, (entry, clauses) -> take(entry, clauses, states));
      } else {
        values.turnTo(orders.get(i));
        book.match(values, (entry, clauses) -> met++);
      }
    }
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) / 1e3 / EVENTS;
  }

  private void take(Entry entry, int clauses, Map<Long, Map<String, byte[]>> states) {
    met++;
    CompiledRule rule = entry.compiled();
    Map<String, byte[]> ofRule = states.computeIfAbsent(entry.stateKey(), none -> new HashMap<>());
    String entity = rule.entityId(values);
    byte[] bytes = ofRule.get(entity);
    RuleState state = bytes == null ? rule.newState() : rule.stateOfBytes(bytes);
    rule.take(state, clauses, values, entry.since());
    ofRule.put(entity, state.toBytes());
  }
}
