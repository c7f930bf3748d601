package io.millrace.jobs.bench;

import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.TrendList;
import io.millrace.features.decision.Version;
import io.millrace.features.event.Click;
import io.millrace.features.trend.HourCounts;
import io.millrace.features.trend.TrendBoard;
import io.millrace.features.trend.TrendBoard.Trending;
import io.millrace.operators.recommend.WriteSettings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What is trending, in the plain loop. */
final class LoopTrends {
  private static final int MAX_ITEMS = 50;

  private final WriteSettings writes;
  private final LoopWriter writer;
  private final Map<String, HourCounts> counts = new HashMap<>();
  private final Set<String> changed = new HashSet<>();
  private final TrendBoard board = new TrendBoard();
  private List<Trending> top = List.of();
  private long nextWrite;

  LoopTrends(WriteSettings writes, LoopWriter writer) {
    this.writes = writes;
    this.writer = writer;
  }

  void count(Click click) {
    counts
        .computeIfAbsent(click.itemId(), unused -> new HourCounts())
        .add(HourCounts.hourOf(click.eventTime()), 1, click.eventTime());
    changed.add(click.itemId());
  }

  /** What topped the list when it was last written. */
  List<Trending> top() {
    return top;
  }

  void writeDue(long now) {
    if (now < nextWrite || changed.isEmpty()) {
      return;
    }
    nextWrite = now + writes.trendInterval().toNanos();
    for (String item : changed) {
      board.put(item, counts.get(item).copy());
    }
    changed.clear();
    top = board.top(MAX_ITEMS);
    List<TrendList.Item> items =
        top.stream().map(item -> new TrendList.Item(item.item(), item.score())).toList();
    String version = Version.of(writes.epoch(), board.newestTime());
    byte[] json = DecisionJson.write(new TrendList(version, items));
    writer.write(RedisKeys.TREND_ALL, json, TimeUnit.DAYS.toMillis(1));
  }
}
