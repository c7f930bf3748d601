package io.millrace.jobs.evaluate;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Gives the payments of an evaluation as they arrive, and the time behind them. */
final class PaymentSource implements GeneratorFunction<Long, PaymentFeatures> {
  private static final long serialVersionUID = 1;

  private final HandbookSet set;
  private transient FeatureInput input;

  private PaymentSource(HandbookSet set) {
    this.set = set;
  }

  /** The payments of a set, the run of which has begun. */
  static DataStream<PaymentFeatures> payments(
      StreamExecutionEnvironment env, HandbookSet set, FeatureMode mode) {
    DataGeneratorSource<PaymentFeatures> source =
        new DataGeneratorSource<>(
            new PaymentSource(set),
            FeatureInput.of(set).arrivals().size(),
            parallelism -> FeatureInput.of(set).restart(),
            PaymentFeatures.TYPE);
    return env.fromSource(
            source,
            WatermarkStrategy.<PaymentFeatures>forGenerator(context -> new Behind(mode))
                .withTimestampAssigner((payment, unused) -> payment.time()),
            "payments of " + set.name())
        .uid("payments")
        .setParallelism(1);
  }

  @Override
  public void open(SourceReaderContext context) {
    input = FeatureInput.of(set);
  }

  @Override
  public PaymentFeatures map(Long number) {
    input.restart().pass(number.intValue());
    return input.arrivals().take(number.intValue());
  }

  /** Time stands behind the newest payment by the lateness, and moves a minute at a time. */
  private static final class Behind implements WatermarkGenerator<PaymentFeatures> {
    private static final long STEP_MS = 60_000;

    private final long lateness;
    private long emitted = Long.MIN_VALUE;

    private Behind(FeatureMode mode) {
      this.lateness = mode.lateness().toMillis();
    }

    @Override
    public void onEvent(PaymentFeatures payment, long timestamp, WatermarkOutput output) {
      long passed = timestamp - lateness - 1;
      if (emitted == Long.MIN_VALUE || passed >= emitted + STEP_MS) {
        emitted = passed;
        output.emitWatermark(new Watermark(passed));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      // Time moves with payments only.
    }
  }
}
