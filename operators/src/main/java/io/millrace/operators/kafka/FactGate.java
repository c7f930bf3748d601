package io.millrace.operators.kafka;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets facts through and puts dead letters aside. No fact is late: it holds until a newer one
 * comes.
 *
 * <p>Metrics: {@code events} (valid ones), and {@code dead_letters} by {@code reason}.
 */
final class FactGate<E> extends ProcessFunction<Arrival<Fact<E>>, Fact<E>> {
  private final DeadLetterOutlet deadLetters = new DeadLetterOutlet();
  private transient Counter events;

  @Override
  public void open(OpenContext context) {
    events = getRuntimeContext().getMetricGroup().counter("events");
    deadLetters.open(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(Arrival<Fact<E>> arrival, Context context, Collector<Fact<E>> out) {
    if (arrival.isEvent()) {
      events.inc();
      out.collect(arrival.event());
    } else {
      deadLetters.put(arrival.deadLetter(), context);
    }
  }
}
