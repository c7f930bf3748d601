package io.millrace.operators.kafka;

import io.millrace.features.event.DeadLetter;
import io.millrace.features.event.InvalidEventException.Reason;
import io.millrace.operators.types.EventTypes;
import java.io.Serializable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.OutputTag;

/**
 * Where dead letters leave the operator behind a source: counted by reason, into an output aside.
 */
final class DeadLetterOutlet implements Serializable {
  static final OutputTag<DeadLetter> TAG = new OutputTag<>("dead-letters", EventTypes.DEAD_LETTER);

  private transient Counter[] byReason;

  /** Registers {@code dead_letters} for every {@code reason}. */
  void open(MetricGroup metrics) {
    Reason[] reasons = Reason.values();
    byReason = new Counter[reasons.length];
    for (Reason reason : reasons) {
      byReason[reason.ordinal()] =
          metrics.addGroup("reason", reason.wireName()).counter("dead_letters");
    }
  }

  void put(DeadLetter letter, ProcessFunction<?, ?>.Context context) {
    byReason[letter.reason().ordinal()].inc();
    context.output(TAG, letter);
  }
}
