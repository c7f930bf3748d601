package io.millrace.features.ranking;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.neighbour.AnswerMerge.Candidate;
import io.millrace.features.session.Hashes;

/**
 * Joins a visitor's ask with the click that follows it, whichever of the two is known first: a
 * click is known when the first of the postings it asks has answered, an ask's candidates when the
 * last one has. Every ask is joined once at most. Keeps the newest ask and the newest click only.
 */
public final class FollowedAsks {
  private static final int LAYOUT = 1;
  private static final int ASK = 1;
  private static final int CLICK = 2;

  private final long waitMs;
  private Ask ask;
  private Click click;

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
    return ask == null && click == null;
  }

  /** Forgets both. */
  public void clear() {
    ask = null;
    click = null;
  }

  /**
   * A click is known.
   *
   * @return the ask before it, null if that is not known (yet)
   */
  public Followed clicked(Click now) {
    if (ask != null && follows(now, ask.click)) {
      return joined(ask, now);
    }
    if (click == null || now.number > click.number) {
      click = now;
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
    if (click != null && follows(click, asking)) {
      return joined(now, click);
    }
    if (ask == null || asking.number > ask.click.number) {
      ask = now;
    }
    return null;
  }

  private boolean follows(Click next, Click asking) {
    long time = next.time - asking.time;
    return next.number == asking.number + 1
        && next.before == asking.item
        && time > 0
        && time <= waitMs;
  }

  private Followed joined(Ask done, Click next) {
    clear();
    return new Followed(next.time, done.features, done.indexOf(next.item));
  }

  /** The state value. */
  public byte[] toBytes() {
    int candidates = ask == null ? 0 : ask.candidates.length;
    ByteWriter out =
        new ByteWriter(64 + candidates * (Long.BYTES + RankingFeatures.COUNT * Float.BYTES));
    out.writeByte(LAYOUT);
    out.writeByte((ask == null ? 0 : ASK) | (click == null ? 0 : CLICK));
    if (ask != null) {
      write(ask.click, out);
      RankingExample.write(ask.features, out);
      for (long candidate : ask.candidates) {
        out.writeLong(candidate);
      }
    }
    if (click != null) {
      write(click, out);
    }
    return out.toBytes();
  }

  private static void write(Click click, ByteWriter out) {
    out.writeVarLong(click.number);
    out.writeSignedVarLong(click.time);
    out.writeLong(click.item);
    out.writeLong(click.before);
  }

  /** Reads a state value; an ask whose candidates were described otherwise is let go. */
  public static FollowedAsks ofBytes(byte[] bytes, long waitMs) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("asks that wait for a click", LAYOUT);
    FollowedAsks read = new FollowedAsks(waitMs);
    int flags = in.readByte();
    if ((flags & ASK) != 0) {
      Click asking = readClick(in);
      float[] features = RankingExample.read(in);
      if (features == null) {
        return read;
      }
      long[] candidates = new long[features.length / RankingFeatures.COUNT];
      for (int i = 0; i < candidates.length; i++) {
        candidates[i] = in.readLong();
      }
      read.ask = new Ask(asking, candidates, features);
    }
    if ((flags & CLICK) != 0) {
      read.click = readClick(in);
    }
    return read;
  }

  private static Click readClick(ByteReader in) {
    return new Click(in.readVarInt(), in.readSignedVarLong(), in.readLong(), in.readLong());
  }
}
