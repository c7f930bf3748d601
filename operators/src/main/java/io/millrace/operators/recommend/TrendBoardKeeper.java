package io.millrace.operators.recommend;

import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.TrendList;
import io.millrace.features.decision.Version;
import io.millrace.features.event.Control;
import io.millrace.features.trend.TrendBoard;
import io.millrace.features.trend.TrendBoard.Trending;
import io.millrace.operators.job.Ticker;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.operators.state.KeyRounds;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.state.WriteBackCache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.OutputTag;

/**
 * By list, of the store or of a category: keeps what may top the list and, at most once an interval
 * and only after a change, tells its top to the mergers and (by {@link #TRENDS}) to Redis. A list
 * without items is deleted there. The second input, broadcast, asks for all lists once more.
 */
final class TrendBoardKeeper extends AbstractStreamOperator<TrendTop>
    implements TwoInputStreamOperator<TrendUpdate, Fact<Control>, TrendTop> {
  static final OutputTag<RedisWrite> TRENDS = new OutputTag<>("trends", RedisWrite.TYPE);

  private static final String BOARDS = "trend-boards";

  /** Items kept of a category, of which there may be thousands; see {@link TrendBoard#KEPT}. */
  private static final int KEPT_OF_CATEGORY = 200;

  /** Boards a subtask keeps decoded on the heap, some 50 KB each. */
  private static final int CACHED = 500;

  /** What of an interval may go to writing lists. */
  private static final int SHARE = 2;

  private final WriteSettings writes;
  private final StateSettings stateSettings;

  private transient WriteBackCache<TrendBoard> boards;
  private transient KeyRounds known;
  private transient Set<String> changed;

  TrendBoardKeeper(WriteSettings writes, StateSettings stateSettings) {
    this.writes = writes;
    this.stateSettings = stateSettings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    boards =
        new WriteBackCache<>(BOARDS, new Codec(), CACHED, stateSettings.retention(), this, context);
    known = new KeyRounds(BOARDS, "trend-round", this, context);
  }

  @Override
  public void open() throws Exception {
    super.open();
    changed = new LinkedHashSet<>();
    Ticker.start(this, writes.trendInterval().toMillis(), this::writeSome);
  }

  @Override
  public void processElement1(StreamRecord<TrendUpdate> element) throws Exception {
    TrendUpdate update = element.getValue();
    WriteBackCache.Entry<TrendBoard> entry = boards.get(update.list());
    TrendBoard board = entry.value();
    if (update.counts() == null) {
      board.remove(update.item(), update.time());
    } else {
      board.put(
          update.item(),
          update.counts(),
          isAll(update.list()) ? TrendBoard.KEPT : KEPT_OF_CATEGORY);
    }
    if (entry.isNew()) {
      known.add(update.list());
    }
    entry.markChanged();
    changed.add(update.list());
  }

  /** Lists are few enough to wait in memory. */
  @Override
  public void processElement2(StreamRecord<Fact<Control>> ignored) throws Exception {
    known.startRound();
    known.visitAll(changed::add);
  }

  private static boolean isAll(String list) {
    return list.equals(TrendUpdate.ALL);
  }

  private void writeSome() throws IOException {
    ProcessingTimeService clock = getProcessingTimeService();
    long end =
        clock.getCurrentProcessingTime() + Math.max(1, writes.trendInterval().toMillis() / SHARE);
    Iterator<String> oldest = changed.iterator();
    while (oldest.hasNext() && clock.getCurrentProcessingTime() < end) {
      String list = oldest.next();
      oldest.remove();
      write(list);
    }
  }

  private void writeAll() throws IOException {
    for (String list : changed) {
      write(list);
    }
    changed.clear();
  }

  private void write(String list) throws IOException {
    setCurrentKey(list);
    TrendBoard board = boards.get(list).value();
    List<Trending> top = board.top(WriteSettings.MAX_ITEMS);
    int told = isAll(list) ? top.size() : Math.min(top.size(), TrendTop.ITEMS_OF_CATEGORY);
    output.collect(
        new StreamRecord<>(new TrendTop(list, board.newestTime(), top.subList(0, told))));
    String version = Version.of(writes.epoch(), board.newestTime());
    output.collect(TRENDS, new StreamRecord<>(write(RedisKeys.trend(list), version, top)));
  }

  private static RedisWrite write(String key, String version, List<Trending> top) {
    if (top.isEmpty()) {
      return RedisWrite.tombstone(key, version, 0);
    }
    List<TrendList.Item> items = new ArrayList<>(top.size());
    for (Trending trending : top) {
      items.add(new TrendList.Item(trending.item(), trending.score()));
    }
    byte[] json = DecisionJson.write(new TrendList(version, items));
    return RedisWrite.set(key, json, RedisKeys.TREND_TTL, 0);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (writes.endsRound(mark)) {
      writeAll();
    }
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    writeAll();
    boards.flush();
  }

  @Override
  public void finish() throws Exception {
    writeAll();
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
