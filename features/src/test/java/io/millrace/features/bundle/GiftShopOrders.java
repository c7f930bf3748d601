package io.millrace.features.bundle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * The orders of UCI Online Retail in time order, cleaned: exact duplicates, codes that are no
 * goods, and prices of 0 and less are left out; a cancellation takes back the latest earlier
 * purchase with the same customer, item and quantity.
 */
final class GiftShopOrders {
  static final Path FILE = find();

  private static final Pattern GOODS = Pattern.compile("\\d{5}[A-Z]{0,2}");

  private final Map<String, Order> orders = new LinkedHashMap<>();
  private final Map<String, Deque<Sale>> sales = new HashMap<>();
  private final Set<String> lines = new HashSet<>();

  private GiftShopOrders() {}

  /** One order: day of the first line as {@code 2010-12-01}, and how many lines hold each item. */
  record Order(String number, String day, Map<String, Integer> lines) {
    Collection<String> items() {
      return new TreeSet<>(lines.keySet());
    }
  }

  private record Sale(Order order, String item) {}

  /** From the module's directory or the project's; where it is not there, one that is missing. */
  private static Path find() {
    Path name = Path.of("shared", "data", "orders", "online_retail.csv.gz");
    Path dir = Path.of("").toAbsolutePath();
    while (dir.getParent() != null && !Files.exists(dir.resolve(name))) {
      dir = dir.getParent();
    }
    return dir.resolve(name);
  }

  /** All orders that hold anything. */
  static List<Order> read() throws IOException {
    GiftShopOrders shop = new GiftShopOrders();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FILE)), StandardCharsets.UTF_8))) {
      in.readLine();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (shop.lines.add(line)) {
          shop.add(line);
        }
      }
    }
    return shop.orders.values().stream().filter(order -> !order.lines().isEmpty()).toList();
  }

  private void add(String line) {
    List<String> fields = fields(line);
    String number = fields.get(0);
    String item = fields.get(1).toUpperCase(Locale.ROOT);
    if (!GOODS.matcher(item).matches() || Double.parseDouble(fields.get(5)) <= 0) {
      return;
    }
    int quantity = Integer.parseInt(fields.get(3));
    String sale = fields.get(6) + ' ' + item + ' ' + Math.abs(quantity);
    if (number.startsWith("C")) {
      takeBack(sales.get(sale));
    } else if (quantity > 0) {
      String day = fields.get(4).substring(0, 10);
      Order order = orders.computeIfAbsent(number, n -> new Order(n, day, new HashMap<>()));
      order.lines().merge(item, 1, Integer::sum);
      sales.computeIfAbsent(sale, unused -> new ArrayDeque<>()).push(new Sale(order, item));
    }
  }

  private static void takeBack(Deque<Sale> made) {
    if (made != null && !made.isEmpty()) {
      Sale sale = made.pop();
      sale.order()
          .lines()
          .computeIfPresent(sale.item(), (i, lines) -> lines == 1 ? null : lines - 1);
    }
  }

  /** The columns of a line, of which the third may be quoted. */
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (char c : line.toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
