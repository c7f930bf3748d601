package io.millrace.operators.kafka;

import java.time.Clock;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/** Event time of arrivals; each partition has a {@link PartitionWatermarks} of its own. */
final class ArrivalWatermarks<E> implements WatermarkStrategy<Arrival<E>> {
  private final EventTimeSettings settings;
  private final Clock clock;

  ArrivalWatermarks(EventTimeSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public TimestampAssigner<Arrival<E>> createTimestampAssigner(
      TimestampAssignerSupplier.Context context) {
    return (arrival, logged) -> arrival.isEvent() ? arrival.eventTime() : arrival.origin();
  }

  @Override
  public WatermarkGenerator<Arrival<E>> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    return new PartitionWatermarks<>(settings, clock, context.getInputActivityClock());
  }
}
