package io.millrace.operators.fraud;

import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.Version;
import io.millrace.features.decision.VisitorRiskJson;
import io.millrace.features.fraud.RiskPolicy;
import io.millrace.operators.job.Ticker;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.operators.state.KeyRounds;
import io.millrace.operators.state.WriteBackCache;
import java.io.IOException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * By visitor: writes the risk, from the score of the newest order and the alerts that are open. The
 * second input, broadcast, asks for all risks to be written again.
 */
final class VisitorRisks extends AbstractStreamOperator<RedisWrite>
    implements TwoInputStreamOperator<RiskNews, Boolean, RedisWrite> {
  private static final String RISKS = "visitor-risks";
  private static final long TICK_MS = 100;
  private static final long SHARE_MS = 20;

  private final RiskPolicy policy;
  private final int epoch;
  private final WatchSettings settings;

  private transient WriteBackCache<VisitorRiskState> visitors;
  private transient KeyRounds known;

  VisitorRisks(RiskPolicy policy, int epoch, WatchSettings settings) {
    this.policy = policy;
    this.epoch = epoch;
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    visitors =
        new WriteBackCache<>(
            RISKS,
            new VisitorRiskState.Codec(),
            settings.cached(),
            RedisKeys.RISK_TTL,
            this,
            context);
    known = new KeyRounds(RISKS, "visitor-risks-round", this, context);
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
    WriteBackCache.Entry<VisitorRiskState> entry = visitors.get(news.visitor());
    if (news.kind() == RiskNews.Kind.FORGET) {
      forget(news, entry);
      return;
    }
    if (entry.isNew()) {
      known.add(news.visitor());
    }
    entry.value().take(news);
    entry.markChanged();
    write(news.visitor(), entry.value());
  }

  private void forget(RiskNews news, WriteBackCache.Entry<VisitorRiskState> entry) {
    if (!entry.value().isEmpty()) {
      entry.value().forget();
      entry.markChanged();
      known.remove(news.visitor());
    }
    String version = Version.of(epoch, news.time());
    output.collect(
        new StreamRecord<>(RedisWrite.tombstone(RedisKeys.risk(news.visitor()), version, 0)));
  }

  private void write(String visitor, VisitorRiskState state) {
    byte[] value = VisitorRiskJson.write(state.risk(visitor, policy, epoch));
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
  public void processElement2(StreamRecord<Boolean> element) {
    known.startFullRound();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    visitors.flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    known.snapshot(false);
  }

  @Override
  public void finish() throws Exception {
    visitors.flush();
    super.finish();
  }
}
