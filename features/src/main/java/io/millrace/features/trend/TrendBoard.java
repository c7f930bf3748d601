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
 * The items of one list (the store, later a category) that may be trending, each with its hourly
 * counts. As many as {@link #KEPT} are kept, far more than are ever shown, so that one that falls
 * out is not missed. The list is read as of the newest hour in which anything was clicked: it is
 * never empty once there was a click, however long the store has been quiet.
 */
public final class TrendBoard {
  /** Items kept beside those shown. */
  public static final int KEPT = 1_000;

  private static final int LAYOUT = 1;
  private static final Comparator<Trending> BEST_FIRST =
      Comparator.comparingDouble(Trending::score).reversed().thenComparing(Trending::item);

  private final Map<String, HourCounts> items = new HashMap<>();

  /**
   * One item that is trending.
   *
   * @param item item id
   * @param score clicks of the last day, each weighing half for every three hours of age
   */
  public record Trending(String item, double score) {}

  /** Puts in the counts of an item, in place of earlier ones. */
  public void put(String item, HourCounts counts) {
    items.put(item, counts);
    if (items.size() > KEPT * 2) {
      Set<String> kept = new HashSet<>();
      top(KEPT).forEach(trending -> kept.add(trending.item()));
      items.keySet().retainAll(kept);
    }
  }

  /** The {@code size} best items, best first, ties by item id. */
  public List<Trending> top(int size) {
    List<Trending> ranked = ranked();
    return List.copyOf(ranked.subList(0, Math.min(size, ranked.size())));
  }

  /** Event time of the newest click counted, 0 if there is none. */
  public long newestTime() {
    long newest = 0;
    for (HourCounts counts : items.values()) {
      newest = Math.max(newest, counts.newestTime());
    }
    return newest;
  }

  private List<Trending> ranked() {
    long hour = HourCounts.hourOf(newestTime());
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
    in.readVersion("a trend board", LAYOUT);
    TrendBoard board = new TrendBoard();
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      board.items.put(in.readText(), HourCounts.read(in));
    }
    return board;
  }
}
