package io.millrace.operators.fraud;

import io.millrace.features.alert.EntityEpisodes;
import io.millrace.features.alert.Snoozes;
import io.millrace.features.alert.Suspicion;
import io.millrace.features.alert.Suspicion.Participant;
import io.millrace.features.event.Control;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.session.VisitorIds;
import io.millrace.features.watch.EntityIds;
import io.millrace.operators.forget.Forget;
import io.millrace.operators.forget.ForgottenVisitors;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.state.OwnKeys;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.state.WriteBackCache;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
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
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * By entity: makes alert episodes of suspicions, by the rules of {@link EntityEpisodes}. Snoozes
 * and erasures come by the second input, broadcast.
 *
 * <p>Metrics: {@code alerts_told}, {@code suspicions_heard}, {@code suspicions_refused} (too many
 * of one entity at once), {@code snoozes_heard}.
 */
final class AlertKeeper extends AbstractStreamOperator<FraudAlert>
    implements TwoInputStreamOperator<Suspicion, AlertNews, FraudAlert>,
        Triggerable<String, VoidNamespace> {
  private static final String EPISODES = "alert-episodes";
  private static final int CACHED = 10_000;

  private final AlertSettings settings;
  private final Duration retention;

  private transient WriteBackCache<EntityEpisodes> entities;
  private transient ListState<byte[]> storedSnoozes;
  private transient Snoozes snoozes;
  private transient ForgottenVisitors forgotten;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient Counter alerts;
  private transient Counter suspicions;
  private transient Counter refused;

  /**
   * @param retention for which it is known who is forgotten, see {@link ForgottenVisitors}
   */
  AlertKeeper(AlertSettings settings, Duration retention) {
    this.settings = settings;
    this.retention = retention;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    entities =
        new WriteBackCache<>(
            EPISODES, new Codec(settings), CACHED, WriteBackCache.FOREVER, this, context);
    storedSnoozes =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("snoozes", BytePrimitiveArraySerializer.INSTANCE));
    snoozes = new Snoozes();
    for (byte[] bytes : storedSnoozes.get()) {
      snoozes = Snoozes.ofBytes(bytes);
    }
    forgotten = new ForgottenVisitors(retention, this, context);
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("alerts", VoidNamespaceSerializer.INSTANCE, this);
    alerts = getMetricGroup().counter("alerts_told");
    suspicions = getMetricGroup().counter("suspicions_heard");
    refused = getMetricGroup().counter("suspicions_refused");
    getMetricGroup().gauge("snoozes_heard", () -> snoozes.size());
  }

  @Override
  public void processElement1(StreamRecord<Suspicion> element) throws Exception {
    Suspicion suspicion = element.getValue();
    suspicions.inc();
    WriteBackCache.Entry<EntityEpisodes> entry = entities.get(suspicion.entity());
    EntityEpisodes episodes = entry.value();
    long due = episodes.nextDue();
    long before = episodes.refused();
    boolean added = episodes.add(suspicion);
    refused.inc(episodes.refused() - before);
    if (!added) {
      return;
    }
    if (suspicion.events().stream().anyMatch(isForgotten())) {
      // The visitor was forgotten while it was on its way.
      episodes.forget(isForgotten());
    }
    entry.markChanged();
    schedule(due, episodes);
  }

  private Predicate<Participant> isForgotten() {
    return who -> forgotten.erased().erases(VisitorIds.of(who.visitorId()), who.time());
  }

  /** An entity has one timer, or none: where nothing is known of it, no timer tells of it. */
  private void schedule(long before, EntityEpisodes episodes) {
    long due = episodes.nextDue();
    if (due == before) {
      return;
    }
    if (before != Long.MAX_VALUE) {
      timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, before);
    }
    if (due != Long.MAX_VALUE) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, due);
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    WriteBackCache.Entry<EntityEpisodes> entry = entities.get(timer.getKey());
    // All that is not after the watermark is here. The timer is gone, whatever it was set for.
    advance(timers.currentWatermark(), timer.getTimestamp(), entry);
  }

  /**
   * @param timer for which one is set, {@link Long#MAX_VALUE} for none
   */
  private void advance(long time, long timer, WriteBackCache.Entry<EntityEpisodes> entry) {
    long before = entry.value().refused();
    entry.value().advance(time, snoozes, clock(), this::alert);
    refused.inc(entry.value().refused() - before);
    entry.markChanged();
    schedule(timer, entry.value());
  }

  private void alert(FraudAlert alert) {
    alerts.inc();
    output.collect(new StreamRecord<>(alert, alert.eventTime()));
  }

  private long clock() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  @Override
  public void processElement2(StreamRecord<AlertNews> element) throws Exception {
    AlertNews news = element.getValue();
    if (news.control() != null) {
      hear(news.control());
    } else {
      forget(news.erasure());
    }
  }

  private void hear(Fact<Control> fact) throws IOException {
    byte[] before = snoozes.toBytes();
    if (fact.isDeleted()) {
      snoozes.remove(fact.key());
    } else {
      snoozes.put(fact.value());
    }
    if (Arrays.equals(before, snoozes.toBytes())) {
      return;
    }
    // What the control was about before, it does not say.
    for (String entity : openEntities()) {
      setCurrentKey(entity);
      WriteBackCache.Entry<EntityEpisodes> entry = entities.get(entity);
      if (entry.value().isEmpty()) {
        continue;
      }
      if (timers.currentWatermark() == Long.MIN_VALUE) {
        // As soon as there is a time.
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, 0);
      } else {
        advance(timers.currentWatermark(), entry.value().nextDue(), entry);
      }
    }
  }

  /** Those with an open episode or a suspicion that waits. */
  private List<String> openEntities() throws IOException {
    entities.flush();
    try (var keys = this.<String>getKeyedStateBackend().getKeys(EPISODES, VoidNamespace.INSTANCE)) {
      return keys.toList();
    }
  }

  private void forget(Erasure erasure) throws IOException {
    String visitor = erasure.visitorId();
    if (!forgotten.hear(new Forget(visitor, Forget.Kind.ERASE, erasure.requestedAt()))) {
      return;
    }
    for (String entity : openEntities()) {
      setCurrentKey(entity);
      WriteBackCache.Entry<EntityEpisodes> entry = entities.get(entity);
      long before = entry.value().nextDue();
      entry.value().forget(isForgotten());
      entry.markChanged();
      schedule(before, entry.value());
    }
    String own = EntityIds.named(Entity.VISITOR, visitor);
    if (OwnKeys.contain(this, own)) {
      setCurrentKey(own);
      WriteBackCache.Entry<EntityEpisodes> entry = entities.get(own);
      long before = entry.value().nextDue();
      entry.value().clear();
      entry.markChanged();
      schedule(before, entry.value());
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("episodes go by event time only");
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    entities.flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    forgotten.snapshot();
    boolean writer = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    storedSnoozes.update(writer ? List.of(snoozes.toBytes()) : List.of());
  }

  @Override
  public void finish() throws Exception {
    entities.flush();
    super.finish();
  }

  /** How the episodes of an entity lie in state. */
  private record Codec(AlertSettings settings) implements StateCodec<EntityEpisodes> {
    @Override
    public EntityEpisodes empty() {
      return new EntityEpisodes(settings.episodes());
    }

    @Override
    public EntityEpisodes decode(byte[] bytes) {
      return EntityEpisodes.ofBytes(bytes, settings.episodes());
    }

    @Override
    public byte[] encode(EntityEpisodes episodes) {
      return episodes.isEmpty() ? null : episodes.toBytes();
    }
  }
}
