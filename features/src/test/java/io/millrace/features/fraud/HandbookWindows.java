package io.millrace.features.fraud;

import io.millrace.features.fraud.HandbookPayments.Payment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The handbook's own 15 features of a payment: amount, weekend, night (hours 0 to 6); of the card,
 * payments and mean amount over (t − w, t], this one among them; of the terminal, payments and
 * share of frauds over (t − 7 d − w, t − 7 d]; w is 1, 7 and 30 days. Payments of one second count
 * each other in the file's order.
 */
final class HandbookWindows {
  private static final long DAY = 86_400_000;
  private static final long[] WINDOWS = {DAY, 7 * DAY, 30 * DAY};
  private static final long DELAY = 7 * DAY;

  private final Map<Integer, Windows> cards = new HashMap<>();
  private final Map<Integer, Windows> terminals = new HashMap<>();

  /** Of one entity: its payments, and for each window which of them are in it. */
  private static final class Windows {
    private final List<long[]> rows = new ArrayList<>();
    private final int[] from = new int[WINDOWS.length];
    private final int[] to = new int[WINDOWS.length];
    private final long[] sums = new long[WINDOWS.length];

    private void moveTo(long end) {
      for (int w = 0; w < WINDOWS.length; w++) {
        while (to[w] < rows.size() && rows.get(to[w])[0] <= end) {
          sums[w] += rows.get(to[w]++)[1];
        }
        while (from[w] < to[w] && rows.get(from[w])[0] <= end - WINDOWS[w]) {
          sums[w] -= rows.get(from[w]++)[1];
        }
      }
    }

    private void write(double[] signals, int place, double unit) {
      for (int w = 0; w < WINDOWS.length; w++) {
        int payments = to[w] - from[w];
        signals[place + 2 * w] = payments;
        signals[place + 2 * w + 1] = payments == 0 ? 0 : sums[w] / unit / payments;
      }
    }
  }

  /** The features of the next payment. */
  double[] next(Payment payment) {
    Windows card = cards.computeIfAbsent(payment.card(), any -> new Windows());
    Windows terminal = terminals.computeIfAbsent(payment.terminal(), any -> new Windows());
    card.rows.add(new long[] {payment.time(), payment.amount()});
    terminal.rows.add(new long[] {payment.time(), payment.fraud() ? 1 : 0});
    card.moveTo(payment.time());
    terminal.moveTo(payment.time() - DELAY);
    double[] signals = new double[HandbookDeclaration.SIGNALS.size()];
    signals[0] = payment.amount() / (double) SpendingRisk.UNIT;
    // Day 0 of the epoch was a Thursday.
    signals[1] = (payment.day() + 3) % 7 >= 5 ? 1 : 0;
    signals[2] = payment.time() % DAY < 7 * 3_600_000 ? 1 : 0;
    card.write(signals, 3, SpendingRisk.UNIT);
    terminal.write(signals, 9, 1);
    return signals;
  }
}
