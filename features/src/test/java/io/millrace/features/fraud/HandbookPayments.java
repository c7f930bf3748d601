package io.millrace.features.fraud;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** The simulated card payments of the Fraud Detection Handbook, in the order of their times. */
final class HandbookPayments {
  static final Path FILE = find("transactions.csv.gz");

  /** The handbook's own window features of 2018-06-01 to 03. */
  static final Path WINDOWS = find("window_features_2018-06-01_03.csv.gz");

  private HandbookPayments() {}

  /**
   * One payment.
   *
   * @param number its number in the file
   * @param time milliseconds since the epoch
   * @param amount in 1 / {@link SpendingRisk#UNIT}
   */
  record Payment(int number, long time, int card, int terminal, long amount, boolean fraud) {
    long day() {
      return Math.floorDiv(time, 86_400_000L);
    }
  }

  /** From the module's directory or the project's; where it is not there, one that is missing. */
  private static Path find(String file) {
    Path name = Path.of("shared", "data", "fraud", "handbook", file);
    Path dir = Path.of("").toAbsolutePath();
    while (dir.getParent() != null && !Files.exists(dir.resolve(name))) {
      dir = dir.getParent();
    }
    return dir.resolve(name);
  }

  /** Those before a day. */
  static List<Payment> before(LocalDate end) throws IOException {
    List<Payment> payments = new ArrayList<>();
    long until = end.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    lines(
        FILE,
        columns -> {
          Payment payment = parse(columns);
          if (payment.time() < until) {
            payments.add(payment);
          }
          return payment.time() < until;
        });
    return payments;
  }

  /** Takes the lines behind the first while they are wanted. */
  static void lines(Path file, Predicate<String[]> lines) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      in.readLine();
      String line = in.readLine();
      while (line != null && lines.test(line.split(","))) {
        line = in.readLine();
      }
    }
  }

  private static Payment parse(String[] columns) {
    long second = LocalDateTime.parse(columns[1].replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC);
    return new Payment(
        Integer.parseInt(columns[0]),
        second * 1_000,
        Integer.parseInt(columns[2]),
        Integer.parseInt(columns[3]),
        Math.round(Double.parseDouble(columns[4]) * SpendingRisk.UNIT),
        "1".equals(columns[5]));
  }
}
