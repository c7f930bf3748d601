package io.millrace.operators.recommend;

import io.millrace.features.event.Click;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.session.Lessons;
import io.millrace.features.session.SessionSettings;
import io.millrace.features.session.VisitorSessions;
import io.millrace.features.trend.HourCounts;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.recommend.PostingMessage.Ask;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.state.WriteBackCache;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * By visitor: makes sessions of clicks, drops duplicates and bots, and tells the postings of the
 * session's items what to learn and what to answer. Clicks that count for the trends leave by
 * {@link #ITEM_CLICKS}.
 */
final class SessionTracker extends AbstractStreamOperator<PostingMessage>
    implements OneInputStreamOperator<Timed<Click>, PostingMessage>,
        Triggerable<String, VoidNamespace> {
  static final OutputTag<ItemClick> ITEM_CLICKS =
      new OutputTag<>("item-clicks", RecommendTypes.ITEM_CLICK);

  private final SessionSettings settings;
  private final LearnPhases phases;
  private final StateSettings stateSettings;

  private transient WriteBackCache<VisitorSessions> visitors;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient StreamRecord<PostingMessage> record;
  private transient StreamRecord<ItemClick> clickRecord;
  private transient Counter duplicates;
  private transient Counter bots;
  private transient Counter asked;

  SessionTracker(SessionSettings settings, LearnPhases phases, StateSettings stateSettings) {
    this.settings = settings;
    this.phases = phases;
    this.stateSettings = stateSettings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    visitors =
        new WriteBackCache<>(
            "visitor-sessions",
            new Codec(),
            stateSettings.cachedVisitors(),
            stateSettings.retention(),
            this,
            context);
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
  }

  @Override
  public void processElement(StreamRecord<Timed<Click>> element) throws Exception {
    Click click = element.getValue().event();
    WriteBackCache.Entry<VisitorSessions> entry = visitors.get(click.visitorId());
    VisitorSessions sessions = entry.value();
    boolean learns = phases.learns(click.eventTime());
    Collected lessons = learns ? new Collected() : null;
    VisitorSessions.Outcome outcome = sessions.take(click, settings, lessons);
    switch (outcome) {
      case DUPLICATE -> {
        duplicates.inc();
        return;
      }
      case BOT -> bots.inc();
      case TAKEN -> {
        if (phases.asks(click.eventTime())) {
          ask(click, sessions, element.getValue().origin(), lessons);
        }
      }
    }
    entry.markChanged();
    if (learns) {
      emit(lessons);
      if (outcome == VisitorSessions.Outcome.TAKEN) {
        countForTrends(click);
        setTimer(click.visitorId(), sessions);
      }
    }
  }

  /** Asks the newest items of the session; where one is taught as well, in the same message. */
  private void ask(Click click, VisitorSessions sessions, long origin, Collected lessons) {
    SessionItems session = sessions.sessionToAnswer(click, settings);
    if (session == null) {
      return;
    }
    String[] items = session.newestDistinct(settings.asked());
    int number = sessions.nextAsk();
    for (int part = 0; part < items.length; part++) {
      Ask ask = new Ask(click.visitorId(), number, part, items.length, sessions.newest(), origin);
      if (lessons == null || !lessons.addTo(items[part], session, ask)) {
        send(new PostingMessage(items[part], session, PostingMessage.ASK, ask));
      }
    }
    asked.inc();
  }

  private void emit(Collected lessons) {
    for (PostingMessage message : lessons.messages) {
      send(message);
    }
  }

  private void send(PostingMessage message) {
    output.collect(record.replace(message));
  }

  private void countForTrends(Click click) {
    if (click.type().showsInterest()) {
      ItemClick itemClick =
          new ItemClick(click.itemId(), HourCounts.hourOf(click.eventTime()), 1, click.eventTime());
      output.collect(ITEM_CLICKS, clickRecord.replace(itemClick));
    }
  }

  private void setTimer(String visitor, VisitorSessions sessions) {
    long due = sessions.nextFlush(visitor, settings);
    if (due != Long.MAX_VALUE && (sessions.timer() == 0 || due < sessions.timer())) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, due);
      sessions.setTimer(due);
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    String visitor = timer.getKey();
    WriteBackCache.Entry<VisitorSessions> entry = visitors.get(visitor);
    VisitorSessions sessions = entry.value();
    if (sessions.timer() != timer.getTimestamp()) {
      return;
    }
    sessions.setTimer(0);
    if (phases.learns(timer.getTimestamp())) {
      Collected lessons = new Collected();
      sessions.flush(visitor, timers.currentWatermark(), settings, lessons);
      emit(lessons);
      setTimer(visitor, sessions);
    }
    entry.markChanged();
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("sessions are flushed in event time only");
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    visitors.flush();
  }

  @Override
  public void finish() throws Exception {
    visitors.flush();
    super.finish();
  }

  /** The lessons of one event. */
  private static final class Collected implements Lessons {
    private final List<PostingMessage> messages = new ArrayList<>(8);

    @Override
    public void teach(String item, SessionItems session) {
      messages.add(PostingMessage.teach(item, session));
    }

    @Override
    public void retract(String item, long sessionId) {
      messages.add(PostingMessage.retract(item, sessionId));
    }

    /** Lets the last lesson for an item carry an ask; false if it has none of that session. */
    private boolean addTo(String item, SessionItems session, Ask ask) {
      for (int i = messages.size() - 1; i >= 0; i--) {
        PostingMessage message = messages.get(i);
        if (message.is(PostingMessage.TEACH)
            && message.item().equals(item)
            && message.session().equals(session)) {
          messages.set(i, message.asking(ask));
          return true;
        }
      }
      return false;
    }
  }

  private static final class Codec implements StateCodec<VisitorSessions> {
    @Override
    public VisitorSessions empty() {
      return new VisitorSessions();
    }

    @Override
    public VisitorSessions decode(byte[] bytes) {
      return VisitorSessions.ofBytes(bytes);
    }

    @Override
    public byte[] encode(VisitorSessions value) {
      return value.toBytes();
    }
  }
}
