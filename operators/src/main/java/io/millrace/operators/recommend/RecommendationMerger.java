package io.millrace.operators.recommend;

import io.millrace.features.cascade.Cascade;
import io.millrace.features.cascade.Cascade.Audience;
import io.millrace.features.cascade.CascadeSettings;
import io.millrace.features.catalogue.ItemBits;
import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.decision.RecommendationList;
import io.millrace.features.decision.RecommendationList.Item;
import io.millrace.features.decision.Version;
import io.millrace.features.event.Control;
import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import io.millrace.features.session.VisitorIds;
import io.millrace.operators.forget.Forget;
import io.millrace.operators.forget.ForgottenVisitors;
import io.millrace.operators.job.Republish;
import io.millrace.operators.job.Ticker;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.recommend.PostingMessage.Ask;
import io.millrace.operators.state.OwnKeys;
import io.millrace.operators.types.EventTypes;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * By visitor: makes a list of the postings' answers to one ask, by the {@link Cascade}. What it
 * must know of items, trends, pins and whom to forget, every subtask is told (second input,
 * broadcast). Lists already written are swept when items go. An ask is open for some milliseconds
 * only, so open asks live on the heap and go into keyed state just before a checkpoint.
 */
final class RecommendationMerger extends AbstractStreamOperator<VisitorList>
    implements TwoInputStreamOperator<AnswerMessage, MergerNews, VisitorList> {
  /** That visitors were forgotten, and when all was done. */
  static final OutputTag<ErasureReceipt> RECEIPTS =
      new OutputTag<>("erasure-receipts", EventTypes.ERASURE_RECEIPT);

  private static final String OPEN_ASKS = "open-asks";

  /** Candidates of the first level a list has, so that filters leave enough. */
  private static final int SPARE = 4;

  private static final long[] NOTHING_BOUGHT = {};
  private static final int[] NOTHING_PASSED_OVER = {};

  private final String job;
  private final SessionItemsPolicy sessionItems;
  private final RankingSettings rankingSettings;
  private final LearnPhases phases;
  private final CascadeSettings settings;
  private final WriteSettings writes;
  private final StateSettings stateSettings;

  private transient ValueState<byte[]> stored;
  private transient Set<String> storedVisitors;
  private transient Map<String, OpenAsks> open;
  private transient MergerKnowledge knowledge;
  private transient ForgottenVisitors forgotten;
  private transient WrittenLists written;
  private transient ListRanking ranking;
  private transient ListFollowing following;
  private transient Cascade cascade;
  private transient StreamRecord<VisitorList> record;
  private transient ListCounters counters;

  /**
   * @param job its name on receipts
   * @param sessionItems which items of a session may be in its list
   * @param phases which clicks teach the ranking
   */
  RecommendationMerger(
      String job,
      SessionItemsPolicy sessionItems,
      RankingSettings rankingSettings,
      LearnPhases phases,
      CascadeSettings settings,
      WriteSettings writes,
      StateSettings stateSettings) {
    this.job = job;
    this.sessionItems = sessionItems;
    this.rankingSettings = rankingSettings;
    this.phases = phases;
    this.settings = settings;
    this.writes = writes;
    this.stateSettings = stateSettings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    stored =
        context
            .getKeyedStateStore()
            .getState(new ValueStateDescriptor<>(OPEN_ASKS, BytePrimitiveArraySerializer.INSTANCE));
    open = new HashMap<>();
    storedVisitors = new HashSet<>();
    knowledge = new MergerKnowledge(this, context);
    forgotten = new ForgottenVisitors(stateSettings.retention(), this, context);
    cascade = new Cascade(settings, knowledge.items(), knowledge.pins());
    written =
        new WrittenLists(
            stateSettings,
            writes.sweepInterval().toMillis(),
            cascade::isServable,
            new Lists(),
            this,
            context);
    ranking =
        new ListRanking(rankingSettings.buckets(), settings.fillUp(), sessionItems, this, context);
    following =
        new ListFollowing(
            rankingSettings,
            phases,
            sessionItems,
            writes.epoch(),
            stateSettings.retention(),
            forgotten,
            knowledge.items(),
            output,
            this,
            context);
    if (context.isRestored()) {
      restoreOpenAsks();
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
    counters = new ListCounters(getMetricGroup());
    getMetricGroup().gauge("open_asks", open::size);
    getMetricGroup().gauge("lists_to_sweep", written::left);
    getMetricGroup().gauge("lists_swept", written::swept);
    getMetricGroup().gauge("item_table_items", knowledge.items()::size);
    getMetricGroup().gauge("item_table_bytes", knowledge.items()::sizeInBytes);
    ranking.open();
    Ticker.start(this, WrittenLists.TICK_MS, written::tick);
  }

  @Override
  public void processElement1(StreamRecord<AnswerMessage> element) throws Exception {
    AnswerMessage message = element.getValue();
    String visitor = message.ask().visitor();
    if (message.session().length > 0 && isOfVisitorAsKnown(message.ask())) {
      following.clicked(message);
    }
    OpenAsks asks = open.computeIfAbsent(visitor, unused -> new OpenAsks());
    AnswerMessage[] answers = asks.complete(message, writes.everyAsk());
    if (asks.isEmpty()) {
      open.remove(visitor);
    }
    if (answers == null) {
      return;
    }
    Ask ask = answers[0].ask();
    if (ask.isForgotten()) {
      ErasureReceipt receipt = new ErasureReceipt(visitor, job, ask.version(), clock());
      output.collect(RECEIPTS, new StreamRecord<>(receipt));
    } else if (isOfVisitorAsKnown(ask)) {
      // A visitor who is left out of what others learn still gets lists.
      write(answers);
    }
  }

  /**
   * Whether an ask was made by the visitor as it is known here, and not by the one who is forgotten
   * since. The tracker's word to forget and the asks it makes after it come by different ways:
   * where an ask is ahead, the old list is deleted first.
   */
  private boolean isOfVisitorAsKnown(Ask ask) throws IOException {
    long erasedUpTo = ask.context().erasedUpTo();
    if (erasedUpTo > 0) {
      forget(new Forget(ask.visitor(), Forget.Kind.ERASE, erasedUpTo));
    }
    return erasedUpTo >= forgotten.erased().upTo(VisitorIds.of(ask.visitor()));
  }

  private void write(AnswerMessage[] answers) throws IOException {
    Ask ask = answers[0].ask();
    Audience audience =
        new Audience(
            answers[0].answer().source(),
            answers[0].excluded(sessionItems),
            ask.context().bought(),
            ask.context().passedOver(),
            ask.version());
    ListRanking.Ranked ranked =
        ranking.rank(answers, settings.listSize() * SPARE, following.learnsFrom(answers[0]));
    List<Item> items =
        cascade.list(
            audience,
            new CandidateLevels(
                ranked.candidates(),
                answers,
                knowledge.items(),
                knowledge.trends(),
                settings.listSize()));
    counters.count(items);
    following.given(answers[0], ranked, items);
    LastList.Origin origin = new LastList.Origin(ask.version(), ranked.bucket(), ranked.model());
    written.put(ask.visitor(), origin, items);
    emit(ask.visitor(), origin, items, ask.origin());
  }

  /**
   * @param entered wall clock from which the delay is measured, 0 for none
   */
  private void emit(String visitor, LastList.Origin origin, List<Item> items, long entered) {
    boolean known = !origin.bucket().isEmpty();
    RecommendationList list =
        new RecommendationList(
            Version.of(writes.epoch(), origin.eventTime()),
            visitor,
            origin.eventTime(),
            known ? origin.bucket() : rankingSettings.buckets().of(visitor).name(),
            origin.model() == LastList.NO_MODEL ? null : origin.model(),
            items);
    output.collect(record.replace(VisitorList.of(list, entered)));
  }

  /** Writes lists that were written before. */
  private final class Lists implements WrittenLists.Writer {
    /** A list that items were taken out of, filled up with what is trending. */
    @Override
    public List<Item> rewrite(String visitor, LastList.Origin origin, List<Item> left) {
      Audience audience =
          new Audience(null, Set.of(), NOTHING_BOUGHT, NOTHING_PASSED_OVER, origin.eventTime());
      List<Item> trending = knowledge.trends().candidates(TrendUpdate.ALL);
      List<Item> items = cascade.refill(audience, left, trending);
      emit(visitor, origin, items, 0);
      return items;
    }

    @Override
    public void writeAgain(String visitor, LastList.Origin origin, List<Item> items) {
      emit(visitor, origin, items, 0);
    }
  }

  @Override
  public void processElement2(StreamRecord<MergerNews> element) throws Exception {
    MergerNews news = element.getValue();
    if (news.trend() != null) {
      knowledge.trends().put(news.trend());
    } else if (news.item() != null) {
      hear(news.item());
    } else if (news.control() != null) {
      hear(news.control());
    } else if (news.model() != null) {
      ranking.hear(news.model());
    } else {
      forget(news.forget());
    }
  }

  private void hear(Fact<Control> control) {
    if (Republish.isFor(job, control)) {
      written.republish();
    } else {
      knowledge.hear(control);
    }
  }

  private void hear(ItemFact fact) {
    boolean shown = ItemBits.isServable(knowledge.items().put(fact));
    if (shown && !fact.isServable()) {
      written.itemGone(clock());
    }
  }

  private void forget(Forget forget) throws IOException {
    String visitor = forget.visitor();
    boolean news = forgotten.hear(forget);
    if (news && forget.kind() == Forget.Kind.ERASE && OwnKeys.contain(this, visitor)) {
      setCurrentKey(visitor);
      written.forget(visitor);
      following.forget(visitor);
      String version = Version.of(writes.epoch(), forget.upTo());
      output.collect(record.replace(VisitorList.gone(visitor, version)));
    }
  }

  private long clock() {
    return getProcessingTimeService().getCurrentProcessingTime();
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
    written.flush();
    following.flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    knowledge.snapshot();
    forgotten.snapshot();
    written.snapshot();
    ranking.snapshot();
  }

  @Override
  public void finish() throws Exception {
    written.flush();
    following.flush();
    super.finish();
  }
}
