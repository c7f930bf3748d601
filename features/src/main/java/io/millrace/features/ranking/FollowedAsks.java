package io.millrace.features.ranking;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.neighbour.AnswerMerge.Candidate;
import io.millrace.features.session.Hashes;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Joins each ask of a visitor with the click that follows it, whichever of the two is known first:
 * a click is known when the first of the postings it asks has answered, an ask's candidates when
 * the last one has, and several asks may be under way. Each is joined once at most.
 */
public final class FollowedAsks {
  private static final int LAYOUT = 1;

  /** Asks, and clicks, that are kept while the other half is not known; beyond, the oldest go. */
  private static final int MOST = 32;

  private final long waitMs;

  /** By number, those whose next click is not known. */
  private final NavigableMap<Integer, Ask> asks = new TreeMap<>();

  /** By number, those that follow an ask whose candidates are not known. */
  private final NavigableMap<Integer, Click> clicks = new TreeMap<>();

  /**
   * Nothing known yet.
   *
   * @param waitMs event time within which the click must follow, milliseconds
   */
  public FollowedAsks(long waitMs) {
    this.waitMs = waitMs;
  }

  /**
   * A click, which is an ask of its own.
   *
   * @param number of the ask; the visitor's later ones have larger numbers
   * @param time event time, milliseconds since the epoch
   * @param item hash of the item clicked, see {@link Hashes}
   * @param before hash of the item clicked before it in the session, 0 if it is the first
   */
  public record Click(int number, long time, long item, long before) {}

  /** The candidates of an ask. */
  private record Ask(Click click, long[] candidates, float[] features) {
    private int indexOf(long item) {
      for (int i = 0; i < candidates.length; i++) {
        if (candidates[i] == item) {
          return i;
        }
      }
      return -1;
    }
  }

  /**
   * An ask and the click that followed.
   *
   * @param time event time of that click
   * @param features of the ask's candidates
   * @param clicked place among them of the item clicked, -1 if it was none of them
   */
  public record Followed(long time, float[] features, int clicked) {}

  /** Whether there is nothing to keep. */
  public boolean isEmpty() {
    return asks.isEmpty() && clicks.isEmpty();
  }

  /** Forgets all. */
  public void clear() {
    asks.clear();
    clicks.clear();
  }

  /**
   * A click is known.
   *
   * @return the ask before it, null if that is not known (yet)
   */
  public Followed clicked(Click now) {
    Ask before = asks.remove(now.number - 1);
    if (before != null) {
      return joined(before, now);
    }
    if (now.before != 0) {
      clicks.put(now.number, now);
      letOldestGo(clicks);
    }
    return null;
  }

  /**
   * The candidates of an ask are known.
   *
   * @return with the click that followed, null if that is not known (yet)
   */
  public Followed asked(Click asking, RankingCandidates candidates) {
    long[] items =
        candidates.candidates().stream().map(Candidate::item).mapToLong(Hashes::of).toArray();
    Ask now = new Ask(asking, items, candidates.features());
    Click next = clicks.remove(asking.number + 1);
    if (next != null) {
      return joined(now, next);
    }
    asks.put(asking.number, now);
    letOldestGo(asks);
    return null;
  }

  private static void letOldestGo(NavigableMap<Integer, ?> waiting) {
    if (waiting.size() > MOST) {
      waiting.pollFirstEntry();
    }
  }

  /** Null if the one does not follow the other: in another session, too late, or out of order. */
  private Followed joined(Ask ask, Click next) {
    long time = next.time - ask.click.time;
    boolean follows = next.before == ask.click.item && time > 0 && time <= waitMs;
    return follows ? new Followed(next.time, ask.features, ask.indexOf(next.item)) : null;
  }

  /** The state value. */
  public byte[] toBytes() {
    int candidates = asks.values().stream().mapToInt(ask -> ask.candidates.length).sum();
    ByteWriter out =
        new ByteWriter(
            64
                + (asks.size() + clicks.size()) * 32
                + candidates * (Long.BYTES + RankingFeatures.COUNT * Float.BYTES));
    out.writeByte(LAYOUT);
    out.writeByte(clicks.size());
    for (Click click : clicks.values()) {
      write(click, out);
    }
    out.writeByte(asks.size());
    for (Ask ask : asks.values()) {
      write(ask.click, out);
      RankingExample.write(ask.features, out);
      for (long candidate : ask.candidates) {
        out.writeLong(candidate);
      }
    }
    return out.toBytes();
  }

  private static void write(Click click, ByteWriter out) {
    out.writeVarLong(click.number);
    out.writeSignedVarLong(click.time);
    out.writeLong(click.item);
    out.writeLong(click.before);
  }

  /** Reads a state value; asks whose candidates were described otherwise are let go. */
  public static FollowedAsks ofBytes(byte[] bytes, long waitMs) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("asks that wait for a click", LAYOUT);
    FollowedAsks read = new FollowedAsks(waitMs);
    for (int rest = in.readByte(); rest > 0; rest--) {
      Click click = readClick(in);
      read.clicks.put(click.number, click);
    }
    for (int rest = in.readByte(); rest > 0; rest--) {
      Click asking = readClick(in);
      float[] features = RankingExample.read(in);
      if (features == null) {
        return read;
      }
      long[] candidates = new long[features.length / RankingFeatures.COUNT];
      for (int i = 0; i < candidates.length; i++) {
        candidates[i] = in.readLong();
      }
      read.asks.put(asking.number, new Ask(asking, candidates, features));
    }
    return read;
  }

  private static Click readClick(ByteReader in) {
    return new Click(in.readVarInt(), in.readSignedVarLong(), in.readLong(), in.readLong());
  }
}
