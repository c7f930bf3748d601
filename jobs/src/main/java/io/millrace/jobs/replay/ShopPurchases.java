package io.millrace.jobs.replay;

import io.millrace.jobs.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads Fraud_Data: the first purchase of each of many new accounts in a shop. */
public final class ShopPurchases {
  private static final String HEADER =
      "user_id,signup_time,purchase_time,purchase_value,device_id,source,browser,sex,age,ip_address,"
          + "class";
  private static final int COLUMNS = 11;
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("M/d/uuuu H:mm").withResolverStyle(ResolverStyle.STRICT);
  private static final Pattern AMOUNT = Pattern.compile("\\d{1,9}(\\.\\d{1,2})?");
  private static final Pattern ADDRESS = Pattern.compile("\\d{1,10}(\\.\\d{1,9})?");
  private static final long MAX_ADDRESS = 0xFFFF_FFFFL;

  private final List<Purchase> purchases = new ArrayList<>();
  private final TextNumbers ids = new TextNumbers();

  private ShopPurchases() {}

  /**
   * A line of the file.
   *
   * @param user who buys
   * @param signUp when the account was made, milliseconds since the epoch
   * @param time of the purchase, likewise
   * @param value in dollars
   * @param device from which
   * @param source by which way the user came
   * @param browser with which
   * @param male whether the user is a man
   * @param age of the user in years
   * @param address IPv4, as a number
   * @param fraud whether it was one
   */
  public record Purchase(
      String user,
      long signUp,
      long time,
      double value,
      String device,
      String source,
      String browser,
      boolean male,
      int age,
      long address,
      boolean fraud) {}

  /**
   * The purchases in the order of the file, plain or gzip.
   *
   * @throws Failure if the file is missing, cut off, or has a line that does not fit; names the
   *     line's number and text
   */
  static List<Purchase> read(Path file) {
    ShopPurchases reader = new ShopPurchases();
    RecordedLines.read(file, reader::readLines);
    if (reader.purchases.isEmpty()) {
      throw Failure.failed(file + " holds no purchases");
    }
    return reader.purchases;
  }

  private void readLines(RecordedLines lines) throws IOException {
    if (!lines.next()) {
      return;
    }
    if (!withoutMark(lines.line()).equals(HEADER)) {
      throw lines.bad("the header must be " + HEADER);
    }
    while (lines.next()) {
      purchases.add(purchase(lines.values(COLUMNS), lines));
    }
  }

  static String withoutMark(String header) {
    return header.startsWith(BYTE_ORDER_MARK) ? header.substring(1) : header;
  }

  private Purchase purchase(String[] values, RecordedLines lines) {
    lines.id(ids, values[0], "user_id");
    lines.id(ids, values[4], "device_id");
    lines.id(ids, values[5], "source");
    lines.id(ids, values[6], "browser");
    return new Purchase(
        values[0],
        time(values[1], "signup_time", lines),
        time(values[2], "purchase_time", lines),
        value(values[3], lines),
        values[4],
        values[5],
        values[6],
        flag(values[7], "sex", "M", "F", lines),
        (int) Math.min(lines.wholeNumber(values[8], "age"), 200),
        address(values[9], lines),
        flag(values[10], "class", "1", "0", lines));
  }

  private static long time(String text, String column, RecordedLines lines) {
    try {
      LocalDateTime date = LocalDateTime.parse(text, TIME);
      if (date.getYear() >= 2000 && date.getYear() < 2100) {
        return date.toEpochSecond(ZoneOffset.UTC) * 1_000;
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    throw lines.bad(column + " must be a time such as 2/24/2015 22:55, from 2000 to 2100");
  }

  private static double value(String text, RecordedLines lines) {
    if (!AMOUNT.matcher(text).matches()) {
      throw lines.bad("purchase_value must be an amount such as 34");
    }
    return Double.parseDouble(text);
  }

  /** What stands behind the point means nothing. */
  private static long address(String text, RecordedLines lines) {
    double number = ADDRESS.matcher(text).matches() ? Double.parseDouble(text) : Double.MAX_VALUE;
    if (number > MAX_ADDRESS) {
      throw lines.bad("ip_address must be an address as a number such as 732758368.8");
    }
    return (long) number;
  }

  private static boolean flag(
      String text, String column, String yes, String no, RecordedLines lines) {
    if (!text.equals(yes) && !text.equals(no)) {
      throw lines.bad(column + " must be " + yes + " or " + no);
    }
    return text.equals(yes);
  }
}
