package io.millrace.operators.recommend.ranking;

import static java.util.Locale.ROOT;

import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.ranking.RankingExample;
import io.millrace.features.ranking.RankingLearner;
import io.millrace.features.ranking.RankingModel;
import io.millrace.operators.types.FlatTypeInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Learns to rank. All examples are of one key; they wait until the watermark has passed them and
 * are then learned in the order of event time, so that the same examples give the same weights in
 * whatever order they come. A version is published after every so many examples.
 */
public final class RankerLearner extends AbstractStreamOperator<ModelSnapshot>
    implements OneInputStreamOperator<RankingExample, ModelSnapshot> {
  /** The only key. */
  public static final String KEY = RankingModel.ID;

  /** How an example crosses the network. */
  public static final FlatTypeInfo<RankingExample> EXAMPLE =
      new FlatTypeInfo<>(RankingExample.class, new RankingExampleSerializer());

  private static final String LEARNED = "ranking-learned";

  private final int publishEvery;

  private transient ValueState<byte[]> learned;
  private transient ListState<RankingExample> stored;
  private transient RankingLearner learner;
  private transient PriorityQueue<RankingExample> waiting;
  private transient boolean changed;

  /** Examples that the version published last had seen. */
  private transient long published;

  private transient Map<RankingLearner.Outcome, Counter> outcomes;

  /**
   * @param publishEvery examples after which a version is published
   */
  public RankerLearner(int publishEvery) {
    this.publishEvery = publishEvery;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    learned =
        context
            .getKeyedStateStore()
            .getState(new ValueStateDescriptor<>(LEARNED, BytePrimitiveArraySerializer.INSTANCE));
    stored =
        context
            .getKeyedStateStore()
            .getListState(new ListStateDescriptor<>("ranking-examples", EXAMPLE.serializer()));
    learner = new RankingLearner();
    waiting =
        new PriorityQueue<>(
            Comparator.comparingLong(RankingExample::time)
                .thenComparingLong(RankingExample::visitor));
    if (context.isRestored() && isOwner()) {
      setCurrentKey(KEY);
      learner = RankingLearner.ofBytes(learned.value());
      published = learner.examples();
      for (RankingExample example : stored.get()) {
        take(example);
      }
    }
  }

  private boolean isOwner() {
    try (var keys = this.<String>getKeyedStateBackend().getKeys(LEARNED, VoidNamespace.INSTANCE)) {
      return keys.findAny().isPresent();
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    outcomes = new EnumMap<>(RankingLearner.Outcome.class);
    for (RankingLearner.Outcome outcome : RankingLearner.Outcome.values()) {
      outcomes.put(
          outcome, getMetricGroup().counter("examples_" + outcome.name().toLowerCase(ROOT)));
    }
    getMetricGroup().gauge("examples_waiting", waiting::size);
    getMetricGroup().gauge("ranking_version", learner::version);
  }

  @Override
  public void processElement(StreamRecord<RankingExample> element) {
    take(element.getValue());
    changed = true;
  }

  /** One that was under way when the features changed is none any more. */
  private void take(RankingExample example) {
    if (example != null) {
      waiting.add(example);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    learnUpTo(mark.getTimestamp());
    super.processWatermark(mark);
  }

  private void learnUpTo(long time) {
    while (!waiting.isEmpty() && waiting.peek().time() <= time) {
      RankingLearner.Outcome outcome = learner.learn(waiting.remove());
      outcomes.get(outcome).inc();
      changed = true;
      if (outcome == RankingLearner.Outcome.LEARNED && learner.examples() % publishEvery == 0) {
        publish();
      }
    }
  }

  private void publish() {
    published = learner.examples();
    output.collect(new StreamRecord<>(learner.publish().snapshot()));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    if (changed) {
      setCurrentKey(KEY);
      learned.update(learner.toBytes());
      List<RankingExample> rest = new ArrayList<>(waiting);
      stored.update(rest);
      changed = false;
    }
  }

  @Override
  public void finish() throws Exception {
    learnUpTo(Long.MAX_VALUE);
    if (learner.examples() > published) {
      publish();
    }
    super.finish();
  }
}
