package io.millrace.jobs.evaluate;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.Click;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.event.Order;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.recommend.RecommendInputs;
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
 * Gives the parts of a live evaluation's input, each as one record that an operator beside the
 * source takes apart, and a watermark behind each. The origin of a click is its number and one, so
 * that its list can be told; lists that no click asked for have zero.
 */
final class LiveSource {
  private static final OutputTag<Timed<Order>> ORDERS =
      new OutputTag<>("recorded-orders", Timed.typeInfo(EventTypes.ORDER));
  private static final OutputTag<Fact<CatalogItem>> CATALOGUE =
      new OutputTag<>("recorded-catalogue", Fact.typeInfo(EventTypes.CATALOG_ITEM));

  private static final OutputTag<Fact<ModelSnapshot>> MODELS =
      new OutputTag<>("published-models", Fact.typeInfo(EventTypes.MODEL_SNAPSHOT));

  private LiveSource() {}

  /** The topics that the recommender reads. */
  static RecommendInputs inputs(StreamExecutionEnvironment env, LiveSet set, int parts) {
    DataGeneratorSource<Integer> source =
        new DataGeneratorSource<>(
            new Numbers(set), parts, parallelism -> LiveInput.of(set).gate(), Types.INT);
    SingleOutputStreamOperator<Timed<Click>> clicks =
        env.fromSource(
                source,
                WatermarkStrategy.<Integer>forGenerator(context -> new Watermarks(set))
                    .withTimestampAssigner(
                        (number, unused) -> LiveInput.of(set).part(number).watermark()),
                "parts of " + set.name())
            .uid("evaluation-source")
            .setParallelism(1)
            .process(new Events(set), Timed.typeInfo(EventTypes.CLICK))
            .name("recorded events")
            .uid("recorded-events")
            .setParallelism(1);
    DataStream<Fact<CatalogItem>> catalogue = clicks.getSideOutput(CATALOGUE);
    return new RecommendInputs(
        clicks,
        clicks.getSideOutput(ORDERS),
        catalogue,
        catalogue,
        null,
        null,
        clicks.getSideOutput(MODELS),
        null);
  }

  /** The numbers of the parts. */
  private static final class Numbers implements GeneratorFunction<Long, Integer> {
    private static final long serialVersionUID = 1;
    private final LiveSet set;

    private Numbers(LiveSet set) {
      this.set = set;
    }

    @Override
    public void open(SourceReaderContext context) {
      // The input is there already.
    }

    @Override
    public Integer map(Long number) {
      LiveInput.of(set).gate().sent(number.intValue());
      return number.intValue();
    }
  }

  /** Time moves behind a part. */
  private static final class Watermarks implements WatermarkGenerator<Integer> {
    private final LiveSet set;

    private Watermarks(LiveSet set) {
      this.set = set;
    }

    @Override
    public void onEvent(Integer number, long timestamp, WatermarkOutput output) {
      output.emitWatermark(new Watermark(LiveInput.of(set).part(number).watermark()));
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      // Time moves with events only.
    }
  }

  /** The events of a part, topic by topic. */
  private static final class Events extends ProcessFunction<Integer, Timed<Click>> {
    private static final long serialVersionUID = 1;
    private final LiveSet set;

    private Events(LiveSet set) {
      this.set = set;
    }

    @Override
    public void processElement(Integer number, Context context, Collector<Timed<Click>> out) {
      LiveInput input = LiveInput.of(set);
      if (input.isAhead(number)) {
        tellPublished(input, context);
      }
      for (int event : input.part(number).events()) {
        ContractEvent what = input.event(event);
        if (what instanceof ContractEvent.OfClick click) {
          out.collect(new Timed<>(click.click(), event + 1));
        } else if (what instanceof ContractEvent.OfOrder order) {
          context.output(ORDERS, new Timed<>(order.order(), 0));
        } else if (what instanceof ContractEvent.OfItem entry) {
          context.output(CATALOGUE, new Fact<>(entry.key(), entry.item(), entry.eventTime()));
        }
      }
    }

    /** Ahead of the clicks, so that what hears of it first is no question of luck. */
    private static void tellPublished(LiveInput input, Context context) {
      for (ModelSnapshot version = input.takePublished();
          version != null;
          version = input.takePublished()) {
        context.output(MODELS, new Fact<>(version.modelId(), version, version.eventTime()));
      }
    }
  }
}
