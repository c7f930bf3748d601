package io.millrace.jobs.replay;

import io.millrace.features.event.OrderCodec;
import io.millrace.jobs.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Reads a file of Online Retail line by line; used once. */
final class RetailReader {
  private static final String HEADER =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
  private static final int COLUMNS = 8;

  /** So that the visitor of a guest's order, named after it, is an id too. */
  private static final int MAX_INVOICE_CHARS = 30;

  private static final int MAX_TITLE_CHARS = 4_096;
  private static final double MAX_PRICE = 1e12;
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,15}(\\.\\d{1,15})?");
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,7}");

  private final TextNumbers invoices = new TextNumbers();
  private final TextNumbers codes = new TextNumbers();
  private final TextNumbers titles = new TextNumbers();
  private final TextNumbers customers = new TextNumbers();
  private final TextNumbers countries = new TextNumbers();
  private final IntColumn invoice = new IntColumn();
  private final IntColumn code = new IntColumn();
  private final IntColumn title = new IntColumn();
  private final IntColumn customer = new IntColumn();
  private final IntColumn country = new IntColumn();
  private final IntColumn quantity = new IntColumn();
  private final LongColumn price = new LongColumn();
  private final LongColumn time = new LongColumn();

  RetailLines read(Path file) {
    RecordedLines.read(file, this::readLines);
    if (invoice.size() == 0) {
      throw Failure.failed(file + " holds no invoices");
    }
    return new RetailLines(
        invoices.texts(),
        codes.texts(),
        titles.texts(),
        customers.texts(),
        countries.texts(),
        invoice.toArray(),
        code.toArray(),
        title.toArray(),
        customer.toArray(),
        country.toArray(),
        quantity.toArray(),
        Arrays.stream(price.toArray()).mapToDouble(Double::longBitsToDouble).toArray(),
        time.toArray());
  }

  private void readLines(RecordedLines lines) throws IOException {
    if (!lines.next()) {
      return;
    }
    if (!lines.line().strip().equals(HEADER)) {
      throw lines.bad("the header must be " + HEADER);
    }
    while (lines.next()) {
      List<String> values = SeparatedLine.values(lines.line());
      if (values == null) {
        throw lines.bad("quotation marks must enclose a whole value, on one line");
      }
      if (values.size() != COLUMNS) {
        int columns = lines.line().isEmpty() ? 0 : values.size();
        throw lines.bad(COLUMNS + " columns are wanted, there are " + columns);
      }
      read(values, lines);
    }
  }

  private void read(List<String> values, RecordedLines lines) {
    if (values.get(0).length() > MAX_INVOICE_CHARS) {
      throw lines.bad("InvoiceNo may have " + MAX_INVOICE_CHARS + " characters");
    }
    invoice.add(lines.id(invoices, values.get(0), "InvoiceNo"));
    code.add(lines.id(codes, values.get(1), "StockCode"));
    if (values.get(2).length() > MAX_TITLE_CHARS) {
      throw lines.bad("Description may have " + MAX_TITLE_CHARS + " characters");
    }
    title.add(titles.of(values.get(2)));
    quantity.add(quantity(values.get(3), lines));
    time.add(lines.dateMillis(values.get(4), "InvoiceDate"));
    price.add(Double.doubleToLongBits(price(values.get(5), lines)));
    String id = values.get(6);
    String plain = id.endsWith(".0") ? id.substring(0, id.length() - 2) : id;
    customer.add(id.isEmpty() ? customers.of("") : lines.id(customers, plain, "CustomerID"));
    country.add(countries.of(values.get(7)));
  }

  private static int quantity(String text, RecordedLines lines) {
    int pieces = WHOLE.matcher(text).matches() ? Integer.parseInt(text) : Integer.MAX_VALUE;
    if (Math.abs((long) pieces) > OrderCodec.MAX_QUANTITY) {
      throw lines.bad("Quantity must be a whole number of at most 1,000,000 either way");
    }
    return pieces;
  }

  private static double price(String text, RecordedLines lines) {
    double amount = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    if (!(Math.abs(amount) <= MAX_PRICE)) {
      throw lines.bad("UnitPrice must be a number such as 2.55");
    }
    return amount;
  }
}
