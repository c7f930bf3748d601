package io.millrace.jobs.evaluate;

import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.FraudRule;
import io.millrace.features.event.Order;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.jobs.replay.LabelledRecording;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.types.EventTypes;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Gives the orders and labels of an evaluation, in order, from one source: a label that is known at
 * a time comes ahead of the watermark that passes that time. Rules come ahead of all, and are heard
 * everywhere before the first order is sent (see {@link FraudGate}).
 */
final class FraudSource {
  private static final OutputTag<Fact<FraudLabel>> LABELS =
      new OutputTag<>("recorded-labels", Fact.typeInfo(EventTypes.FRAUD_LABEL));

  private static final OutputTag<Fact<FraudRule>> RULES =
      new OutputTag<>("rules", Fact.typeInfo(EventTypes.FRAUD_RULE));

  /** Number of what comes ahead of the recording. */
  private static final int AHEAD = -1;

  /** Event time between two watermarks. */
  private static final long STEP_MS = 600_000;

  private final SingleOutputStreamOperator<Timed<Order>> orders;

  FraudSource(StreamExecutionEnvironment env, FraudSet set) {
    DataGeneratorSource<Integer> source =
        new DataGeneratorSource<>(
            new Numbers(set),
            FraudInput.of(set).recording().size() + 1,
            parallelism -> FraudInput.of(set).run().gate(),
            Types.INT);
    orders =
        env.fromSource(
                source,
                WatermarkStrategy.<Integer>forGenerator(context -> new InOrder())
                    .withTimestampAssigner((number, unused) -> time(set, number)),
                "events of " + set.name())
            .uid("evaluation-source")
            .setParallelism(1)
            .process(new Events(set), Timed.typeInfo(EventTypes.ORDER))
            .name("recorded events")
            .uid("recorded-events")
            .setParallelism(1);
  }

  private static long time(FraudSet set, int number) {
    LabelledRecording recording = FraudInput.of(set).recording();
    return number == AHEAD ? recording.time(0) - 1 : recording.time(number);
  }

  /** The orders; the origin of each is its place among all by time. */
  DataStream<Timed<Order>> orders() {
    return orders;
  }

  /** What they were, as soon as it is known. */
  DataStream<Fact<FraudLabel>> labels() {
    return orders.getSideOutput(LABELS);
  }

  /** Rules, each once. */
  DataStream<Fact<FraudRule>> rules() {
    return orders.getSideOutput(RULES);
  }

  /** The numbers of the events. */
  private static final class Numbers implements GeneratorFunction<Long, Integer> {
    private static final long serialVersionUID = 1;
    private final FraudSet set;
    private transient FraudRun run;

    private Numbers(FraudSet set) {
      this.set = set;
    }

    @Override
    public void open(SourceReaderContext context) {
      run = FraudInput.of(set).run();
    }

    @Override
    public Integer map(Long number) {
      run.sent(number);
      return number.intValue() + AHEAD;
    }
  }

  /** The input is in order, so time stands just behind the newest event. */
  private static final class InOrder implements WatermarkGenerator<Integer> {
    private long emitted = Long.MIN_VALUE;

    @Override
    public void onEvent(Integer number, long timestamp, WatermarkOutput output) {
      if (emitted == Long.MIN_VALUE || timestamp - 1 >= emitted + STEP_MS) {
        emitted = timestamp - 1;
        output.emitWatermark(new Watermark(emitted));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      // Time moves with events only.
    }
  }

  /** The events, topic by topic. */
  private static final class Events extends ProcessFunction<Integer, Timed<Order>> {
    private static final long serialVersionUID = 1;
    private final FraudSet set;

    private Events(FraudSet set) {
      this.set = set;
    }

    @Override
    public void processElement(Integer number, Context context, Collector<Timed<Order>> out) {
      if (number == AHEAD) {
        for (FraudRule rule : FraudInput.of(set).rules()) {
          context.output(RULES, new Fact<>(rule.ruleId(), rule, 0));
        }
        return;
      }
      LabelledRecording recording = FraudInput.of(set).recording();
      ContractEvent event = recording.event(number, 0);
      if (event instanceof ContractEvent.OfOrder order) {
        out.collect(new Timed<>(order.order(), recording.order(number)));
      } else if (event instanceof ContractEvent.OfLabel label) {
        context.output(LABELS, new Fact<>(label.key(), label.label(), label.eventTime()));
      }
    }
  }
}
