package io.millrace.operators.recommend.ranking;

import static java.util.Locale.ROOT;

import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.ranking.RankingExample;
import io.millrace.features.ranking.RankingLearner;
import io.millrace.features.ranking.RankingModel;
import io.millrace.operators.state.OwnKeys;
import io.millrace.operators.types.FlatTypeInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * By model, one a segment: learns to rank. Examples wait until the watermark has passed them and
 * are then learned in the order of event time, so that the same examples give the same weights in
 * whatever order they come. A version is published after every so many examples. The second input,
 * broadcast, tells which versions were published: one that starts without state goes on from the
 * newest.
 */
public final class RankerLearner extends AbstractStreamOperator<ModelSnapshot>
    implements TwoInputStreamOperator<RankingExample, ModelSnapshot, ModelSnapshot> {
  /** How an example crosses the network. */
  public static final FlatTypeInfo<RankingExample> EXAMPLE =
      new FlatTypeInfo<>(RankingExample.class, new RankingExampleSerializer());

  private static final String LEARNED = "ranking-learned";

  private final int publishEvery;

  private transient ValueState<byte[]> learned;
  private transient ListState<RankingExample> stored;

  /** By the id of the model, the key. */
  private transient Map<String, SegmentLearner> segments;

  private transient Map<RankingLearner.Outcome, Counter> outcomes;
  private transient Counter ofTooManySegments;
  private transient Counter tooManyWaiting;

  /** Read by whoever reports metrics, as is the next. */
  private transient volatile int waiting;

  private transient volatile long newestVersion;

  /** The key of an example: the id of the model that learns from it. */
  public static String key(RankingExample example) {
    return RankingModel.id(example.segment());
  }

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
    segments = new HashMap<>();
    if (context.isRestored()) {
      restore();
    }
  }

  private void restore() throws Exception {
    List<String> keys;
    try (var stream =
        this.<String>getKeyedStateBackend().getKeys(LEARNED, VoidNamespace.INSTANCE)) {
      keys = stream.toList();
    }
    for (String key : keys) {
      setCurrentKey(key);
      List<RankingExample> examples = new ArrayList<>();
      stored.get().forEach(examples::add);
      segments.put(
          key,
          new SegmentLearner(
              RankingModel.segment(key),
              publishEvery,
              RankingLearner.ofBytes(learned.value()),
              examples));
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
    ofTooManySegments = getMetricGroup().counter("examples_of_too_many_segments");
    tooManyWaiting = getMetricGroup().counter("examples_too_far_ahead");
    getMetricGroup().gauge("examples_waiting", () -> waiting);
    getMetricGroup().gauge("ranking_version", () -> newestVersion);
    getMetricGroup().gauge("ranking_segments", segments::size);
    count();
  }

  private void count() {
    int all = 0;
    long newest = 0;
    for (SegmentLearner segment : segments.values()) {
      all += segment.size();
      newest = Math.max(newest, segment.learner().version());
    }
    waiting = all;
    newestVersion = newest;
  }

  @Override
  public void processElement1(StreamRecord<RankingExample> element) {
    // One of other features, under way when they changed, is null.
    RankingExample example = element.getValue();
    if (example == null) {
      return;
    }
    SegmentLearner segment = segment(key(example), example.time());
    if (segment == null) {
      ofTooManySegments.inc();
    } else if (!segment.add(example)) {
      tooManyWaiting.inc();
    }
  }

  /**
   * The learner of a model; null if it would be one too many.
   *
   * @param time event time for which it is wanted
   */
  private SegmentLearner segment(String model, long time) {
    SegmentLearner segment = segments.get(model);
    if (segment == null && (segments.size() < RankingModel.MAX_SEGMENTS || makeRoom(time))) {
      segment =
          new SegmentLearner(
              RankingModel.segment(model), publishEvery, new RankingLearner(), List.of());
      segments.put(model, segment);
    }
    return segment;
  }

  /** Lets go of the segment that is silent for longest, if that is long. */
  private boolean makeRoom(long time) {
    Map.Entry<String, SegmentLearner> oldest =
        Collections.min(
            segments.entrySet(), Comparator.comparingLong(entry -> entry.getValue().newest()));
    if (oldest.getValue().newest() > time - RankingModel.SILENT_MS) {
      return false;
    }
    segments.remove(oldest.getKey());
    setCurrentKey(oldest.getKey());
    learned.clear();
    stored.clear();
    return true;
  }

  @Override
  public void processElement2(StreamRecord<ModelSnapshot> element) {
    ModelSnapshot snapshot = element.getValue();
    if (!RankingModel.is(snapshot)) {
      return;
    }
    try {
      RankingModel model = RankingModel.of(snapshot);
      SegmentLearner segment =
          OwnKeys.contain(this, snapshot.modelId())
              ? segment(snapshot.modelId(), snapshot.eventTime())
              : null;
      if (segment != null) {
        segment.hear(model);
      }
    } catch (InvalidEventException e) {
      // Whoever ranks by it counts and tells of it.
      LOG.debug("Version {} teaches nothing: {}", snapshot.version(), e.getMessage());
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    learnUpTo(mark.getTimestamp());
    super.processWatermark(mark);
  }

  private void learnUpTo(long time) {
    for (SegmentLearner segment : segments.values()) {
      segment.learnUpTo(time, outcome -> outcomes.get(outcome).inc(), this::publish);
    }
    count();
  }

  private void publish(ModelSnapshot version) {
    output.collect(new StreamRecord<>(version));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    for (Map.Entry<String, SegmentLearner> entry : segments.entrySet()) {
      if (entry.getValue().takeChanged()) {
        setCurrentKey(entry.getKey());
        learned.update(entry.getValue().learner().toBytes());
        stored.update(entry.getValue().waiting());
      }
    }
  }

  @Override
  public void finish() throws Exception {
    learnUpTo(Long.MAX_VALUE);
    segments.values().forEach(segment -> segment.publishRest(this::publish));
    super.finish();
  }
}
