package io.millrace.operators.fraud;

import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.Version;
import io.millrace.features.decision.VisitorRiskJson;
import io.millrace.features.event.Erasure;
import io.millrace.features.session.VisitorIds;
import io.millrace.operators.forget.Forget;
import io.millrace.operators.forget.ForgottenVisitors;
import io.millrace.operators.job.Republish;
import io.millrace.operators.job.Ticker;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.operators.state.KeyRounds;
import io.millrace.operators.state.OwnKeys;
import io.millrace.operators.state.WriteBackCache;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * By visitor: writes the risk, from the score of the newest order and the alerts that are open. The
 * second input, broadcast, tells whom to forget, and when to write all risks again.
 */
final class VisitorRisks extends AbstractStreamOperator<RedisWrite>
    implements TwoInputStreamOperator<RiskNews, AlertNews, RedisWrite> {
  private static final String RISKS = "visitor-risks";
  private static final long TICK_MS = 100;
  private static final long SHARE_MS = 20;

  private final String job;
  private final ScoreSettings scores;
  private final WatchSettings watch;
  private final Duration alertsFor;

  private transient WriteBackCache<VisitorRiskState> visitors;
  private transient KeyRounds known;
  private transient ForgottenVisitors forgotten;

  /**
   * @param alertsFor event time after which an alert that names a visitor no more counts as closed
   */
  VisitorRisks(String job, ScoreSettings scores, WatchSettings watch, Duration alertsFor) {
    this.job = job;
    this.scores = scores;
    this.watch = watch;
    this.alertsFor = alertsFor;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    visitors =
        new WriteBackCache<>(
            RISKS, new VisitorRiskState.Codec(), watch.cached(), RedisKeys.RISK_TTL, this, context);
    known = new KeyRounds(RISKS, "visitor-risks-round", this, context);
    forgotten = new ForgottenVisitors(watch.retention(), this, context);
  }

  @Override
  public void open() throws Exception {
    super.open();
    getMetricGroup().gauge("risks_to_republish", known::left);
    Ticker.start(this, TICK_MS, () -> known.visitFor(SHARE_MS, this::writeAgain));
  }

  @Override
  public void processElement1(StreamRecord<RiskNews> element) throws Exception {
    RiskNews news = element.getValue();
    String visitor = news.visitor();
    if (forgotten.erased().erases(VisitorIds.of(visitor), news.time())) {
      return;
    }
    WriteBackCache.Entry<VisitorRiskState> entry = visitors.get(visitor);
    boolean isNew = entry.value().isEmpty();
    if (isNew && news.kind() == RiskNews.Kind.ALERT_CLOSED) {
      return;
    }
    entry.value().take(news, alertsFor.toMillis());
    entry.markChanged();
    if (isNew) {
      known.add(visitor);
    }
    write(visitor, entry.value());
  }

  @Override
  public void processElement2(StreamRecord<AlertNews> element) throws Exception {
    AlertNews news = element.getValue();
    if (news.erasure() != null) {
      forget(news.erasure());
    } else if (Republish.isFor(job, news.control())) {
      known.startFullRound();
    }
  }

  private void forget(Erasure erasure) throws IOException {
    String visitor = erasure.visitorId();
    long upTo = erasure.requestedAt();
    boolean news = forgotten.hear(new Forget(visitor, Forget.Kind.ERASE, upTo));
    if (!news || !OwnKeys.contain(this, visitor)) {
      return;
    }
    setCurrentKey(visitor);
    WriteBackCache.Entry<VisitorRiskState> entry = visitors.get(visitor);
    VisitorRiskState state = entry.value();
    boolean was = !state.isEmpty();
    state.forget(upTo);
    entry.markChanged();
    if (!state.isEmpty()) {
      write(visitor, state);
      return;
    }
    if (was) {
      known.remove(visitor);
    }
    String version = Version.of(scores.epoch(), upTo);
    output.collect(new StreamRecord<>(RedisWrite.tombstone(RedisKeys.risk(visitor), version, 0)));
  }

  private void write(String visitor, VisitorRiskState state) {
    byte[] value = VisitorRiskJson.write(state.risk(visitor, scores.policy(), scores.epoch()));
    output.collect(
        new StreamRecord<>(RedisWrite.set(RedisKeys.risk(visitor), value, RedisKeys.RISK_TTL, 0)));
  }

  private void writeAgain(String visitor) throws IOException {
    setCurrentKey(visitor);
    VisitorRiskState state = visitors.peek(visitor).value();
    if (!state.isEmpty()) {
      write(visitor, state);
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    visitors.flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    known.snapshot(false);
    forgotten.snapshot();
  }

  @Override
  public void finish() throws Exception {
    visitors.flush();
    super.finish();
  }
}
