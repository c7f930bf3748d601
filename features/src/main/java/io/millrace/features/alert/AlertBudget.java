package io.millrace.features.alert;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;

/**
 * So many alerts a day, and those of the highest scores: which candidates of a stream to admit, one
 * after the other.
 *
 * <p>A day is any {@value #HOURS} hours in a row by the clock, the one that has begun among them.
 * Of it is counted how many candidates had a score in each of the {@link ScoreBuckets}, and how
 * many were admitted. A candidate is admitted if
 *
 * <ul>
 *   <li>fewer than the budget have been admitted, so that in no day there are more;
 *   <li>and fewer than the budget have had scores of a higher bucket. What is left of the budget
 *       counts {@value #CATCH_UP} times on top: it is then used up within half a day.
 * </ul>
 *
 * <p>As long as no more candidates come in a day than are allowed, all are admitted; a flood at the
 * start therefore leaves nothing for the rest of the first day. All of it is counted in whole
 * numbers, so the same candidates in the same order are judged the same. Time does not run back:
 * what comes late counts as of the hour that has begun. Not safe for use by several threads.
 */
public final class AlertBudget {
  /** A budget without a limit. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  private static final int HOURS = 24;
  private static final int CATCH_UP = 2;
  private static final long HOUR = 3_600_000;
  private static final long NONE = Long.MIN_VALUE;
  private static final int LAYOUT = 1;

  private final int alertsADay;

  /** The hour that has begun, counted from the epoch. */
  private long hour = NONE;

  /** By hour, around and around, and by bucket. */
  private final int[][] candidates = new int[HOURS][ScoreBuckets.COUNT];

  private final int[] admitted = new int[HOURS];

  /** Sums over the hours. */
  private final int[] candidatesOfDay = new int[ScoreBuckets.COUNT];

  private int admittedOfDay;

  private AlertBudget(int alertsADay) {
    if (alertsADay < 1) {
      throw new IllegalArgumentException(
          "%d alerts a day; set 1 or more, or no limit".formatted(alertsADay));
    }
    this.alertsADay = alertsADay;
  }

  /**
   * So many alerts a day.
   *
   * @throws IllegalArgumentException if it is not 1 or more
   */
  public static AlertBudget of(int alertsADay) {
    return new AlertBudget(alertsADay);
  }

  /** Admits everything, and counts it all the same: a limit set later knows what to expect. */
  public static AlertBudget unlimited() {
    return new AlertBudget(UNLIMITED);
  }

  /**
   * Judges the next candidate.
   *
   * @param time of the candidate, milliseconds since the epoch; not before that of the last one
   * @param score 0 to 1
   * @throws IllegalArgumentException if it is not a score
   */
  public boolean admits(long time, double score) {
    int bucket = ScoreBuckets.of(score);
    begin(Math.floorDiv(time, HOUR));
    long left = alertsADay - admittedOfDay;
    boolean admits = left > 0 && above(bucket) < alertsADay + CATCH_UP * left;
    int slot = slot(hour);
    candidates[slot][bucket]++;
    candidatesOfDay[bucket]++;
    if (admits) {
      admitted[slot]++;
      admittedOfDay++;
    }
    return admits;
  }

  private long above(int bucket) {
    long above = 0;
    for (int i = bucket + 1; i < candidatesOfDay.length; i++) {
      above += candidatesOfDay[i];
    }
    return above;
  }

  private void begin(long next) {
    if (hour == NONE) {
      hour = next;
    }
    // The slots are cleared once, however long nothing came.
    hour = Math.max(hour, next - HOURS);
    while (hour < next) {
      hour++;
      clear(slot(hour));
    }
  }

  private void clear(int slot) {
    for (int bucket = 0; bucket < ScoreBuckets.COUNT; bucket++) {
      candidatesOfDay[bucket] -= candidates[slot][bucket];
      candidates[slot][bucket] = 0;
    }
    admittedOfDay -= admitted[slot];
    admitted[slot] = 0;
  }

  private static int slot(long hour) {
    return (int) Math.floorMod(hour, (long) HOURS);
  }

  /** The state value; how many a day are allowed is not in it. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(256);
    out.writeByte(LAYOUT);
    out.writeLong(hour);
    for (int slot = 0; slot < HOURS; slot++) {
      out.writeVarLong(admitted[slot]);
      writeCounts(candidates[slot], out);
    }
    return out.toBytes();
  }

  /** Each count that is not 0, behind its distance from the one before; 0 ends them. */
  private static void writeCounts(int[] counts, ByteWriter out) {
    int before = -1;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      if (counts[bucket] != 0) {
        out.writeVarLong(bucket - before);
        out.writeVarLong(counts[bucket]);
        before = bucket;
      }
    }
    out.writeVarLong(0);
  }

  /**
   * Reads a state value.
   *
   * @param alertsADay from now on, 1 or more, or {@link #UNLIMITED}
   */
  public static AlertBudget ofBytes(byte[] bytes, int alertsADay) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("an alert budget", LAYOUT);
    AlertBudget read = new AlertBudget(alertsADay);
    read.hour = in.readLong();
    for (int slot = 0; slot < HOURS; slot++) {
      read.admitted[slot] = in.readVarInt();
      read.admittedOfDay += read.admitted[slot];
      int bucket = -1;
      for (int step = in.readVarInt(); step > 0; step = in.readVarInt()) {
        bucket += step;
        read.candidates[slot][bucket] = in.readVarInt();
        read.candidatesOfDay[bucket] += read.candidates[slot][bucket];
      }
    }
    return read;
  }
}
