package io.millrace.jobs.evaluate;

import io.millrace.features.event.Click;
import io.millrace.operators.kafka.Timed;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.GeneratorFunction;

/**
 * Gives the events of an evaluation, in order. Those to predict from are spread over time, so that
 * the time a list takes tells of the work and not of a queue; their origin is in microseconds.
 */
final class EvaluationSource implements GeneratorFunction<Long, Timed<Click>> {
  private final ClickSet set;
  private final long nanosBetweenTests;
  private transient EvaluationInput input;
  private transient long due;

  EvaluationSource(ClickSet set, int testsPerSecond) {
    this.set = set;
    this.nanosBetweenTests = 1_000_000_000L / testsPerSecond;
  }

  @Override
  public void open(SourceReaderContext context) {
    input = EvaluationInput.of(set);
  }

  @Override
  public Timed<Click> map(Long number) {
    if (input.isTest(number)) {
      awaitTurn();
    }
    return new Timed<>(input.event(number), System.nanoTime() / 1_000);
  }

  private void awaitTurn() {
    input.awaitTrained();
    due = Math.max(due + nanosBetweenTests, System.nanoTime() - nanosBetweenTests);
    for (long rest = due - System.nanoTime(); rest > 0; rest = due - System.nanoTime()) {
      LockSupport.parkNanos(rest);
    }
  }

  /** The input is in order, so time stands just behind the newest event. */
  static final class InOrder implements WatermarkGenerator<Timed<Click>> {
    private long emitted = Long.MIN_VALUE;

    @Override
    public void onEvent(Timed<Click> event, long timestamp, WatermarkOutput output) {
      // Once a second of event time: sessions and hours need it no finer.
      if (timestamp - 1 >= emitted + 1_000 || emitted == Long.MIN_VALUE) {
        emitted = timestamp - 1;
        output.emitWatermark(new Watermark(emitted));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      // Time moves with events only.
    }
  }
}
