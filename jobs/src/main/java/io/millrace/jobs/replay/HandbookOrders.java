package io.millrace.jobs.replay;

import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Every card payment as an order that was placed, of one piece of what its terminal sells. */
public final class HandbookOrders implements LabelledOrders {
  /** The data name no currency; a placed order must. */
  public static final String CURRENCY = "USD";

  private final HandbookPayments payments;
  private final EventIds ids;

  HandbookOrders(HandbookPayments payments, EventIds ids) {
    this.payments = payments;
    this.ids = ids;
  }

  /** Those of a file that has been read. */
  public static HandbookOrders of(HandbookPayments payments, Path file) {
    return new HandbookOrders(payments, new EventIds(Preset.HANDBOOK.label(), file));
  }

  @Override
  public int size() {
    return payments.size();
  }

  @Override
  public long time(int i) {
    return payments.time(i);
  }

  @Override
  public Order order(int i, long shiftMs) {
    String customer = payments.customer(i);
    String terminal = payments.terminal(i);
    double amount = payments.amount(i);
    return new Order(
        ids.at(payments.row(i)),
        "tx-" + payments.id(i),
        OrderStatus.PLACED,
        payments.time(i) + shiftMs,
        customer,
        null,
        CURRENCY,
        List.of(new Order.Line(terminal, 1, amount, null)),
        details(customer, terminal, amount));
  }

  @Override
  public boolean isFraud(int i) {
    return payments.isFraud(i);
  }

  private static Order.Details details(String customer, String terminal, double amount) {
    return new Order.Details(
        amount,
        null,
        terminal,
        new Order.Payment(null, customer, null, null),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Override
  public List<String> summary() {
    int frauds = 0;
    for (int i = 0; i < payments.size(); i++) {
      frauds += payments.isFraud(i) ? 1 : 0;
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "%,d payments, %,d of them fraudulent; %,d customers, %,d terminals",
            payments.size(),
            frauds,
            payments.customerCount(),
            payments.terminalCount()));
  }
}
