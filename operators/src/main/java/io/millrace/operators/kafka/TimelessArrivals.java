package io.millrace.operators.kafka;

import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * No event time at all. A source that merely sent no watermarks would hold back whatever is joined
 * with it for ever; this one says at each message and at each look that it is idle, so that time is
 * left to the others. Partitions found later say so too, and never make it active.
 */
final class TimelessArrivals<E> implements WatermarkStrategy<Arrival<E>> {
  @Override
  public TimestampAssigner<Arrival<E>> createTimestampAssigner(
      TimestampAssignerSupplier.Context context) {
    return (arrival, logged) -> arrival.origin();
  }

  @Override
  public WatermarkGenerator<Arrival<E>> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    return new WatermarkGenerator<>() {
      @Override
      public void onEvent(Arrival<E> arrival, long timestamp, WatermarkOutput output) {
        output.markIdle();
      }

      @Override
      public void onPeriodicEmit(WatermarkOutput output) {
        output.markIdle();
      }
    };
  }
}
