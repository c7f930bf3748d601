package io.millrace.operators.recommend;

import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList;
import io.millrace.features.decision.Version;
import io.millrace.features.neighbour.AnswerMerge;
import io.millrace.features.neighbour.AnswerMerge.Candidate;
import io.millrace.features.trend.TrendBoard.Trending;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.recommend.PostingMessage.Ask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * By visitor: adds the postings' answers of one ask to a list and fills it up with what is
 * trending, which every subtask is told (second input, broadcast). An ask is open for some
 * milliseconds only, so open asks live on the heap and go into keyed state just before a
 * checkpoint.
 */
final class RecommendationMerger extends AbstractStreamOperator<Timed<RecommendationList>>
    implements TwoInputStreamOperator<AnswerMessage, TrendTop, Timed<RecommendationList>> {
  private static final String OPEN_ASKS = "open-asks";

  /** The only bucket until visitors are split into several. */
  private static final String BUCKET = "neighbours";

  private final WriteSettings writes;

  private transient ValueState<byte[]> stored;
  private transient Set<String> storedVisitors;
  private transient Map<String, OpenAsks> open;
  private transient ListState<TrendTop> trendState;
  private transient TrendTop trend;
  private transient StreamRecord<Timed<RecommendationList>> record;
  private transient Counter lists;
  private transient Counter emptyLists;
  private transient Counter bySession;
  private transient Counter byTrend;

  RecommendationMerger(WriteSettings writes) {
    this.writes = writes;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    stored =
        context
            .getKeyedStateStore()
            .getState(new ValueStateDescriptor<>(OPEN_ASKS, BytePrimitiveArraySerializer.INSTANCE));
    trendState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("trend", RecommendTypes.TREND_TOP.serializer()));
    open = new HashMap<>();
    storedVisitors = new HashSet<>();
    if (context.isRestored()) {
      restoreOpenAsks();
      for (TrendTop top : trendState.get()) {
        trend = top;
      }
    }
  }

  private void restoreOpenAsks() throws Exception {
    KeyedStateBackend<String> backend = getKeyedStateBackend();
    try (var visitors = backend.getKeys(OPEN_ASKS, VoidNamespace.INSTANCE)) {
      visitors.forEach(storedVisitors::add);
    }
    for (String visitor : storedVisitors) {
      setCurrentKey(visitor);
      open.put(visitor, OpenAsks.ofBytes(stored.value()));
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    record = new StreamRecord<>(null);
    lists = getMetricGroup().counter("lists_written");
    emptyLists = getMetricGroup().counter("lists_empty");
    bySession = getMetricGroup().counter("items_session");
    byTrend = getMetricGroup().counter("items_trending");
    getMetricGroup().gauge("open_asks", open::size);
  }

  @Override
  public void processElement1(StreamRecord<AnswerMessage> element) {
    AnswerMessage message = element.getValue();
    String visitor = message.ask().visitor();
    OpenAsks asks = open.computeIfAbsent(visitor, unused -> new OpenAsks());
    AnswerMessage[] answers = asks.complete(message, writes.everyAsk());
    if (asks.isEmpty()) {
      open.remove(visitor);
    }
    if (answers != null) {
      write(answers);
    }
  }

  @Override
  public void processElement2(StreamRecord<TrendTop> element) {
    trend = element.getValue();
  }

  private void write(AnswerMessage[] answers) {
    Ask ask = answers[0].ask();
    List<RecommendationList.Item> items = new ArrayList<>(writes.listSize());
    for (Candidate candidate : AnswerMerge.best(OpenAsks.partials(answers), writes.listSize())) {
      items.add(item(candidate));
    }
    bySession.inc(items.size());
    int fromSession = items.size();
    fillUp(items, answers[0].excluded());
    byTrend.inc(items.size() - fromSession);
    lists.inc();
    if (items.isEmpty()) {
      emptyLists.inc();
    }
    RecommendationList list =
        new RecommendationList(
            Version.of(writes.epoch(), ask.version()),
            ask.visitor(),
            ask.version(),
            BUCKET,
            null,
            items);
    output.collect(record.replace(new Timed<>(list, ask.origin())));
  }

  private static RecommendationList.Item item(Candidate candidate) {
    return new RecommendationList.Item(
        candidate.item(),
        candidate.score(),
        new RecommendationList.Reason(
            ReasonType.SESSION,
            candidate.source(),
            Evidence.sessions(candidate.sessions(), candidate.of())));
  }

  private void fillUp(List<RecommendationList.Item> items, String[] excluded) {
    if (!writes.fillUp() || trend == null || items.size() >= writes.listSize()) {
      return;
    }
    Set<String> present = new HashSet<>(List.of(excluded));
    items.forEach(item -> present.add(item.itemId()));
    addTrending(items, present);
    if (items.isEmpty()) {
      // Nothing else is trending than what the visitor looks at: still better than nothing.
      addTrending(items, Set.of());
    }
  }

  private void addTrending(List<RecommendationList.Item> items, Set<String> present) {
    for (Trending trending : trend.items()) {
      if (items.size() == writes.listSize()) {
        return;
      }
      if (!present.contains(trending.item())) {
        // Zero: it says nothing about this visitor, and stands below all that does.
        items.add(
            new RecommendationList.Item(
                trending.item(),
                0,
                new RecommendationList.Reason(ReasonType.TRENDING, null, null)));
      }
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    for (String visitor : storedVisitors) {
      if (!open.containsKey(visitor)) {
        setCurrentKey(visitor);
        stored.clear();
      }
    }
    storedVisitors.clear();
    for (Map.Entry<String, OpenAsks> entry : open.entrySet()) {
      setCurrentKey(entry.getKey());
      stored.update(entry.getValue().toBytes());
      storedVisitors.add(entry.getKey());
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    boolean writer = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    trendState.update(trend == null || !writer ? List.of() : List.of(trend));
  }
}
