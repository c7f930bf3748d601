package io.millrace.features.ranking;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.neighbour.AnswerMerge.Candidate;
import io.millrace.features.quality.ServedList;
import io.millrace.features.session.Hashes;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Joins each ask of a visitor with the click that follows it, whichever of the two is known first:
 * a click is known when the first of the postings it asks has answered, an ask's list when the last
 * one has, and several asks may be under way. Each is joined once at most.
 */
public final class FollowedAsks {
  /** The first had no lists; what waited then is let go. */
  private static final int LAYOUT = 2;

  /** Asks, and clicks, that are kept while the other half is not known; beyond, the oldest go. */
  private static final int MOST = 32;

  /** Places of a list, at most. */
  private static final int LONGEST_LIST = 50;

  private final long waitMs;
  private final boolean repeats;

  /** By number, those whose next click is not known. */
  private final NavigableMap<Integer, Ask> asks = new TreeMap<>();

  /** By number, those that follow an ask whose list is not known. */
  private final NavigableMap<Integer, Click> clicks = new TreeMap<>();

  /**
   * Nothing known yet.
   *
   * @param waitMs event time within which the click must follow, milliseconds
   * @param repeats whether a click on the very item that asked follows, too: where lists leave that
   *     item out, it says nothing of them
   */
  public FollowedAsks(long waitMs, boolean repeats) {
    this.waitMs = waitMs;
    this.repeats = repeats;
  }

  /**
   * A click, which is an ask of its own.
   *
   * @param number of the ask; the visitor's later ones have larger numbers
   * @param time event time, milliseconds since the epoch
   * @param item hash of the item clicked, see {@link Hashes}
   * @param before hash of the item clicked before it in the session, 0 if it is the first
   * @param chosen the place in a list that was clicked, {@link Chosen#NOWHERE} if none is known
   */
  public record Click(int number, long time, long item, long before, Chosen chosen) {}

  /**
   * A place in a list.
   *
   * @param list hash of the list's version, 0 for none
   * @param place from 0
   */
  public record Chosen(long list, int place) {
    /** No list is known. */
    public static final Chosen NOWHERE = new Chosen(0, 0);
  }

  /**
   * What was given to whoever asked.
   *
   * @param version hash of the list's version
   * @param split a number for how visitors were split
   * @param bucket the visitor was in
   * @param segment of those who learn apart
   * @param list its first places
   */
  public record Given(long version, long split, String bucket, String segment, ServedList list) {}

  /** An ask with its candidates, none where they are of no use. */
  private record Ask(Click click, Given given, long[] candidates, float[] features) {
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
   * @param given what had been asked for
   * @param rank of the item clicked in that list, from 1, 0 if it is none of its first
   * @param place at which that very list was clicked, -1 if that is not known
   * @param features of the ask's candidates, none where they are of no use
   * @param clicked place among the candidates of the item clicked, -1 if it was none of them
   */
  public record Followed(
      long time, Given given, int rank, int place, float[] features, int clicked) {}

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
   * The list of an ask is known.
   *
   * @param candidates it was made of, null where they are of no use
   * @return with the click that followed, null if that is not known (yet)
   */
  public Followed asked(Click asking, Given given, RankingCandidates candidates) {
    Ask now =
        candidates == null
            ? new Ask(asking, given, new long[0], new float[0])
            : new Ask(asking, given, hashes(candidates), candidates.features());
    Click next = clicks.remove(asking.number + 1);
    if (next != null) {
      return joined(now, next);
    }
    asks.put(asking.number, now);
    letOldestGo(asks);
    return null;
  }

  private static long[] hashes(RankingCandidates candidates) {
    return candidates.candidates().stream().map(Candidate::item).mapToLong(Hashes::of).toArray();
  }

  private static void letOldestGo(NavigableMap<Integer, ?> waiting) {
    if (waiting.size() > MOST) {
      waiting.pollFirstEntry();
    }
  }

  /** Null if the one does not follow the other: in another session, too late, or out of order. */
  private Followed joined(Ask ask, Click next) {
    long time = next.time - ask.click.time;
    boolean repeat = !repeats && next.item == ask.click.item;
    if (next.before != ask.click.item || repeat || time <= 0 || time > waitMs) {
      return null;
    }
    int rank = ask.given.list.rankOf(next.item);
    boolean inList = next.chosen.list == ask.given.version;
    return new Followed(
        next.time,
        ask.given,
        rank,
        inList ? place(next.chosen.place, rank) : -1,
        ask.features,
        ask.indexOf(next.item));
  }

  /** A page that leaves items out moves others up, never down: what claims more is not believed. */
  private static int place(int claimed, int rank) {
    if (rank > 0) {
      return Math.min(claimed, rank - 1);
    }
    return claimed < LONGEST_LIST ? claimed : -1;
  }

  /** The state value. */
  public byte[] toBytes() {
    int candidates = asks.values().stream().mapToInt(ask -> ask.candidates.length).sum();
    ByteWriter out =
        new ByteWriter(
            64
                + clicks.size() * 32
                + asks.size() * 256
                + candidates * (Long.BYTES + RankingFeatures.COUNT * Float.BYTES));
    out.writeByte(LAYOUT);
    out.writeByte(clicks.size());
    for (Click click : clicks.values()) {
      write(click, out);
    }
    out.writeByte(asks.size());
    for (Ask ask : asks.values()) {
      write(ask.click, out);
      out.writeLong(ask.given.version);
      out.writeLong(ask.given.split);
      out.writeText(ask.given.bucket);
      out.writeText(ask.given.segment);
      ask.given.list.write(out);
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
    out.writeLong(click.chosen.list);
    out.writeVarLong(click.chosen.place);
  }

  /** Reads a state value; asks whose candidates were described otherwise are let go. */
  public static FollowedAsks ofBytes(byte[] bytes, long waitMs, boolean repeats) {
    ByteReader in = new ByteReader(bytes);
    FollowedAsks read = new FollowedAsks(waitMs, repeats);
    if (in.readVersion("asks that wait for a click", LAYOUT) < LAYOUT) {
      return read;
    }
    for (int rest = in.readByte(); rest > 0; rest--) {
      Click click = readClick(in);
      read.clicks.put(click.number, click);
    }
    for (int rest = in.readByte(); rest > 0; rest--) {
      Click asking = readClick(in);
      Given given =
          new Given(
              in.readLong(), in.readLong(), in.readText(), in.readText(), ServedList.read(in));
      float[] features = RankingExample.read(in);
      if (features == null) {
        return read;
      }
      long[] candidates = new long[features.length / RankingFeatures.COUNT];
      for (int i = 0; i < candidates.length; i++) {
        candidates[i] = in.readLong();
      }
      read.asks.put(asking.number, new Ask(asking, given, candidates, features));
    }
    return read;
  }

  private static Click readClick(ByteReader in) {
    return new Click(
        in.readVarInt(),
        in.readSignedVarLong(),
        in.readLong(),
        in.readLong(),
        new Chosen(in.readLong(), in.readVarInt()));
  }
}
