package io.millrace.features.quality;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.decision.ListLevel;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.sketch.DistinctSketch;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** One minute of one bucket, or of all buckets together. */
final class MinuteQuality {
  private static final ListLevel[] LEVELS = ListLevel.values();

  /** Of the items' sketch: 4 KB, 1.2 % exact. */
  private static final int ITEMS_PRECISION = 12;

  private long visitors;
  private GroupedHits hits = new GroupedHits();
  private final long[] placesByLevel = new long[LEVELS.length];
  private final long[] hitsByLevel = new long[LEVELS.length];

  private DistinctSketch items = new DistinctSketch(ITEMS_PRECISION);
  private int itemsOnSale;

  void add(QualityEvent event) {
    itemsOnSale = Math.max(itemsOnSale, event.itemsOnSale());
    ServedList list = event.list();
    if (list == null) {
      visitors++;
      return;
    }
    hits.add(event.visitor(), event.rank());
    for (int rank = 1; rank <= list.size(); rank++) {
      placesByLevel[list.level(rank).ordinal()]++;
      items.add(list.item(rank));
    }
    if (event.rank() > 0) {
      hitsByLevel[list.level(event.rank()).ordinal()]++;
    }
  }

  void add(MinuteQuality other) {
    visitors += other.visitors;
    hits.add(other.hits);
    for (int level = 0; level < LEVELS.length; level++) {
      placesByLevel[level] += other.placesByLevel[level];
      hitsByLevel[level] += other.hitsByLevel[level];
    }
    items.add(other.items);
    itemsOnSale = Math.max(itemsOnSale, other.itemsOnSale);
  }

  /** Visitors who came into the bucket. */
  long visitors() {
    return visitors;
  }

  GroupedHits hits() {
    return hits;
  }

  /** Next clicks that were judged. */
  long events() {
    return hits.events();
  }

  /** Share of the clicks on one of the first 20 places. */
  double hitRate20() {
    return (double) hits.hits() / events();
  }

  /** Mean of 1 / rank over the clicks, 0 for one on no place. */
  double reciprocalRank20() {
    return hits.reciprocalRanks() / events();
  }

  /** Share of the items on sale that stood in some list, null if no catalogue is known. */
  Double coverage() {
    return itemsOnSale == 0 ? null : (Double) Math.min(1, items.count() / itemsOnSale);
  }

  /** Share of the places filled with each reason. */
  Map<ReasonType, Double> byReason() {
    return sharesByReason(placesByLevel);
  }

  /** Share of the hits on places with each reason. */
  Map<ReasonType, Double> hitsByReason() {
    return sharesByReason(hitsByLevel);
  }

  /** Share of the places filled from each level. */
  Map<ListLevel, Double> byLevel() {
    double all = Arrays.stream(placesByLevel).sum();
    Map<ListLevel, Double> shares = new EnumMap<>(ListLevel.class);
    for (ListLevel level : LEVELS) {
      if (placesByLevel[level.ordinal()] > 0) {
        shares.put(level, placesByLevel[level.ordinal()] / all);
      }
    }
    return shares;
  }

  private static Map<ReasonType, Double> sharesByReason(long[] counts) {
    Map<ReasonType, Long> sums = new EnumMap<>(ReasonType.class);
    for (ListLevel level : LEVELS) {
      if (counts[level.ordinal()] > 0) {
        sums.merge(level.reason(), counts[level.ordinal()], Long::sum);
      }
    }
    double all = Arrays.stream(counts).sum();
    Map<ReasonType, Double> shares = new EnumMap<>(ReasonType.class);
    sums.forEach((reason, sum) -> shares.put(reason, sum / all));
    return shares;
  }

  void write(ByteWriter out) {
    out.writeVarLong(visitors);
    hits.write(out);
    for (int level = 0; level < LEVELS.length; level++) {
      out.writeVarLong(placesByLevel[level]);
      out.writeVarLong(hitsByLevel[level]);
    }
    items.write(out);
    out.writeVarLong(itemsOnSale);
  }

  static MinuteQuality read(ByteReader in) {
    MinuteQuality read = new MinuteQuality();
    read.visitors = in.readVarLong();
    read.hits = GroupedHits.read(in);
    for (int level = 0; level < LEVELS.length; level++) {
      read.placesByLevel[level] = in.readVarLong();
      read.hitsByLevel[level] = in.readVarLong();
    }
    read.items = DistinctSketch.read(in, ITEMS_PRECISION);
    read.itemsOnSale = in.readVarInt();
    return read;
  }
}
