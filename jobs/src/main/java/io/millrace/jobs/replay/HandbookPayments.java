package io.millrace.jobs.replay;

import io.millrace.jobs.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Card payments in the layout of the Fraud Detection Handbook, in event-time order, payments of the
 * same second in the order of the file. A payment takes about 40 bytes.
 */
public final class HandbookPayments {
  private static final String HEADER =
      "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD,TX_FRAUD_SCENARIO";
  private static final int COLUMNS = 7;
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(\\.\\d{1,17})?");

  /** Amounts are whole cents, give or take what sums of floating point leave. */
  private static final double CENT_ERROR = 1e-6;

  private final String[] customers;
  private final String[] terminals;
  private final long[] id;
  private final long[] time;
  private final int[] customer;
  private final int[] terminal;
  private final double[] amount;
  private final int[] fraud;
  private final int[] order;

  private HandbookPayments(Reader read) {
    customers = read.customers.texts();
    terminals = read.terminals.texts();
    id = read.id.toArray();
    time = read.time.toArray();
    customer = read.customer.toArray();
    terminal = read.terminal.toArray();
    amount = Arrays.stream(read.amount.toArray()).mapToDouble(Double::longBitsToDouble).toArray();
    fraud = read.fraud.toArray();
    order = TimeOrder.of(time);
  }

  /**
   * Reads a file, plain or gzip.
   *
   * @throws Failure if the file is missing, cut off, has a line that does not fit the layout, or a
   *     transaction twice; names the line's number and text
   */
  public static HandbookPayments read(Path file) {
    Reader reader = new Reader();
    RecordedLines.read(file, reader::readLines);
    if (reader.fraud.size() == 0) {
      throw Failure.failed(file + " holds no payments");
    }
    HandbookPayments payments = new HandbookPayments(reader);
    payments.requireDistinct(file);
    return payments;
  }

  private void requireDistinct(Path file) {
    long[] sorted = id.clone();
    Arrays.sort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        long twice = sorted[i];
        int second = id.length - 1;
        while (id[second] != twice) {
          second--;
        }
        // Lines count from 1, and the first is the header.
        throw Failure.failed(
            file
                + " line "
                + (second + 2)
                + ": TRANSACTION_ID "
                + twice
                + " was there before; number every transaction once");
      }
    }
  }

  /** Number of payments. */
  public int size() {
    return id.length;
  }

  /** Place of the i-th payment by time in the file, from 0. */
  public int row(int i) {
    return order[i];
  }

  /** TRANSACTION_ID of the i-th payment by time. */
  public long id(int i) {
    return id[order[i]];
  }

  /** Event time of the i-th payment by time, in milliseconds since the epoch. */
  public long time(int i) {
    return time[order[i]];
  }

  /** Customer of the i-th payment by time. */
  public String customer(int i) {
    return customers[customer[order[i]]];
  }

  /** Terminal of the i-th payment by time. */
  public String terminal(int i) {
    return terminals[terminal[order[i]]];
  }

  /** Amount of the i-th payment by time. */
  public double amount(int i) {
    return amount[order[i]];
  }

  /** Whether the i-th payment by time is fraudulent. */
  public boolean isFraud(int i) {
    return fraud[order[i]] == 1;
  }

  /** Number of different customers. */
  public int customerCount() {
    return customers.length;
  }

  /** Number of different terminals. */
  public int terminalCount() {
    return terminals.length;
  }

  /** The columns while they are read. */
  private static final class Reader {
    private final TextNumbers customers = new TextNumbers();
    private final TextNumbers terminals = new TextNumbers();
    private final LongColumn id = new LongColumn();
    private final LongColumn time = new LongColumn();
    private final IntColumn customer = new IntColumn();
    private final IntColumn terminal = new IntColumn();
    private final LongColumn amount = new LongColumn();
    private final IntColumn fraud = new IntColumn();

    private void readLines(RecordedLines lines) throws IOException {
      if (!lines.next()) {
        return;
      }
      if (!lines.line().strip().equals(HEADER)) {
        throw lines.bad("the header must be " + HEADER);
      }
      while (lines.next()) {
        String[] values = lines.values(COLUMNS);
        id.add(lines.wholeNumber(values[0], "TRANSACTION_ID"));
        time.add(lines.dateMillis(values[1], "TX_DATETIME"));
        customer.add(lines.id(customers, values[2], "CUSTOMER_ID"));
        terminal.add(lines.id(terminals, values[3], "TERMINAL_ID"));
        amount.add(Double.doubleToLongBits(amount(values[4], lines)));
        fraud.add(fraud(values[5], lines));
      }
    }

    private static double amount(String text, RecordedLines lines) {
      double value = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
      if (!(Math.abs(value * 100 - Math.rint(value * 100)) <= CENT_ERROR)) {
        throw lines.bad("TX_AMOUNT must be an amount in whole cents such as 57.16");
      }
      return value;
    }

    private static int fraud(String text, RecordedLines lines) {
      return switch (text) {
        case "0" -> 0;
        case "1" -> 1;
        default -> throw lines.bad("TX_FRAUD must be 0 or 1");
      };
    }
  }
}
