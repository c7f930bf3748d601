package io.millrace.features.algebra;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * The simulated card payments of the Fraud Detection Handbook, and its own window features for
 * three days of them.
 */
final class CardPayments {
  static final Path PAYMENTS = find("transactions.csv.gz");
  static final Path WINDOWS = find("window_features_2018-06-01_03.csv.gz");

  /** The day behind the last one that has window features. */
  static final long END = LocalDateTime.parse("2018-06-04T00:00").toEpochSecond(ZoneOffset.UTC);

  private CardPayments() {}

  /** Of one payment, in the file's order. */
  record Payment(
      long number, long second, String customer, String terminal, double amount, boolean fraud) {}

  /** From the module's directory or the project's; where it is not there, one that is missing. */
  private static Path find(String file) {
    Path name = Path.of("shared", "data", "fraud", "handbook", file);
    Path dir = Path.of("").toAbsolutePath();
    while (dir.getParent() != null && !Files.exists(dir.resolve(name))) {
      dir = dir.getParent();
    }
    return dir.resolve(name);
  }

  /** All payments up to the end of the three days. */
  static void read(Consumer<Payment> payments) throws IOException {
    lines(
        PAYMENTS,
        columns -> {
          long second = second(columns[1]);
          if (second < END) {
            payments.accept(
                new Payment(
                    Long.parseLong(columns[0]),
                    second,
                    columns[2],
                    columns[3],
                    Double.parseDouble(columns[4]),
                    "1".equals(columns[5])));
          }
        });
  }

  private static long second(String time) {
    return LocalDateTime.parse(time.replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC);
  }

  static void lines(Path file, Consumer<String[]> lines) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      in.readLine();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.accept(line.split(","));
      }
    }
  }
}
