package io.millrace.features.profile;

import io.millrace.features.algebra.EntityFeatures;
import io.millrace.features.algebra.Layouts;
import io.millrace.features.algebra.Row;
import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.Arrays;

/**
 * The state of one visitor: features, the moment they are as of, where the population was told that
 * the visitor stands, and when something is due next. Not safe for use by several threads.
 */
public final class VisitorProfile {
  private static final int LAYOUT = 1;
  private static final long DAY_MS = 86_400_000;

  private final EntityFeatures features;
  private long passed = Long.MIN_VALUE;
  private int[] told = Standing.none();
  private long timer;
  private long expiry;
  private long heardOn;

  /**
   * Nothing known yet.
   *
   * @param maxRows events that are retained
   */
  public VisitorProfile(Layouts layouts, int maxRows) {
    this(new EntityFeatures(layouts, maxRows));
  }

  private VisitorProfile(EntityFeatures features) {
    this.features = features;
  }

  /**
   * Adds a row.
   *
   * @return false if it was added before, and nothing changes
   */
  public boolean add(Row row) {
    return features.add(row);
  }

  /**
   * Adds a row, in place of what was there of the same event.
   *
   * @return whether anything changed
   */
  public boolean put(Row row) {
    return features.put(row);
  }

  /**
   * Gives a row that was added before another content.
   *
   * @return false if it is not retained any more, and nothing changes
   */
  public boolean replace(Row row) {
    return features.replace(row);
  }

  /** Whether nothing is known. */
  public boolean isEmpty() {
    return features.isEmpty();
  }

  /** Event time of the newest event; there must be one. */
  public long newestTime() {
    return features.newestTime();
  }

  /** The moment that the profile is as of: the newest event, or a later one that was waited for. */
  public long asOf() {
    return Math.max(passed, features.newestTime());
  }

  /** The time has come that something was due at. */
  public void pass(long time) {
    passed = Math.max(passed, time);
  }

  /** When something is due next, 0 for never. */
  public long timer() {
    return timer;
  }

  /** Sets when something is due next, 0 for never. */
  public void setTimer(long time) {
    timer = time;
  }

  /** When it is to be looked whether the visitor is to be forgotten, wall clock; 0 for never. */
  public long expiry() {
    return expiry;
  }

  /** Sets when it is to be looked whether the visitor is to be forgotten, 0 for never. */
  public void setExpiry(long clock) {
    expiry = clock;
  }

  /** The visitor is heard of, or a time that was waited for has come. */
  public void hear(long clock) {
    heardOn = Math.max(heardOn, clock / DAY_MS);
  }

  /** Wall clock after which the visitor was not heard of any more, at most a day late. */
  public long silentSince() {
    return (heardOn + 1) * DAY_MS;
  }

  /** Forgets all events up to a time. */
  public void forgetUpTo(long time) {
    features.forgetUpTo(time);
    passed = Long.MIN_VALUE;
  }

  EntityFeatures features() {
    return features;
  }

  /** Hears how a visitor moves within the population. */
  public interface Moves {
    /**
     * A move into a bucket or out of it.
     *
     * @param count 1 or -1
     */
    void move(Standing.By by, int bucket, int count);
  }

  /**
   * The visitor stands somewhere now, perhaps somewhere else than the population was told.
   *
   * @param standing by {@link Standing.By}
   * @return whether the visitor moves
   */
  public boolean stand(int[] standing, Moves moves) {
    if (Arrays.equals(told, standing)) {
      return false;
    }
    for (Standing.By by : Standing.By.values()) {
      int before = told[by.ordinal()];
      int now = standing[by.ordinal()];
      if (before != now && before != Standing.NONE) {
        moves.move(by, before, -1);
      }
      if (before != now && now != Standing.NONE) {
        moves.move(by, now, 1);
      }
    }
    told = standing;
    return true;
  }

  /** The state value. */
  public byte[] toBytes() {
    byte[] stored = features.isEmpty() ? new byte[0] : features.toBytes();
    ByteWriter out = new ByteWriter(stored.length + 32);
    out.writeByte(LAYOUT);
    out.writeSignedVarLong(passed == Long.MIN_VALUE ? 0 : passed);
    out.writeVarLong(timer);
    out.writeVarLong(expiry);
    out.writeVarLong(heardOn);
    for (int bucket : told) {
      out.writeVarLong(bucket + 1);
    }
    out.writeVarLong(stored.length);
    out.writeBytes(stored);
    return out.toBytes();
  }

  /** Reads a state value. */
  public static VisitorProfile ofBytes(byte[] bytes, Layouts layouts, int maxRows) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("a visitor's profile", LAYOUT);
    long passed = in.readSignedVarLong();
    long timer = in.readVarLong();
    long expiry = in.readVarLong();
    long heardOn = in.readVarLong();
    int[] told = Standing.none();
    for (int i = 0; i < told.length; i++) {
      told[i] = in.readVarInt() - 1;
    }
    int length = in.readVarInt();
    VisitorProfile profile =
        length == 0
            ? new VisitorProfile(layouts, maxRows)
            : new VisitorProfile(EntityFeatures.ofBytes(in.readBytes(length), layouts, maxRows));
    profile.passed = passed == 0 ? Long.MIN_VALUE : passed;
    profile.timer = timer;
    profile.expiry = expiry;
    profile.heardOn = heardOn;
    profile.told = told;
    return profile;
  }
}
