package io.millrace.operators.profile;

import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.profile.ProfileMaker;
import io.millrace.features.profile.ProfileMaker.Look;
import io.millrace.features.profile.ProfileMaker.Made;
import io.millrace.features.profile.VisitorProfile;
import io.millrace.features.session.VisitorIds;
import io.millrace.operators.feature.KeptLayouts;
import io.millrace.operators.forget.Forget;
import io.millrace.operators.forget.ForgottenVisitors;
import io.millrace.operators.job.Ticker;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.state.DueKeys;
import io.millrace.operators.state.KeyRounds;
import io.millrace.operators.state.OwnKeys;
import io.millrace.operators.state.WriteBackCache;
import io.millrace.operators.types.EventTypes;
import java.io.IOException;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * By visitor: keeps the features, and tells the profile after it changed, at most once an interval.
 * Event-time timers tell it also when a visitor stays away, and forget visitors who stay away for
 * good. What everybody is told comes by the second input, broadcast.
 *
 * <p>The state is a function of the set of a visitor's events, so the profile told last is the same
 * whatever the order in which they came.
 */
final class VisitorProfiles extends AbstractStreamOperator<ProfileDraft>
    implements TwoInputStreamOperator<Timed<VisitorEvent>, ProfileNews, ProfileDraft>,
        Triggerable<String, VoidNamespace> {
  static final OutputTag<PopulationChange> POPULATION =
      new OutputTag<>("population", PopulationChange.TYPE);
  static final OutputTag<ErasureReceipt> RECEIPTS =
      new OutputTag<>("profile-receipts", EventTypes.ERASURE_RECEIPT);

  private final String job;
  private final SerializableSupplier<FeatureSet> features;
  private final KeepSettings settings;

  private transient KnownVisitors visitors;
  private transient KeptLayouts layouts;
  private transient KeptFacets facets;
  private transient ForgottenVisitors forgotten;
  private transient KeyRounds known;
  private transient DueKeys due;
  private transient PopulationNews population;
  private transient ProfileMaker maker;
  private transient ProfileTimes times;
  private transient StreamRecord<ProfileDraft> record;
  private transient Counter duplicates;
  private transient Counter forgottenEvents;

  /**
   * @param job its name on receipts
   * @param features of a visitor; one and the same set at every call
   */
  VisitorProfiles(String job, SerializableSupplier<FeatureSet> features, KeepSettings settings) {
    this.job = job;
    this.features = features;
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    FeatureSet set = features.get();
    layouts = new KeptLayouts(set, this, context);
    facets = new KeptFacets(this, context);
    visitors = new KnownVisitors(layouts.get(), settings, this, context);
    forgotten = new ForgottenVisitors(settings.profile().retention(), this, context);
    known = new KeyRounds(KnownVisitors.PROFILES, "profiles-round", this, context);
    due = new DueKeys("profiles-waiting", settings.writeInterval(), this, context);
    maker = new ProfileMaker(set, facets.table(), settings.profile(), settings.epoch());
  }

  @Override
  public void open() throws Exception {
    super.open();
    times =
        new ProfileTimes(
            getInternalTimerService("profile-times", VoidNamespaceSerializer.INSTANCE, this),
            maker,
            settings.profile().retention().toMillis());
    record = new StreamRecord<>(null);
    population = new PopulationNews(output);
    duplicates = getMetricGroup().counter("duplicates");
    forgottenEvents = getMetricGroup().counter("forgotten_events");
    getMetricGroup().gauge("profiles_waiting", due::size);
    getMetricGroup().gauge("profiles_to_republish", known::left);
    getMetricGroup().gauge("facet_table_items", facets.table()::size);
    getMetricGroup().gauge("facet_table_bytes", facets.table()::sizeInBytes);
    Ticker.start(this, settings.tickMillis(), this::tick);
    Ticker.start(this, settings.populationInterval().toMillis(), population::tell);
  }

  @Override
  public void processElement1(StreamRecord<Timed<VisitorEvent>> element) throws Exception {
    VisitorEvent event = element.getValue().event();
    String visitor = event.visitorId();
    if (forgotten.erased().erases(VisitorIds.of(visitor), event.eventTime())) {
      forgottenEvents.inc();
      return;
    }
    WriteBackCache.Entry<VisitorProfile> entry = visitors.get(visitor);
    boolean isNew = entry.isNew();
    if (visitors.take(event, entry.value())) {
      if (isNew) {
        known.add(visitor);
      }
      times.heard(entry.value());
      entry.markChanged();
      due.add(visitor, element.getValue().origin());
      due.visitOverdue(this::write);
    } else {
      duplicates.inc();
    }
  }

  @Override
  public void processElement2(StreamRecord<ProfileNews> element) throws Exception {
    ProfileNews news = element.getValue();
    if (news.facets() != null) {
      facets.table().put(news.facets());
    } else if (news.visitor() != null) {
      forget(news.visitor(), news.upTo());
    } else {
      known.startFullRound();
    }
  }

  private void forget(String visitor, long upTo) throws IOException {
    boolean news = forgotten.hear(new Forget(visitor, Forget.Kind.ERASE, upTo));
    if (!news || !OwnKeys.contain(this, visitor)) {
      return;
    }
    setCurrentKey(visitor);
    WriteBackCache.Entry<VisitorProfile> entry = visitors.get(visitor);
    VisitorProfile profile = entry.value();
    if (!profile.isEmpty()) {
      visitors.forgetUpTo(upTo, entry);
    }
    if (profile.isEmpty()) {
      known.remove(visitor);
      letGo(visitor, profile, upTo);
    } else {
      write(visitor, 0);
    }
    output.collect(RECEIPTS, new StreamRecord<>(new ErasureReceipt(visitor, job, upTo, clock())));
  }

  private long clock() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  /** A visitor of whom nothing is known any more: out of the population and of Redis. */
  private void letGo(String visitor, VisitorProfile profile, long time) {
    due.remove(visitor);
    times.end(profile);
    tellNothing(visitor, profile, time);
  }

  private void tellNothing(String visitor, VisitorProfile profile, long time) {
    population.leave(profile);
    output.collect(record.replace(ProfileDraft.gone(visitor, time, 0)));
  }

  private void tick() throws IOException {
    due.visitDue(settings.shareMillis(), this::write);
    known.visitFor(settings.shareMillis(), this::writeUnlessWaiting);
  }

  private void writeUnlessWaiting(String visitor) throws IOException {
    if (!due.contains(visitor)) {
      write(visitor, 0);
    }
  }

  /** A profile that is not in use does not come onto the heap for it. */
  private void write(String visitor, long origin) throws IOException {
    setCurrentKey(visitor);
    WriteBackCache.Entry<VisitorProfile> entry = visitors.peek(visitor);
    VisitorProfile profile = entry.value();
    if (profile.isEmpty()) {
      return;
    }
    long before = profile.asOf();
    Look look = times.letPass(profile);
    boolean changed = profile.asOf() > before | times.advance(profile, look);
    if (look.tellsNothing()) {
      changed = true;
      tellNothing(visitor, profile, profile.newestTime());
    } else if (tell(visitor, profile, look, origin)) {
      changed = true;
    }
    if (changed) {
      entry.markChanged();
    }
    visitors.writeThrough(entry);
  }

  /** Whether the visitor moves within the population. */
  private boolean tell(String visitor, VisitorProfile profile, Look look, long origin) {
    Made made = maker.make(visitor, profile, look);
    output.collect(
        record.replace(
            new ProfileDraft(visitor, profile.newestTime(), made.json(), made.standing(), origin)));
    return population.stand(profile, made.standing());
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    WriteBackCache.Entry<VisitorProfile> entry = visitors.get(timer.getKey());
    VisitorProfile profile = entry.value();
    if (profile.timer() == timer.getTimestamp() && !profile.isEmpty()) {
      entry.markChanged();
      if (times.passed(profile, timer.getTimestamp())) {
        due.add(timer.getKey(), 0);
      }
    }
  }

  /** What is not heard of for so long is thrown away by the clock, as Redis does. */
  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    String visitor = timer.getKey();
    WriteBackCache.Entry<VisitorProfile> entry = visitors.get(visitor);
    VisitorProfile profile = entry.value();
    if (profile.expiry() != timer.getTimestamp() || profile.isEmpty()) {
      return;
    }
    entry.markChanged();
    if (times.expired(profile, timer.getTimestamp())) {
      long newest = profile.newestTime();
      visitors.forgetUpTo(Long.MAX_VALUE, entry);
      letGo(visitor, profile, newest);
    }
  }

  /** Time moves with what visitors do. */
  @Override
  public void processWatermark1(Watermark mark) throws Exception {
    // The end of the input is no time.
    if (mark.getTimestamp() != Watermark.MAX_WATERMARK.getTimestamp()) {
      processWatermark(mark);
    } else {
      output.emitWatermark(mark);
    }
  }

  /** What everybody is told lies outside event time and must not hold it back. */
  @Override
  public void processWatermark2(Watermark mark) {}

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    population.tell();
    visitors.flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    layouts.snapshot();
    facets.snapshot();
    forgotten.snapshot();
    known.snapshot(false);
    due.snapshot();
  }

  @Override
  public void finish() throws Exception {
    due.visitAll(this::write);
    known.visitAll(this::writeUnlessWaiting);
    population.tell();
    visitors.flush();
    super.finish();
  }
}
