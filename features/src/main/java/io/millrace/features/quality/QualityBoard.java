package io.millrace.features.quality;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.decision.QualityFigures;
import io.millrace.features.decision.QualityFigures.SampleRatioCheck;
import io.millrace.features.decision.RedisKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The figures of all buckets of an experiment. Minutes are counted apart while events may still
 * come for them, and go into the totals one after the other when they close; what is handed out
 * then is a function of the set of events, not of their order. Not safe for use by several threads.
 */
public final class QualityBoard {
  /** Minutes that may be open; of more, the oldest is closed before its time. */
  public static final int OPEN_MINUTES = 180;

  /** Milliseconds of a minute. */
  public static final long MINUTE_MS = 60_000;

  private static final int LAYOUT = 1;

  private final QualityTotals totals;
  private final NavigableMap<Long, Map<String, MinuteQuality>> open = new TreeMap<>();

  /** Minutes that ended by this time take no more events. */
  private long closed = Long.MIN_VALUE;

  /** Of minutes closed before their time, not handed out yet. */
  private final List<QualityFigures> waiting = new ArrayList<>();

  private final Map<String, QualityFigures> newest = new HashMap<>();

  /**
   * Nothing counted yet.
   *
   * @param split what names how visitors are split and what is done with each bucket: with another
   *     one, totals begin anew
   * @param shares of the visitors by bucket, adding up to 1, in the order to hand figures out in
   * @throws IllegalArgumentException if they do not add up, or a bucket is named {@link
   *     RedisKeys#QUALITY_ALL}
   */
  public QualityBoard(String split, Map<String, Double> shares) {
    this(new QualityTotals(split, shares, QualityTotals.FIRST_MINUTE));
  }

  private QualityBoard(QualityTotals totals) {
    this.totals = totals;
  }

  /**
   * Counts an event.
   *
   * @return false if it is not counted: its minute was closed already, or its bucket is none of
   *     these, for it was under way when the configuration changed
   */
  public boolean add(QualityEvent event) {
    long minute = Math.floorDiv(event.time(), MINUTE_MS) * MINUTE_MS;
    if (hasEnded(minute, closed) || !totals.shares().containsKey(event.bucket())) {
      return false;
    }
    open.computeIfAbsent(minute, start -> new HashMap<>())
        .computeIfAbsent(event.bucket(), bucket -> new MinuteQuality())
        .add(event);
    if (open.size() > OPEN_MINUTES) {
      closeOldest(waiting);
    }
    return true;
  }

  /**
   * Closes all minutes that ended by a time. Those of the end of the input are closed too, but if
   * it goes on after all, the minutes behind them are open.
   *
   * @param time milliseconds since the epoch, {@code Long.MAX_VALUE} for the end of the input
   * @return figures of minutes with judged clicks, oldest first, in each the buckets in their order
   *     and then all of them together
   */
  public List<QualityFigures> close(long time) {
    List<QualityFigures> figures = new ArrayList<>(waiting);
    waiting.clear();
    while (!open.isEmpty() && hasEnded(open.firstKey(), time)) {
      closeOldest(figures);
    }
    if (time != Long.MAX_VALUE) {
      closed = Math.max(closed, time);
    }
    figures.forEach(of -> newest.put(of.bucket(), of));
    return figures;
  }

  private static boolean hasEnded(long minute, long time) {
    return minute + MINUTE_MS <= time;
  }

  private void closeOldest(List<QualityFigures> figures) {
    Map.Entry<Long, Map<String, MinuteQuality>> oldest = open.pollFirstEntry();
    long minute = oldest.getKey();
    totals.add(minute, oldest.getValue());
    closed = Math.max(closed, minute + MINUTE_MS);
    MinuteQuality all = new MinuteQuality();
    for (String bucket : totals.shares().keySet()) {
      MinuteQuality quality = oldest.getValue().get(bucket);
      if (quality != null && quality.events() > 0) {
        figures.add(figures(bucket, minute, quality, totals.of(bucket), null));
        all.add(quality);
      }
    }
    if (all.events() > 0) {
      figures.add(figures(RedisKeys.QUALITY_ALL, minute, all, totals.all(), totals.sampleRatio()));
    }
  }

