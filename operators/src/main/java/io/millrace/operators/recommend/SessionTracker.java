package io.millrace.operators.recommend;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.Order;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.order.VisitorOrders;
import io.millrace.features.ranking.FollowedAsks.Chosen;
import io.millrace.features.ranking.RankingModel;
import io.millrace.features.session.Hashes;
import io.millrace.features.session.SessionSettings;
import io.millrace.features.session.Visitor;
import io.millrace.features.session.VisitorIds;
import io.millrace.features.session.VisitorSessions.Outcome;
import io.millrace.features.trend.HourCounts;
import io.millrace.operators.forget.Forget;
import io.millrace.operators.forget.ForgottenVisitors;
import io.millrace.operators.job.Ticker;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.recommend.PostingMessage.Ask;
import io.millrace.operators.state.OwnKeys;
import io.millrace.operators.state.WriteBackCache;
import java.io.IOException;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * By visitor: makes sessions of clicks, drops duplicates and bots, and tells the postings of the
 * session's items what to learn and what to answer. Keeps the visitor's orders, too, and forgets a
 * visitor who is to be forgotten (second input, which every subtask hears). What counts for trends,
 * orders and forgetting leaves by the side.
 */
final class SessionTracker extends AbstractStreamOperator<PostingMessage>
    implements TwoInputStreamOperator<Timed<VisitorEvent>, VisitorNotice, PostingMessage>,
        Triggerable<String, VoidNamespace> {
  /** What counts for the trends. */
  static final OutputTag<ItemClick> ITEM_CLICKS =
      new OutputTag<>("item-clicks", RecommendTypes.ITEM_CLICK);

  /** What orders hold, as if each were a session. */
  static final OutputTag<PostingMessage> ORDERS =
      new OutputTag<>("orders", RecommendTypes.POSTING_MESSAGE);

  /** How many orders hold an item, and how many pieces went. */
  static final OutputTag<OrderLine> ORDER_LINES =
      new OutputTag<>("order-lines", OrderLineSerializer.TYPE);

  /** Whom everybody else is to forget, too. */
  static final OutputTag<Forget> FORGET = new OutputTag<>("forget", Forget.TYPE);

  private final SessionSettings settings;
  private final SegmentBy segments;
  private final LearnPhases phases;
  private final StateSettings stateSettings;

  private transient WriteBackCache<Visitor> visitors;
  private transient WriteBackCache<VisitorOrders> orders;
  private transient ForgottenVisitors forgotten;
  private transient VisitorExclusions exclusions;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient StreamRecord<PostingMessage> record;
  private transient StreamRecord<ItemClick> clickRecord;
  private transient Counter duplicates;
  private transient Counter bots;
  private transient Counter asked;
  private transient Counter forgottenEvents;

  /**
   * @param segments which visitors learn apart how to rank
   * @param phases which events teach and which ask
   */
  SessionTracker(
      SessionSettings settings,
      SegmentBy segments,
      LearnPhases phases,
      StateSettings stateSettings) {
    this.settings = settings;
    this.segments = segments;
    this.phases = phases;
    this.stateSettings = stateSettings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    visitors =
        new WriteBackCache<>(
            "visitors",
            new VisitorCodec(),
            stateSettings.cachedVisitors(),
            stateSettings.retention(),
            this,
            context);
    orders =
        new WriteBackCache<>(
            "visitor-orders",
            new VisitorOrdersCodec(),
            stateSettings.cachedVisitors() / 10 + 1,
            stateSettings.orderRetention(),
            this,
            context);
    forgotten = new ForgottenVisitors(stateSettings.longestRetention(), this, context);
    exclusions = new VisitorExclusions(this, context);
    forgotten.erased().readmitAll();
    exclusions
        .visitors()
        .forEach(name -> forgotten.erased().exclude(VisitorIds.of(name), Long.MIN_VALUE));
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("flushes", VoidNamespaceSerializer.INSTANCE, this);
    record = new StreamRecord<>(null);
    clickRecord = new StreamRecord<>(null);
    duplicates = getMetricGroup().counter("duplicates");
    bots = getMetricGroup().counter("bots_dropped");
    asked = getMetricGroup().counter("asks");
    forgottenEvents = getMetricGroup().counter("forgotten_events");
    Ticker.start(this, VisitorExclusions.TICK_MS, this::readmitExpired);
  }

  @Override
  public void processElement1(StreamRecord<Timed<VisitorEvent>> element) throws Exception {
    VisitorEvent event = element.getValue().event();
    long visitor = VisitorIds.of(event.visitorId());
    boolean excluded = forgotten.erased().excludes(visitor);
    if (forgotten.erased().erases(visitor, event.eventTime())) {
      forgottenEvents.inc();
    } else if (event instanceof Click click) {
      take(click, element.getValue().origin(), excluded);
    } else if (!excluded && phases.learns(event.eventTime())) {
      take((Order) event);
    }
  }

  private void take(Click click, long origin, boolean excluded) throws IOException {
    WriteBackCache.Entry<Visitor> entry = visitor(click.visitorId());
    Visitor visitor = entry.value();
    boolean learns = !excluded && phases.learns(click.eventTime());
    CollectedLessons lessons = learns ? new CollectedLessons() : null;
    Outcome outcome = visitor.take(click, settings, lessons, this::count);
    switch (outcome) {
      case DUPLICATE -> {
        duplicates.inc();
        return;
      }
      case BOT -> bots.inc();
      case TAKEN -> {
        if (phases.asks(click.eventTime())) {
          ask(click, visitor, origin, lessons);
        }
      }
    }
    entry.markChanged();
    if (learns) {
      emit(lessons);
      if (outcome == Outcome.TAKEN) {
        setTimer(click.visitorId(), visitor);
      }
    }
  }

  /** Orders are kept longer than all else: somebody who returns may have some. */
  private WriteBackCache.Entry<Visitor> visitor(String name) throws IOException {
    WriteBackCache.Entry<Visitor> entry = visitors.get(name);
    if (entry.isNew()) {
      entry.value().setOrdered(!orders.peek(name).value().isEmpty());
    }
    return entry;
  }

  private void take(Order order) throws IOException {
    WriteBackCache.Entry<VisitorOrders> entry = orders.get(order.visitorId());
    WriteBackCache.Entry<Visitor> visitor = visitors.get(order.visitorId());
    CollectedLessons lessons = new CollectedLessons();
    boolean taken =
        entry
            .value()
            .take(
                order,
                lessons,
                (item, held, pieces, time) -> {
                  bought(visitor.value(), item, held, pieces, time);
                });
    if (!taken) {
      duplicates.inc();
      return;
    }
    entry.markChanged();
    visitor.value().setOrdered(true);
    visitor.markChanged();
    tellOrders(lessons);
  }

  /** One item of an order: how many orders more hold it, and how many pieces went. */
  private void bought(Visitor visitor, String item, int held, int pieces, long time) {
    output.collect(ORDER_LINES, new StreamRecord<>(new OrderLine(item, held, pieces, time)));
    if (held != 0 && !item.isEmpty()) {
      visitor.bought(item, time, held > 0, this::count);
    }
  }

  private void tellOrders(CollectedLessons lessons) {
    for (PostingMessage message : lessons.messages()) {
      output.collect(ORDERS, new StreamRecord<>(message));
    }
  }

  /** Asks the newest items of the session; where one is taught as well, in the same message. */
  private void ask(Click click, Visitor visitor, long origin, CollectedLessons lessons)
      throws IOException {
    SessionItems session = visitor.sessions().sessionToAnswer(click, settings);
    boolean profile = session == null && !click.type().showsInterest();
    if (profile) {
      session = visitor.longMemory(click, settings);
    }
    if (session != null) {
      long version = Math.max(visitor.sessions().newest(), click.eventTime());
      AskContext context =
          context(click.visitorId(), visitor, profile, segments.of(click), chosen(click));
      ask(click.visitorId(), visitor, session, context, version, origin, lessons);
    }
  }

  private static Chosen chosen(Click click) {
    String list = click.details().servedVersion();
    Integer place = click.details().index();
    return list == null || place == null || click.type() != ClickType.SELECT_ITEM
        ? Chosen.NOWHERE
        : new Chosen(Hashes.of(list), place);
  }

  private void ask(
      String name,
      Visitor visitor,
      SessionItems session,
      AskContext context,
      long version,
      long origin,
      CollectedLessons lessons) {
    String[] items = session.newestDistinct(settings.asked());
    int number = visitor.sessions().nextAsk();
    for (int part = 0; part < items.length; part++) {
      AskContext ofPart = part == 0 ? context : AskContext.NONE;
      Ask ask = new Ask(name, number, part, items.length, version, origin, ofPart);
      if (lessons == null || !lessons.addTo(items[part], session, ask)) {
        send(new PostingMessage(items[part], session, PostingMessage.ASK, ask));
      }
    }
    asked.inc();
  }

  private AskContext context(
      String name, Visitor visitor, boolean profile, String segment, Chosen chosen)
      throws IOException {
    long erasedUpTo = Math.max(0, forgotten.erased().upTo(VisitorIds.of(name)));
    long[] bought =
        visitor.hasOrdered()
            ? orders.get(name).value().bought().stream().mapToLong(Hashes::of).toArray()
            : AskContext.NONE.bought();
    return new AskContext(profile, bought, visitor.passedOver(), erasedUpTo, segment, chosen);
  }

  private void emit(CollectedLessons lessons) {
    for (PostingMessage message : lessons.messages()) {
      send(message);
    }
  }

  private void send(PostingMessage message) {
    output.collect(record.replace(message));
  }

  private void count(String item, long time, int points) {
    ItemClick click = new ItemClick(item, HourCounts.hourOf(time), points, time);
    output.collect(ITEM_CLICKS, clickRecord.replace(click));
  }

  /** What is said about a visitor reaches all subtasks; the visitor is that of one. */
  @Override
  public void processElement2(StreamRecord<VisitorNotice> element) throws Exception {
    VisitorNotice notice = element.getValue();
    if (notice.isErasure()) {
      // An alert's word on a visitor goes with the visitor; a person's control stays.
      for (Forget readmit : exclusions.hear(VisitorNotice.unflagged(notice.visitor()), clock())) {
        forget(readmit);
      }
      forget(new Forget(notice.visitor(), Forget.Kind.ERASE, notice.until()));
    } else {
      for (Forget forget : exclusions.hear(notice, clock())) {
        forget(forget);
      }
    }
  }

  private void readmitExpired() throws Exception {
    for (Forget forget : exclusions.expire(clock())) {
      forget(forget);
    }
  }

  private long clock() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  private void forget(Forget forget) throws Exception {
    if (!forgotten.hear(forget) || !OwnKeys.contain(this, forget.visitor())) {
      return;
    }
    setCurrentKey(forget.visitor());
    Forget told = forget;
    switch (forget.kind()) {
      case ERASE -> erase(forget.visitor(), forget.upTo(), !isExcluded(forget.visitor()));
      case EXCLUDE -> {
        told = new Forget(forget.visitor(), Forget.Kind.EXCLUDE, newestKnown(forget.visitor()));
        erase(forget.visitor(), Long.MAX_VALUE, true);
      }
      case READMIT -> {}
    }
    output.collect(FORGET, new StreamRecord<>(told));
  }

  /** No event of a visitor from before now is later; one who was long silent is not known. */
  private long newestKnown(String name) throws IOException {
    return Math.max(visitor(name).value().sessions().newest(), timers.currentWatermark());
  }

  private boolean isExcluded(String name) {
    return forgotten.erased().excludes(VisitorIds.of(name));
  }

  private void erase(String name, long upTo, boolean learned) throws IOException {
    WriteBackCache.Entry<Visitor> entry = visitor(name);
    Visitor visitor = entry.value();
    if (visitor.hasOrdered()) {
      eraseOrders(name, visitor, upTo);
    }
    deleteTimer(visitor);
    CollectedLessons lessons = learned ? new CollectedLessons() : null;
    visitor.erase(name, upTo, settings, lessons, this::count);
    SessionItems left = visitor.sessions().newestSession(name);
    if (left != null) {
      AskContext context =
          context(name, visitor, false, RankingModel.DEFAULT_SEGMENT, Chosen.NOWHERE);
      ask(name, visitor, left, context, visitor.sessions().newest(), 0, lessons);
    }
    if (learned) {
      emit(lessons);
      setTimer(name, visitor);
    }
    entry.markChanged();
  }

  private void eraseOrders(String name, Visitor visitor, long upTo) throws IOException {
    WriteBackCache.Entry<VisitorOrders> entry = orders.get(name);
    CollectedLessons lessons = new CollectedLessons();
    entry
        .value()
        .forget(
            name,
            upTo,
            lessons,
            (item, held, pieces, time) -> bought(visitor, item, held, pieces, time));
    tellOrders(lessons);
    entry.markChanged();
    visitor.setOrdered(!entry.value().isEmpty());
  }

  private void setTimer(String name, Visitor visitor) {
    long due = visitor.sessions().nextFlush(name, settings);
    if (due != Long.MAX_VALUE
        && (visitor.sessions().timer() == 0 || due < visitor.sessions().timer())) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, due);
      visitor.sessions().setTimer(due);
    }
  }

  /** A timer would keep the visitor's name. */
  private void deleteTimer(Visitor visitor) {
    if (visitor.sessions().timer() != 0) {
      timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, visitor.sessions().timer());
      visitor.sessions().setTimer(0);
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    String name = timer.getKey();
    WriteBackCache.Entry<Visitor> entry = visitors.get(name);
    Visitor visitor = entry.value();
    if (visitor.sessions().timer() != timer.getTimestamp()) {
      return;
    }
    visitor.sessions().setTimer(0);
    if (phases.learns(timer.getTimestamp()) && !isExcluded(name)) {
      CollectedLessons lessons = new CollectedLessons();
      visitor.sessions().flush(name, timers.currentWatermark(), settings, lessons);
      emit(lessons);
      setTimer(name, visitor);
    }
    entry.markChanged();
  }

  /** Time moves with what visitors do. */
  @Override
  public void processWatermark1(Watermark mark) throws Exception {
    processWatermark(mark);
  }

  /** What is said about visitors lies outside event time and must not hold it back. */
  @Override
  public void processWatermark2(Watermark mark) {}

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("sessions are flushed in event time only");
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    visitors.flush();
    orders.flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    forgotten.snapshot();
    exclusions.snapshot();
  }

  @Override
  public void finish() throws Exception {
    visitors.flush();
    orders.flush();
    super.finish();
  }
}
