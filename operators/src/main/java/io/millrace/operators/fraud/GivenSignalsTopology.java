package io.millrace.operators.fraud;

import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.event.Order;
import io.millrace.features.watch.SignalPlan;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.types.EventTypes;
import java.io.Serializable;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * The end of {@link FraudTopology} by itself, for payments all of whose signals are given: they are
 * scored, and learned from when their labels are mature, but no entity remembers anything. The
 * job's own learner is heard directly.
 */
public final class GivenSignalsTopology {
  private final SingleOutputStreamOperator<ModelSnapshot> learned;
  private final SingleOutputStreamOperator<Decision> scored;

  /**
   * How a payment is read.
   *
   * @param <T> the payments
   */
  public interface Reading<T> extends Serializable {
    /** The order. */
    Order order(T payment);

    /** An observation of the declaration. */
    double[] signals(T payment);
  }

  /**
   * Adds the operators to the job of the payments.
   *
   * @param payments settled: behind each comes the watermark that lets it be scored
   * @throws IllegalArgumentException if the declaration has entities
   */
  public <T> GivenSignalsTopology(
      DataStream<T> payments,
      Reading<T> reading,
      DataStream<Fact<FraudLabel>> labels,
      FraudSettings settings) {
    PlanSupplier plan = () -> SignalPlan.ofGiven(settings.declaration().get());
    plan.get();
    SingleOutputStreamOperator<Passage> passages =
        payments
            .map(
                payment -> Passage.settle(reading.order(payment), reading.signals(payment), 0),
                Passage.TYPE)
            .name("payments with their signals")
            .uid(FraudUids.GIVEN_SIGNALS);
    DataStream<ModelSnapshot> none =
        passages.getSideOutput(new OutputTag<>("no-models", EventTypes.MODEL_SNAPSHOT));
    SingleOutputStreamOperator<DueLesson> examples =
        FraudTopology.keepExamples(passages, labels, plan, settings);
    learned = FraudTopology.learn(examples, none, plan, settings);
    scored =
        FraudTopology.score(examples.getSideOutput(ExampleKeeper.WHOLE), learned, plan, settings);
  }

  /** Payments, with what the model says of them. */
  public DataStream<ScoredOrder> scoredOrders() {
    return scored.getSideOutput(OrderScorer.SCORED);
  }

  /** Versions of what is learned. */
  public DataStream<ModelSnapshot> models() {
    return learned;
  }
}