  private QualityFigures figures(
      String bucket,
      long minute,
      MinuteQuality quality,
      BucketQuality total,
      SampleRatioCheck sampleRatio) {
    return new QualityFigures(
        bucket,
        minute,
        quality.events(),
        quality.hitRate20(),
        quality.reciprocalRank20(),
        quality.coverage(),
        quality.byReason(),
        quality.hitsByReason(),
        quality.byLevel(),
        totals.figures(total),
        sampleRatio);
  }

  /** The figures handed out last of each bucket and of all together, to be written once more. */
  public List<QualityFigures> newest() {
    List<QualityFigures> figures = new ArrayList<>();
    for (String bucket : totals.shares().keySet()) {
      if (newest.containsKey(bucket)) {
        figures.add(newest.get(bucket));
      }
    }
    if (newest.containsKey(RedisKeys.QUALITY_ALL)) {
      figures.add(newest.get(RedisKeys.QUALITY_ALL));
    }
    return figures;
  }

  /** Running totals of a bucket as of the newest minute closed; null if it is none of these. */
  BucketQuality total(String bucket) {
    return totals.of(bucket);
  }

  /** The state value. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(4_096);
    out.writeByte(LAYOUT);
    totals.write(out);
    out.writeLong(closed);
    out.writeVarLong(open.size());
    open.forEach(
        (minute, byBucket) -> {
          out.writeSignedVarLong(minute);
          out.writeVarLong(byBucket.size());
          byBucket.forEach(
              (bucket, quality) -> {
                out.writeText(bucket);
                quality.write(out);
              });
        });
    write(waiting, out);
    write(newest(), out);
    return out.toBytes();
  }

  private static void write(List<QualityFigures> figures, ByteWriter out) {
    out.writeVarLong(figures.size());
    figures.forEach(of -> StoredFigures.write(of, out));
  }

  /**
   * Reads a state value. If visitors are split in another way than before, totals and the check of
   * the visitors begin anew behind the newest minute that is open: the visitors of that one came
   * under both.
   *
   * @param split as for a new board
   * @param shares likewise
   */
  public static QualityBoard ofBytes(byte[] bytes, String split, Map<String, Double> shares) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("the figures of the lists' quality", LAYOUT);
    QualityTotals before = QualityTotals.read(in);
    long closed = in.readLong();
    NavigableMap<Long, Map<String, MinuteQuality>> open = readMinutes(in);
    long since = open.isEmpty() ? QualityTotals.FIRST_MINUTE : open.lastKey() + MINUTE_MS;
    QualityBoard board = new QualityBoard(before.under(split, shares, since));
    board.closed = closed;
    open.forEach(
        (minute, byBucket) -> {
          byBucket.keySet().retainAll(shares.keySet());
          if (!byBucket.isEmpty()) {
            board.open.put(minute, byBucket);
          }
        });
    readFigures(in, shares, board.waiting);
    List<QualityFigures> newest = new ArrayList<>();
    readFigures(in, shares, newest);
    newest.forEach(of -> board.newest.put(of.bucket(), of));
    return board;
  }

  private static NavigableMap<Long, Map<String, MinuteQuality>> readMinutes(ByteReader in) {
    NavigableMap<Long, Map<String, MinuteQuality>> minutes = new TreeMap<>();
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      long minute = in.readSignedVarLong();
      Map<String, MinuteQuality> byBucket = new LinkedHashMap<>();
      for (int buckets = in.readVarInt(); buckets > 0; buckets--) {
        String bucket = in.readText();
        byBucket.put(bucket, MinuteQuality.read(in));
      }
      minutes.put(minute, byBucket);
    }
    return minutes;
  }

  /** Leaves out those of buckets there are no more. */
  private static void readFigures(
      ByteReader in, Map<String, Double> shares, List<QualityFigures> figures) {
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      QualityFigures of = StoredFigures.read(in);
      if (shares.containsKey(of.bucket()) || of.bucket().equals(RedisKeys.QUALITY_ALL)) {
        figures.add(of);
      }
    }
  }
}
