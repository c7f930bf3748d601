package io.millrace.jobs.replay;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the lines of Online Retail come to after cleaning: orders, each a chain of lines, and
 * cancellations, each a chain of lines that take back lines of one order.
 *
 * <p>Left out are exact duplicates, codes that are no item's, prices that are not above 0 and
 * quantities of the wrong sign, in this order. A cancelled line takes back the latest earlier
 * purchase by the same customer of the same item in the same quantity that none has taken back yet.
 */
final class RetailOrders {
  private static final Pattern ITEM = Pattern.compile("\\d{5}[A-Z]{0,2}");
  private static final int NONE = -1;

  private final RetailLines lines;
  private final String[] items;
  private final int[] item;
  private final int[] order;
  private final int[] next;
  private final int[] taken;
  private final int[] first;
  private final Counts counts = new Counts();

  /** What was kept, and what was left out and why. */
  static final class Counts {
    int duplicates;
    int codes;
    int prices;
    int quantities;
    int orders;
    int purchases;
    int cancellations;
    int takenBack;
    int unmatched;
    int unmatchedGuests;
  }

  /** What a cancelled line has to find again. */
  private record Purchase(int customer, int item, int quantity) {}

  /** An order that a cancelling invoice takes lines of. */
  private record Cancelled(int invoice, int order) {}

  RetailOrders(RetailLines lines) {
    this.lines = lines;
    TextNumbers names = new TextNumbers();
    int[] itemOfCode = new int[lines.codes().length];
    for (int code = 0; code < itemOfCode.length; code++) {
      String name = lines.codes()[code].toUpperCase(Locale.ROOT);
      itemOfCode[code] = ITEM.matcher(name).matches() ? names.of(name) : NONE;
    }
    this.items = names.texts();
    this.item = Arrays.stream(lines.code()).map(code -> itemOfCode[code]).toArray();
    this.order = TimeOrder.of(lines.time());
    this.next = filled(lines.size());
    this.taken = filled(lines.size());
    this.first = filled(lines.size());
    Chains chains = new Chains();
    boolean[] duplicate = lines.duplicates();
    for (int line : order) {
      if (keeps(line, duplicate[line])) {
        chains.add(line);
      }
    }
  }

  private static int[] filled(int size) {
    int[] none = new int[size];
    Arrays.fill(none, NONE);
    return none;
  }

  /** Makes the chains, given the lines that are kept by time. */
  private final class Chains {
    private final int[] lastOfInvoice = filled(lines.invoices().length);
    private final Map<Cancelled, Integer> lastOfCancelled = new HashMap<>();

    /** The latest purchase that none has taken back yet, and for each the one before it. */
    private final Map<Purchase, Integer> latest = new HashMap<>();

    private final int[] earlier = filled(lines.size());

    private void add(int line) {
      int pieces = Math.abs(lines.quantity()[line]);
      Purchase purchase = new Purchase(lines.customer()[line], item[line], pieces);
      if (!isCancellation(line)) {
        buy(line, purchase);
      } else if (isGuest(line) || !latest.containsKey(purchase)) {
        counts.unmatched++;
        counts.unmatchedGuests += isGuest(line) ? 1 : 0;
      } else {
        takeBack(line, purchase);
      }
    }

    private void buy(int line, Purchase purchase) {
      int invoice = lines.invoice()[line];
      counts.orders += append(line, lastOfInvoice[invoice]) ? 1 : 0;
      counts.purchases++;
      lastOfInvoice[invoice] = line;
      if (!isGuest(line)) {
        Integer before = latest.put(purchase, line);
        earlier[line] = before == null ? NONE : before;
      }
    }

    private void takeBack(int line, Purchase purchase) {
      int bought = latest.get(purchase);
      if (earlier[bought] == NONE) {
        latest.remove(purchase);
      } else {
        latest.put(purchase, earlier[bought]);
      }
      taken[line] = bought;
      Cancelled cancelled = new Cancelled(lines.invoice()[line], lines.invoice()[bought]);
      Integer before = lastOfCancelled.put(cancelled, line);
      counts.cancellations += append(line, before == null ? NONE : before) ? 1 : 0;
      counts.takenBack++;
    }

    /** Whether a chain begins with the line. */
    private boolean append(int line, int before) {
      if (before == NONE) {
        first[line] = line;
      } else {
        first[line] = first[before];
        next[before] = line;
      }
      return before == NONE;
    }
  }

  private boolean keeps(int line, boolean duplicate) {
    if (duplicate) {
      counts.duplicates++;
    } else if (item[line] == NONE) {
      counts.codes++;
    } else if (lines.price()[line] <= 0) {
      counts.prices++;
    } else if (Integer.signum(lines.quantity()[line]) != (isCancellation(line) ? -1 : 1)) {
      counts.quantities++;
    } else {
      return true;
    }
    return false;
  }

  /** Whether the line stands on an invoice that cancels. */
  boolean isCancellation(int line) {
    return lines.invoices()[lines.invoice()[line]].startsWith("C");
  }

  /** Whether the line names no customer. */
  boolean isGuest(int line) {
    return lines.customers()[lines.customer()[line]].isEmpty();
  }

  RetailLines lines() {
    return lines;
  }

  Counts counts() {
    return counts;
  }

  int itemCount() {
    return items.length;
  }

  /** All lines by time, lines of the same time in the order of the file. */
  int[] order() {
    return order;
  }

  /** Whether an order or a cancellation begins with the line. */
  boolean begins(int line) {
    return first[line] == line;
  }

  /** When the order or cancellation that holds the line happened: with its first line. */
  long time(int line) {
    return lines.time()[first[line]];
  }

  /** The next line of the same order or cancellation, or -1. */
  int next(int line) {
    return next[line];
  }

  /** The purchased line that a cancelled one takes back. */
  int taken(int line) {
    return taken[line];
  }

  /** The number of the line's item. */
  int itemNumber(int line) {
    return item[line];
  }

  /** The line's item: its code in capital letters. */
  String item(int line) {
    return items[item[line]];
  }
}
