package io.millrace.features.trend;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.Arrays;

/**
 * Clicks on one item by event-time hour, over the newest {@link #HOURS} hours in which anything may
 * count. Hours are numbered from the epoch. Clicks can be taken back, in any order: an hour in
 * which more was taken back than counted so far counts as none. Not safe for use by several
 * threads.
 */
public final class HourCounts {
  /** Hours kept: the newest hour with a click and the 23 before it. */
  public static final int HOURS = 24;

  /** Milliseconds of an hour. */
  public static final long HOUR_MS = 3_600_000;

  /** Before every hour: that of no click. */
  public static final long NO_HOUR = Long.MIN_VALUE;

  /** Hours after which a click weighs half. */
  static final double HALF_LIFE_HOURS = 3;

  private static final int LAYOUT = 1;
  private static final double[] WEIGHTS = new double[HOURS];

  static {
    for (int age = 0; age < HOURS; age++) {
      WEIGHTS[age] = Math.pow(2, -age / HALF_LIFE_HOURS);
    }
  }

  private final int[] counts = new int[HOURS];
  private long newestHour;
  private long newestTime;

  /** The hour an event time lies in. */
  public static long hourOf(long eventTime) {
    return Math.floorDiv(eventTime, HOUR_MS);
  }

  /**
   * Adds clicks of one hour.
   *
   * @param hour number of the hour
   * @param count how many, may be negative to take back
   * @param time event time of the newest of them, milliseconds since the epoch
   */
  public void add(long hour, int count, long time) {
    newestTime = Math.max(newestTime, time);
    if (hour > newestHour) {
      long clear = Math.min(hour - newestHour, HOURS);
      for (long h = hour - clear + 1; h <= hour; h++) {
        counts[slot(h)] = 0;
      }
      newestHour = hour;
    }
    if (hour > newestHour - HOURS) {
      counts[slot(hour)] += count;
    }
  }

  /** Event time of the newest click ever counted, even if taken back; 0 if there is none. */
  public long newestTime() {
    return newestTime;
  }

  /**
   * Clicks as of an hour, each weighing 2^(−age/3 h), those of a day ago and more nothing. Summed
   * from the oldest hour on: the same counts give the same bits.
   *
   * @param asOfHour number of an hour, not before {@link #newestHour()}
   */
  public double weigh(long asOfHour) {
    double sum = 0;
    long oldest = Math.max(asOfHour, newestHour) - HOURS + 1;
    for (long hour = oldest; hour <= Math.min(asOfHour, newestHour); hour++) {
      sum += Math.max(0, counts[slot(hour)]) * WEIGHTS[(int) (asOfHour - hour)];
    }
    return sum;
  }

  /** The newest hour with a click that was not taken back, {@link #NO_HOUR} if there is none. */
  public long newestHour() {
    for (int back = 0; back < HOURS; back++) {
      if (counts[slot(newestHour - back)] > 0) {
        return newestHour - back;
      }
    }
    return NO_HOUR;
  }

  /** Whether no click is left. */
  public boolean isEmpty() {
    return newestHour() == NO_HOUR;
  }

  /** Whether nothing is left, not even clicks that were taken back before they came. */
  boolean isZero() {
    for (int count : counts) {
      if (count != 0) {
        return false;
      }
    }
    return true;
  }

  /** A copy that later additions do not change. */
  public HourCounts copy() {
    HourCounts copy = new HourCounts();
    System.arraycopy(counts, 0, copy.counts, 0, HOURS);
    copy.newestHour = newestHour;
    copy.newestTime = newestTime;
    return copy;
  }

  /** Appends the counts to a state value or message. */
  public void write(ByteWriter out) {
    out.writeByte(LAYOUT);
    out.writeVarLong(newestTime);
    out.writeVarLong(newestHour);
    for (int back = 0; back < HOURS; back++) {
      out.writeVarLong(counts[slot(newestHour - back)]);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static HourCounts read(ByteReader in) {
    in.readVersion("hourly counts", LAYOUT);
    HourCounts read = new HourCounts();
    read.newestTime = in.readVarLong();
    read.newestHour = in.readVarLong();
    for (int back = 0; back < HOURS; back++) {
      read.counts[read.slot(read.newestHour - back)] = in.readVarInt();
    }
    return read;
  }

  private int slot(long hour) {
    return (int) Math.floorMod(hour, (long) HOURS);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HourCounts that
        && newestHour == that.newestHour
        && newestTime == that.newestTime
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(newestHour) * 31 + Arrays.hashCode(counts);
  }
}
