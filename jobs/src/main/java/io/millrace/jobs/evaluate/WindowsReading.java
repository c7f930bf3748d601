package io.millrace.jobs.evaluate;

import io.millrace.features.event.Order;
import io.millrace.jobs.replay.LabelledOrders;
import io.millrace.operators.fraud.GivenSignalsTopology;
import io.millrace.operators.kafka.Timed;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Card payments on their way to the handbook's windows, and the windows as signals of a model: they
 * have the same order.
 */
final class WindowsReading
    implements MapFunction<Timed<Order>, PaymentFeatures>,
        GivenSignalsTopology.Reading<PaymentFeatures> {
  private static final long serialVersionUID = 1;

  private final FraudSet set;

  WindowsReading(FraudSet set) {
    this.set = set;
  }

  @Override
  public PaymentFeatures map(Timed<Order> timed) {
    int place = (int) timed.origin();
    Order order = timed.event();
    double amount = order.details().total();
    return new PaymentFeatures(
        place,
        place,
        order.eventTime(),
        order.details().payment().cardId(),
        order.details().merchantId(),
        amount,
        orders().isFraud(place),
        HandbookFeatures.ofPaymentAlone(order.eventTime(), amount));
  }

  @Override
  public Order order(PaymentFeatures payment) {
    return orders().order((int) payment.row(), 0);
  }

  @Override
  public double[] signals(PaymentFeatures payment) {
    return payment.features();
  }

  private LabelledOrders orders() {
    return FraudInput.of(set).orders();
  }
}
