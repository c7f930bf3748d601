package io.millrace.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Chains and matches on random lines, held against looking through all lines again and again. */
class RetailOrdersTest {
  private static final int ROUNDS = 300;
  private static final String[] INVOICES = {"1", "2", "3", "4", "C5", "C6", "C7"};
  private static final String[] CODES = {"10001", "10002A", "10002a", "POST"};
  private static final String[] CUSTOMERS = {"", "7", "8"};

  @Test
  void chainsAndTakesBackAsTheNaiveSearchDoes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int takenBack = 0;
    for (int round = 0; round < ROUNDS; round++) {
      RetailLines lines = random(random, 1 + random.nextInt(60));
      RetailOrders orders = new RetailOrders(lines);
      String where = "seed " + seed + ", round " + round;
      assertThat(orders.order()).as(where).isEqualTo(byTime(lines));
      assertThat(chains(orders)).as(where).isEqualTo(naiveChains(lines));
      takenBack += orders.counts().takenBack;
      RetailOrders.Counts counts = orders.counts();
      int all =
          counts.duplicates
              + counts.codes
              + counts.prices
              + counts.quantities
              + counts.purchases
              + counts.takenBack
              + counts.unmatched;
      assertThat(all).as(where).isEqualTo(lines.size());
    }
    assertThat(takenBack).isGreaterThan(ROUNDS);
  }

  /** The lines of each order; those of each cancellation, each with the line it takes back. */
  private static List<List<Integer>> chains(RetailOrders orders) {
    List<List<Integer>> chains = new ArrayList<>();
    for (int first : orders.order()) {
      if (orders.begins(first)) {
        List<Integer> chain = new ArrayList<>();
        for (int line = first; line >= 0; line = orders.next(line)) {
          chain.add(line);
          if (orders.isCancellation(line)) {
            chain.add(orders.taken(line));
          }
          assertThat(orders.time(line)).isEqualTo(orders.lines().time()[first]);
        }
        chains.add(chain);
      }
    }
    return chains;
  }

  private static List<List<Integer>> naiveChains(RetailLines lines) {
    int[] order = byTime(lines);
    List<List<Integer>> chains = new ArrayList<>();
    List<List<Integer>> names = new ArrayList<>();
    List<Integer> bought = new ArrayList<>();
    for (int line : order) {
      if (!keeps(lines, line)) {
        continue;
      }
      boolean cancels = lines.quantity()[line] < 0;
      Integer taken = null;
      if (cancels) {
        for (int candidate : bought) {
          taken = matches(lines, candidate, line) ? Integer.valueOf(candidate) : taken;
        }
        if (taken == null) {
          continue;
        }
        bought.remove(taken);
      } else {
        bought.add(line);
      }
      int invoice = lines.invoice()[line];
      List<Integer> name = List.of(invoice, cancels ? lines.invoice()[taken] : invoice);
      if (!names.contains(name)) {
        names.add(name);
        chains.add(new ArrayList<>());
      }
      List<Integer> chain = chains.get(names.indexOf(name));
      chain.add(line);
      if (cancels) {
        chain.add(taken);
      }
    }
    return chains;
  }

  private static boolean matches(RetailLines lines, int purchase, int cancelled) {
    return lines.customer()[purchase] == lines.customer()[cancelled]
        && !CUSTOMERS[lines.customer()[cancelled]].isEmpty()
        && CODES[lines.code()[purchase]].equalsIgnoreCase(CODES[lines.code()[cancelled]])
        && lines.quantity()[purchase] == -lines.quantity()[cancelled];
  }

  private static boolean keeps(RetailLines lines, int line) {
    boolean again =
        IntStream.range(0, line).anyMatch(earlier -> row(lines, earlier).equals(row(lines, line)));
    boolean cancels = INVOICES[lines.invoice()[line]].startsWith("C");
    return !again
        && !CODES[lines.code()[line]].equals("POST")
        && lines.price()[line] > 0
        && (cancels ? lines.quantity()[line] < 0 : lines.quantity()[line] > 0);
  }

  private static List<Number> row(RetailLines lines, int line) {
    return List.of(
        lines.invoice()[line],
        lines.code()[line],
        lines.title()[line],
        lines.customer()[line],
        lines.country()[line],
        lines.quantity()[line],
        lines.price()[line],
        lines.time()[line]);
  }

  private static int[] byTime(RetailLines lines) {
    return IntStream.range(0, lines.size())
        .boxed()
        .sorted(Comparator.comparingLong(line -> lines.time()[line]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static RetailLines random(Random random, int size) {
    int[] invoice = random.ints(size, 0, INVOICES.length).toArray();
    int[] quantity = new int[size];
    for (int i = 0; i < size; i++) {
      int pieces = 1 + random.nextInt(2);
      boolean negative = INVOICES[invoice[i]].startsWith("C") != (random.nextInt(20) == 0);
      quantity[i] = negative ? -pieces : pieces;
    }
    return new RetailLines(
        INVOICES,
        CODES,
        new String[] {"a", "b"},
        CUSTOMERS,
        new String[] {"UK"},
        invoice,
        random.ints(size, 0, CODES.length).toArray(),
        random.ints(size, 0, 2).toArray(),
        random.ints(size, 0, CUSTOMERS.length).toArray(),
        new int[size],
        quantity,
        random.ints(size, 0, 10).mapToDouble(price -> price).toArray(),
        random.longs(size, 0, 20).toArray());
  }
}
