package io.millrace.operators.recommend;

import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.TrendList;
import io.millrace.features.decision.Version;
import io.millrace.features.trend.TrendBoard;
import io.millrace.features.trend.TrendBoard.Trending;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.state.WriteBackCache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * By list: keeps what may top the list and, at most once an interval, tells its top to the mergers
 * and (by {@link #TRENDS}) to Redis.
 */
final class TrendBoardKeeper extends AbstractStreamOperator<TrendTop>
    implements OneInputStreamOperator<TrendUpdate, TrendTop> {
  static final OutputTag<RedisWrite> TRENDS = new OutputTag<>("trends", RedisWrite.TYPE);

  private final WriteSettings writes;
  private final StateSettings stateSettings;

  private transient WriteBackCache<TrendBoard> boards;
  private transient Set<String> changed;

  TrendBoardKeeper(WriteSettings writes, StateSettings stateSettings) {
    this.writes = writes;
    this.stateSettings = stateSettings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    boards =
        new WriteBackCache<>(
            "trend-boards", new Codec(), 200, stateSettings.retention(), this, context);
  }

  @Override
  public void open() throws Exception {
    super.open();
    changed = new LinkedHashSet<>();
    Ticker.start(this, writes.trendInterval().toMillis(), this::writeChanged);
  }

  @Override
  public void processElement(StreamRecord<TrendUpdate> element) throws Exception {
    TrendUpdate update = element.getValue();
    WriteBackCache.Entry<TrendBoard> entry = boards.get(update.list());
    entry.value().put(update.item(), update.counts());
    entry.markChanged();
    changed.add(update.list());
  }

  private void writeChanged() throws IOException {
    for (String list : changed) {
      setCurrentKey(list);
      TrendBoard board = boards.get(list).value();
      List<Trending> top = board.top(WriteSettings.MAX_ITEMS);
      output.collect(new StreamRecord<>(new TrendTop(list, board.newestTime(), top)));
      List<TrendList.Item> items = new ArrayList<>(top.size());
      for (Trending trending : top) {
        items.add(new TrendList.Item(trending.item(), trending.score()));
      }
      String version = Version.of(writes.epoch(), board.newestTime());
      byte[] json = DecisionJson.write(new TrendList(version, items));
      RedisWrite write = RedisWrite.set(RedisKeys.trend(list), json, RedisKeys.TREND_TTL, 0);
      output.collect(TRENDS, new StreamRecord<>(write));
    }
    changed.clear();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    writeChanged();
    boards.flush();
  }

  @Override
  public void finish() throws Exception {
    writeChanged();
    boards.flush();
    super.finish();
  }

  private static final class Codec implements StateCodec<TrendBoard> {
    @Override
    public TrendBoard empty() {
      return new TrendBoard();
    }

    @Override
    public TrendBoard decode(byte[] bytes) {
      return TrendBoard.ofBytes(bytes);
    }

    @Override
    public byte[] encode(TrendBoard value) {
      return value.toBytes();
    }
  }
}
