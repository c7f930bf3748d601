package io.millrace.jobs.replay;

import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.jobs.replay.ShopPurchases.Purchase;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Every first purchase of a new account as an order that was placed. */
public final class ShopOrders implements LabelledOrders {
  private static final String CURRENCY = "USD";

  /** The data say nothing of what was bought; a placed order must. */
  private static final String ITEM = "purchase";

  private final List<Purchase> purchases;
  private final int[] order;
  private final EventIds ids;
  private final AddressCountries countries;

  ShopOrders(Path file, EventIds ids) {
    this.purchases = ShopPurchases.read(file);
    this.order = TimeOrder.of(purchases.stream().mapToLong(Purchase::time).toArray());
    this.ids = ids;
    this.countries = AddressCountries.beside(file);
  }

  /** Those of a file, which is read. */
  public static ShopOrders read(Path file) {
    return new ShopOrders(file, new EventIds(Preset.ECOMMERCE.label(), file));
  }

  @Override
  public int size() {
    return purchases.size();
  }

  @Override
  public long time(int i) {
    return purchase(i).time();
  }

  /** The i-th purchase by time, as the file has it. */
  public Purchase purchase(int i) {
    return purchases.get(order[i]);
  }

  @Override
  public Order order(int i, long shiftMs) {
    Purchase purchase = purchase(i);
    String id = ids.at(order[i]);
    return new Order(
        id,
        id,
        OrderStatus.PLACED,
        purchase.time() + shiftMs,
        purchase.user(),
        null,
        CURRENCY,
        List.of(new Order.Line(ITEM, 1, purchase.value(), null)),
        details(purchase, shiftMs));
  }

  private Order.Details details(Purchase purchase, long shiftMs) {
    return new Order.Details(
        purchase.value(),
        null,
        null,
        Order.Payment.NONE,
        purchase.device(),
        dotted(purchase.address()),
        countries.of(purchase.address()),
        null,
        null,
        null,
        purchase.signUp() + shiftMs,
        null,
        purchase.source() + '/' + purchase.browser());
  }

  private static String dotted(long address) {
    return String.format(
        Locale.ROOT,
        "%d.%d.%d.%d",
        address >> 24,
        address >> 16 & 255,
        address >> 8 & 255,
        address & 255);
  }

  @Override
  public boolean isFraud(int i) {
    return purchase(i).fraud();
  }

  @Override
  public List<String> summary() {
    return List.of(
        String.format(
            Locale.ROOT,
            "%,d purchases, %,d of them fraudulent; %,d devices, %,d addresses",
            size(),
            purchases.stream().filter(Purchase::fraud).count(),
            purchases.stream().map(Purchase::device).distinct().count(),
            purchases.stream().mapToLong(Purchase::address).distinct().count()));
  }
}
