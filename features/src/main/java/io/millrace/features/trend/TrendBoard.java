package io.millrace.features.trend;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The items of one list (the store, or a category) that may be trending, each with its hourly
 * counts. Far more are kept than are ever shown, so that one that falls out is not missed. The list
 * is read as of the newest hour in which one of its items was clicked: it is never empty while it
 * has an item with a click, however long the store has been quiet.
 */
public final class TrendBoard {
  /** Items kept at least, of all that the list has, where it is the store's. */
  public static final int KEPT = 1_000;

  private static final int LAYOUT = 2;
  private static final Comparator<Trending> BEST_FIRST =
      Comparator.comparingDouble(Trending::score).reversed().thenComparing(Trending::item);

  private final Map<String, HourCounts> items = new HashMap<>();
  private long newestTime;

  /**
   * One item that is trending.
   *
   * @param item item id
   * @param score clicks of the last day, each weighing half for every three hours of age
   */
  public record Trending(String item, double score) {}

  /** Puts in the counts of an item, in place of earlier ones, on the list of the store. */
  public void put(String item, HourCounts counts) {
    put(item, counts, KEPT);
  }

  /**
   * Puts in the counts of an item, in place of earlier ones; without a click it leaves.
   *
   * @param kept items to keep of all there are; twice as many are never exceeded
   */
  public void put(String item, HourCounts counts, int kept) {
    if (counts.isEmpty()) {
      remove(item, counts.newestTime());
      return;
    }
    newestTime = Math.max(newestTime, counts.newestTime());
    items.put(item, counts);
    if (items.size() > kept * 2) {
      Set<String> best = new HashSet<>();
      top(kept).forEach(trending -> best.add(trending.item()));
      items.keySet().retainAll(best);
    }
  }

  /**
   * Takes an item off the list.
   *
   * @param time event time of its newest click, 0 for none
   */
  public void remove(String item, long time) {
    newestTime = Math.max(newestTime, time);
    items.remove(item);
  }

  /** The {@code size} best items, best first, ties by item id. */
  public List<Trending> top(int size) {
    List<Trending> ranked = ranked();
    return List.copyOf(ranked.subList(0, Math.min(size, ranked.size())));
  }

  /**
   * Event time of the newest click on anything that stood or stands in the list, 0 if there is
   * none. Never goes back, so that what is written under it is never older than what was.
   */
  public long newestTime() {
    return newestTime;
  }

  private List<Trending> ranked() {
    long newest = HourCounts.NO_HOUR;
    for (HourCounts counts : items.values()) {
      newest = Math.max(newest, counts.newestHour());
    }
    long hour = newest;
    List<Trending> ranked = new ArrayList<>(items.size());
    items.forEach(
        (item, counts) -> {
          double score = counts.weigh(hour);
          if (score > 0) {
            ranked.add(new Trending(item, score));
          }
        });
    ranked.sort(BEST_FIRST);
    return ranked;
  }

  /** The state value. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(items.size() * 64 + 16);
    out.writeByte(LAYOUT);
    out.writeVarLong(newestTime);
    out.writeVarLong(items.size());
    items.forEach(
        (item, counts) -> {
          out.writeText(item);
          counts.write(out);
        });
    return out.toBytes();
  }

  /** Reads a state value. */
  public static TrendBoard ofBytes(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int layout = in.readVersion("a trend board", LAYOUT);
    TrendBoard board = new TrendBoard();
    // Layout 1 had no time of its own: that of its items was meant.
    board.newestTime = layout == 1 ? 0 : in.readVarLong();
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      String item = in.readText();
      HourCounts counts = HourCounts.read(in);
      board.newestTime = Math.max(board.newestTime, counts.newestTime());
      board.items.put(item, counts);
    }
    return board;
  }
}
