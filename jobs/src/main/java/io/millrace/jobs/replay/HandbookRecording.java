package io.millrace.jobs.replay;

import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.event.Topics;
import io.millrace.jobs.local.ContractEvent;
import java.util.List;
import java.util.Locale;

/** Every card payment as an order that was placed, of one piece of what its terminal sells. */
final class HandbookRecording implements Recording {
  /** The data name no currency; a placed order must. */
  static final String CURRENCY = "USD";

  private final HandbookPayments payments;
  private final EventIds ids;

  HandbookRecording(HandbookPayments payments, EventIds ids) {
    this.payments = payments;
    this.ids = ids;
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
  public ContractEvent event(int i, long shiftMs) {
    String customer = payments.customer(i);
    String terminal = payments.terminal(i);
    double amount = payments.amount(i);
    return ContractEvent.of(
        new Order(
            ids.at(payments.row(i)),
            "tx-" + payments.id(i),
            OrderStatus.PLACED,
            payments.time(i) + shiftMs,
            customer,
            null,
            CURRENCY,
            List.of(new Order.Line(terminal, 1, amount, null)),
            details(customer, terminal, amount)));
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
  public List<String> topics() {
    return List.of(Topics.ORDERS);
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
