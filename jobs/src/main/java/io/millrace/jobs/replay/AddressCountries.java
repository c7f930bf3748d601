package io.millrace.jobs.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** In which country an IPv4 address is, by a table of ranges. */
final class AddressCountries {
  private static final String HEADER = "lower_bound_ip_address,upper_bound_ip_address,country";
  private static final List<String> NAMES = List.of("ip_to_country.csv.gz", "ip_to_country.csv");
  private static final int COLUMNS = 3;

  private static final Pattern BOUND =
      Pattern.compile("\\d{1,10}(\\.0)?|\\d(\\.\\d{1,9})?E\\+\\d{1,2}");

  /** By the last address of each. */
  private final TreeMap<Long, Range> ranges = new TreeMap<>();

  /** Addresses from the first on are in the country. */
  private record Range(long first, String country) {}

  private AddressCountries() {}

  /**
   * The table beside a file; one that knows nothing where there is none.
   *
   * @throws io.millrace.jobs.Failure if it is damaged
   */
  static AddressCountries beside(Path file) {
    AddressCountries countries = new AddressCountries();
    for (String name : NAMES) {
      Path table = file.toAbsolutePath().resolveSibling(name);
      if (Files.exists(table)) {
        RecordedLines.read(table, countries::readLines);
        break;
      }
    }
    return countries;
  }

  private void readLines(RecordedLines lines) throws IOException {
    if (!lines.next() || !ShopPurchases.withoutMark(lines.line()).equals(HEADER)) {
      throw lines.bad("the header must be " + HEADER);
    }
    while (lines.next()) {
      String[] values = lines.values(COLUMNS);
      long first = bound(values[0], "lower_bound_ip_address", lines);
      long last = bound(values[1], "upper_bound_ip_address", lines);
      ranges.put(last, new Range(first, values[2]));
    }
  }

  /** Some first addresses are rounded, as 1.02E+09: so a range is found by its last. */
  private static long bound(String text, String column, RecordedLines lines) {
    if (!BOUND.matcher(text).matches()) {
      throw lines.bad(column + " must be an address as a number such as 16777216");
    }
    return (long) Double.parseDouble(text);
  }

  /** Null where the table does not say. */
  String of(long address) {
    var range = ranges.ceilingEntry(address);
    return range == null || address < range.getValue().first() ? null : range.getValue().country();
  }
}
