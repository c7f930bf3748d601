package io.millrace.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Made-up card payments in the layout of the Fraud Detection Handbook, and their window features
 * worked out by looking through all payments for each. Many payments keep to a grid of three hours,
 * so that they share a second or lie at the very edge of a window.
 */
final class SmallHandbook {
  private static final LocalDateTime START = LocalDateTime.parse("2018-04-01T00:00:00");
  private static final int DAYS = 45;
  private static final int FIRST_COMPARED = 42;
  private static final int STEPS_A_DAY = 8;
  private static final int[] WINDOWS = {1, 7, 30};
  private static final long DAY = 86_400;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final List<Payment> payments = new ArrayList<>();
  private final List<String> rows = new ArrayList<>();

  /** A line of the file; the second counts from the first day on. */
  private record Payment(
      int id, long second, int customer, int terminal, double amount, boolean fraud) {}

  SmallHandbook(int seed) {
    Random random = new Random(seed);
    int id = 0;
    for (int step = 0; step < DAYS * STEPS_A_DAY; step++) {
      List<Integer> ids = new ArrayList<>();
      int count = random.nextInt(40);
      for (int i = 0; i < count; i++) {
        ids.add(id++);
      }
      // Within a second, ids do not follow the order of the file.
      Collections.shuffle(ids, random);
      for (int one : ids) {
        long second = step * (DAY / STEPS_A_DAY) + aside(random);
        payments.add(
            new Payment(
                one,
                second,
                random.nextInt(6),
                random.nextInt(4),
                random.nextInt(20_000) / 100.0,
                random.nextInt(5) == 0));
      }
    }
    payments.sort((one, other) -> Long.compare(one.second, other.second));
    for (int place = 0; place < payments.size(); place++) {
      if (payments.get(place).second >= FIRST_COMPARED * DAY) {
        rows.add(row(place));
      }
    }
  }

  /** Seconds off the grid: none, or one, or some within an hour. */
  private static int aside(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> 1;
      case 1, 2 -> random.nextInt(3_600);
      default -> 0;
    };
  }

  /** Rows of the oracle file. */
  int size() {
    return rows.size();
  }

  /** Writes both files; the last value of the first row of the oracle is that much too high. */
  void write(Path folder, double wrong) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD,TX_FRAUD_SCENARIO");
    for (Payment payment : payments) {
      lines.add(
          "%d,%s,%d,%d,%s,%d,0"
              .formatted(
                  payment.id,
                  START.plusSeconds(payment.second).format(TIME),
                  payment.customer,
                  payment.terminal,
                  payment.amount,
                  payment.fraud ? 1 : 0));
    }
    Files.write(folder.resolve("transactions.csv"), lines);
    List<String> oracle = new ArrayList<>(List.of(header()));
    oracle.addAll(rows);
    int comma = oracle.get(1).lastIndexOf(',') + 1;
    double last = Double.parseDouble(oracle.get(1).substring(comma)) + wrong;
    oracle.set(1, oracle.get(1).substring(0, comma) + last);
    Files.write(folder.resolve("window_features_of_three_days.csv"), oracle);
  }

  private static String header() {
    StringBuilder header = new StringBuilder("TRANSACTION_ID,TX_DURING_WEEKEND,TX_DURING_NIGHT");
    for (String form :
        List.of(
            ",CUSTOMER_ID_NB_TX_%dDAY_WINDOW,CUSTOMER_ID_AVG_AMOUNT_%<dDAY_WINDOW",
            ",TERMINAL_ID_NB_TX_%dDAY_WINDOW,TERMINAL_ID_RISK_%<dDAY_WINDOW")) {
      for (int window : WINDOWS) {
        header.append(form.formatted(window));
      }
    }
    return header.toString();
  }

  /** As the handbook does it: what the delay alone holds is taken off the window with it. */
  private String row(int place) {
    Payment payment = payments.get(place);
    LocalDateTime time = START.plusSeconds(payment.second);
    StringBuilder row = new StringBuilder().append(payment.id);
    row.append(time.getDayOfWeek().getValue() >= 6 ? ",1" : ",0");
    row.append(time.getHour() <= 6 ? ",1" : ",0");
    for (int days : WINDOWS) {
      List<Payment> window = within(place, days, other -> other.customer == payment.customer);
      double sum = window.stream().mapToDouble(Payment::amount).sum();
      row.append(',').append((double) window.size()).append(',').append(sum / window.size());
    }
    Predicate<Payment> sameTerminal = other -> other.terminal == payment.terminal;
    List<Payment> delay = within(place, 7, sameTerminal);
    for (int days : WINDOWS) {
      List<Payment> both = within(place, 7 + days, sameTerminal);
      double count = both.size() - delay.size();
      double frauds = frauds(both) - frauds(delay);
      row.append(',').append(count).append(',').append(count == 0 ? 0 : frauds / count);
    }
    return row.toString();
  }

  /** Payments up to that place in the file, later than so many days before it. */
  private List<Payment> within(int place, int days, Predicate<Payment> which) {
    long after = payments.get(place).second - days * DAY;
    return payments.subList(0, place + 1).stream()
        .filter(other -> other.second > after && which.test(other))
        .toList();
  }

  private static long frauds(List<Payment> payments) {
    return payments.stream().filter(Payment::fraud).count();
  }
}
