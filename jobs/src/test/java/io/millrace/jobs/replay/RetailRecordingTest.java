package io.millrace.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.event.Topics;
import io.millrace.jobs.Failure;
import io.millrace.jobs.local.ContractEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetailRecordingTest {
  private static final String HEADER =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
  private static final long NINE = Instant.parse("2010-12-01T09:00:00Z").toEpochMilli();

  @TempDir Path dir;

  @Test
  void makesOneOrderOfAnInvoice() throws IOException {
    List<Order> orders =
        orders(
            line("5001", "85123A", 6, 0, "2.55", "17850.0"),
            line("5001", "71053", 2, 1, "3.39", "17850.0"),
            line("5001", "85123a", 1, 1, "2.6", "17850.0"));
    assertThat(orders)
        .containsExactly(
            Order.placed(
                "online-retail-retail-0000000000",
                "5001",
                NINE,
                "17850",
                "GBP",
                List.of(
                    new Order.Line("85123A", 6, 2.55, null),
                    new Order.Line("71053", 2, 3.39, null),
                    new Order.Line("85123A", 1, 2.6, null))));
  }

  @Test
  void makesGuestsOfOrdersWithoutCustomer() throws IOException {
    assertThat(orders(line("5001", "71053", 1, 0, "1", "")))
        .singleElement()
        .satisfies(order -> assertThat(order.visitorId()).isEqualTo("guest-5001"));
  }

  @Test
  void takesBackTheLatestEarlierPurchaseOfSameCustomerItemAndQuantity() throws IOException {
    List<Order> orders =
        orders(
            line("5001", "71053", 2, 0, "1.5", "1"),
            line("5002", "71053", 2, 1, "1.4", "1"),
            line("5003", "71053", 2, 2, "1.3", "2"),
            line("5004", "71053", 3, 3, "1.2", "1"),
            line("C6001", "71053", -2, 4, "1.4", "1"),
            line("C6002", "71053", -2, 5, "1.4", "1"),
            line("C6003", "71053", -2, 6, "1.4", "1"),
            line("5005", "71053", 2, 7, "1.1", "1"));
    assertThat(cancellations(orders))
        .containsExactly(
            new Order(
                "online-retail-retail-0000000004",
                "5002",
                OrderStatus.CANCELLED,
                NINE + 4 * 60_000,
                "1",
                null,
                "GBP",
                List.of(new Order.Line("71053", 2, 1.4, null)),
                Order.Details.NONE),
            new Order(
                "online-retail-retail-0000000005",
                "5001",
                OrderStatus.CANCELLED,
                NINE + 5 * 60_000,
                "1",
                null,
                "GBP",
                List.of(new Order.Line("71053", 2, 1.5, null)),
                Order.Details.NONE));
  }

  @Test
  void gathersWhatOneInvoiceCancelsByOrder() throws IOException {
    List<Order> cancelled =
        cancellations(
            orders(
                line("5001", "71053", 2, 0, "1", "1"),
                line("5001", "71054", 3, 0, "1", "1"),
                line("5002", "71055", 4, 1, "1", "1"),
                line("C6001", "71054", -3, 2, "1", "1"),
                line("C6001", "71055", -4, 2, "1", "1"),
                line("C6001", "71053", -2, 2, "1", "1")));
    assertThat(cancelled).extracting(Order::orderId).containsExactly("5001", "5002");
    assertThat(cancelled.get(0).lines())
        .extracting(Order.Line::itemId)
        .containsExactly("71054", "71053");
  }

  @Test
  void leavesOutWhatIsNoSaleAndCountsIt() throws IOException {
    String twice = line("5001", "71053", 2, 0, "1", "1");
    Recording recording =
        read(
            true,
            twice,
            twice,
            line("5001", "71053", 2, 0, "1.01", "1"),
            line("5002", "POST", 1, 1, "5", "1"),
            line("5003", "71053", 1, 2, "0", "1"),
            line("5003", "71053", 1, 2, "-1", "1"),
            line("5004", "71053", -1, 3, "1", "1"),
            line("C6001", "71053", -9, 4, "1", "1"),
            line("C6002", "71053", -2, 4, "1", ""),
            line("C6003", "71053", -2, 4, "1", "1"));
    assertThat(String.join("\n", recording.summary()))
        .contains("10 lines: 1 orders of 2 lines, 1 cancellations of 1 lines")
        .contains("1 exact duplicates, 1 lines whose code is no item's")
        .contains("2 without a price above 0, 1 with a quantity of the wrong sign")
        .contains("2 cancelled lines that match no earlier purchase")
        .contains("1 of them name no customer");
  }

  @Test
  void tellsTheCatalogueTitlesAndNewestPricesAheadOfTheOrder() throws IOException {
    Recording recording =
        read(
            true,
            "5001,71053,\"LANTERN, WHITE \",1,2010-12-01 09:00:00,3.39,1,UK",
            "5002,71053,\"LANTERN, WHITE \",1,2010-12-01 09:01:00,3.39,1,UK",
            "5003,71053,,1,2010-12-01 09:02:00,2.95,1,UK");
    List<ContractEvent> events = events(recording);
    assertThat(events)
        .extracting(ContractEvent::topic)
        .containsExactly(
            Topics.CATALOG, Topics.ORDERS, Topics.ORDERS, Topics.CATALOG, Topics.ORDERS);
    CatalogItem first = ((ContractEvent.OfItem) events.get(0)).item();
    CatalogItem second = ((ContractEvent.OfItem) events.get(3)).item();
    assertThat(first.title()).isEqualTo("LANTERN, WHITE").isEqualTo(second.title());
    assertThat(first.prices().listPrice()).isEqualTo(3.39);
    assertThat(second.prices().listPrice()).isEqualTo(2.95);
    assertThat(second.prices().currency()).isEqualTo("GBP");
    assertThat(second.updatedAt()).isEqualTo(NINE + 120_000);
    assertThat(read(false, line("5001", "71053", 1, 0, "1", "1")).topics())
        .containsExactly(Topics.ORDERS);
  }

  @Test
  void putsOrdersInTimeOrderWhateverTheFilesOrder() throws IOException {
    List<Order> orders =
        orders(
            line("C6001", "71053", -2, 5, "1", "1"),
            line("5002", "71053", 1, 3, "1", "1"),
            line("5001", "71053", 2, 0, "1", "1"),
            line("5003", "71053", 1, 3, "1", "1"));
    assertThat(orders).extracting(Order::orderId).containsExactly("5001", "5002", "5003", "5001");
  }

  @Test
  void namesLineAndTextOfWhatIsWrong() {
    String good = line("5001", "71053", 1, 0, "1", "1");
    assertRefused("line 3: 8 columns are wanted, there are 7", good, "5001,71053,x,1,d,2,3");
    assertRefused("line 2: 8 columns are wanted, there are 0", "");
    assertRefused("quotation marks must enclose", good.replace(",thing,", ",\"thing,"));
    assertRefused("Quantity must be a whole number", good.replace(",thing,1,", ",thing,many,"));
    assertRefused("Quantity must be", good.replace(",thing,1,", ",thing,1000001,"));
    assertRefused("InvoiceDate must be a time", good.replace("2010-12-01", "12/1/2010"));
    assertRefused("InvoiceDate must be a time", good.replace("2010-12-01", "1910-12-01"));
    assertRefused("UnitPrice must be a number", line("5001", "71053", 1, 0, "NaN", "1"));
    assertRefused("StockCode must have 1 to 128 bytes", line("5001", "", 1, 0, "1", "1"));
    assertRefused("InvoiceNo may have 30 characters", line("5".repeat(31), "71053", 1, 0, "1", ""));
    assertRefused("holds no invoices");
    assertRefused("holds nothing to send", line("5001", "POST", 1, 0, "1", "1"));
    assertThatThrownBy(
            () -> Preset.ONLINE_RETAIL.read(Files.writeString(dir.resolve("x"), "a,b\n"), true))
        .hasMessageContaining("line 1: the header must be InvoiceNo");
  }

  @Test
  void refusesInvoiceOfMoreLinesThanAnOrderMayHave() {
    String[] lines =
        IntStream.range(0, 1_001)
            .mapToObj(i -> line("5001", "71053", i + 1, 0, "1", "1"))
            .toArray(String[]::new);
    assertRefused("invoice 5001 has 1,001 lines; an order takes at most 1,000", lines);
  }

  private void assertRefused(String part, String... lines) {
    assertThatThrownBy(() -> read(true, lines))
        .isInstanceOf(Failure.class)
        .message()
        .contains(part);
  }

  private static String line(
      String invoice, String code, int quantity, int minute, String price, String customer) {
    return String.format(
        "%s,%s,thing,%d,2010-12-01 09:%02d:00,%s,%s,United Kingdom",
        invoice, code, quantity, minute, price, customer);
  }

  private Recording read(boolean catalogue, String... lines) throws IOException {
    List<String> all = new ArrayList<>(List.of(HEADER));
    all.addAll(List.of(lines));
    return Preset.ONLINE_RETAIL.read(Files.write(dir.resolve("retail.csv"), all), catalogue);
  }

  private static List<ContractEvent> events(Recording recording) {
    return IntStream.range(0, recording.size()).mapToObj(i -> recording.event(i, 0)).toList();
  }

  private List<Order> orders(String... lines) throws IOException {
    return events(read(false, lines)).stream()
        .map(event -> ((ContractEvent.OfOrder) event).order())
        .toList();
  }

  private static List<Order> cancellations(List<Order> orders) {
    return orders.stream().filter(order -> order.status() == OrderStatus.CANCELLED).toList();
  }
}
