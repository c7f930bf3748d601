package io.millrace.features.algebra;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;

/**
 * A sum in which every value weighs half for each half-life of age, kept as integers: time is
 * divided into half-lives, and each has the sum of its values, weighed 2^(how far into it they
 * came) in fixed point. This is forward decay (Cormode, Shkapenyuk, Srivastava and Xu, "Forward
 * Decay", ICDE 2009) with an exact sum, so that any order of arrival, however late, gives the same
 * bits, and a value can be taken back. Half-lives 64 before the newest row's and older weigh
 * nothing.
 */
final class DecayedSum {
  /** Half-lives kept. */
  static final int KEPT = 64;

  /** Bytes it takes at most. */
  static final int MAX_BYTES = 30 + KEPT * (2 + Wide.MAX_BYTES);

  /** Bits of a weight behind the point: an error below 2^-48 of each value. */
  private static final double WEIGHT_ONE = 0x1p48;

  /** After which nothing is left of any sum. */
  private static final long MOST_HALVED = 2_000;

  private static final double[] HALVES = new double[KEPT];

  static {
    for (int age = 0; age < KEPT; age++) {
      HALVES[age] = StrictMath.scalb(1.0, -age);
    }
  }

  private final long halfLife;

  /** By slot, the high and the low half of a 128-bit sum; null while there is none. */
  private long[] sums;

  /** A bit for each slot that was added to: a sum there may be other than 0. */
  private long used;

  /** Number of the newest half-life; what is older than {@link #KEPT} of them is forgotten. */
  private long newest = Long.MIN_VALUE / 2;

  private long count;

  /** The time whose power was asked for last, and this power. */
  private long poweredTime = Long.MIN_VALUE;

  private double power;

  DecayedSum(long halfLife) {
    this.halfLife = halfLife;
  }

  /** Forgets what weighs nothing any more as of the newest row. */
  void advance(long newestTime) {
    long number = Math.floorDiv(newestTime, halfLife);
    if (number <= newest) {
      return;
    }
    for (long n = number; n > newest && n > number - KEPT; n--) {
      used &= ~(1L << n);
    }
    newest = number;
  }

  void add(long time, long value) {
    count++;
    weigh(time, value);
  }

  /** Takes back a value that was added. */
  void remove(long time, long value) {
    count--;
    weigh(time, -value);
  }

  private void weigh(long time, long value) {
    long number = Math.floorDiv(time, halfLife);
    if (number > newest - KEPT) {
      Wide sum = sum(slot(number));
      sum.addProduct(value, (long) Math.rint(power(time) * WEIGHT_ONE));
      put(slot(number), sum);
    }
  }

  private Wide sum(int slot) {
    return (used >>> slot & 1) == 0 ? new Wide() : new Wide(sums[2 * slot], sums[2 * slot + 1]);
  }

  private void put(int slot, Wide sum) {
    sums = sums == null ? new long[2 * KEPT] : sums;
    sums[2 * slot] = sum.high;
    sums[2 * slot + 1] = sum.low;
    used |= 1L << slot;
  }

  /** 2^(how far into its half-life a time is). */
  private double power(long time) {
    if (time != poweredTime) {
      double into = (double) Math.floorMod(time, halfLife) / halfLife;
      power = StrictMath.pow(2, into);
      poweredTime = time;
    }
    return power;
  }

  private static int slot(long number) {
    return (int) (number & KEPT - 1);
  }

  /** Values that were added, however old. */
  long count() {
    return count;
  }

  /** The sum as of a time that no value is newer than. */
  double value(long time) {
    double sum = 0;
    // From the oldest half-life to the newest: the bit of the newest is moved to the highest.
    long rest = Long.rotateLeft(used, KEPT - 1 - slot(newest));
    for (; rest != 0; rest &= rest - 1) {
      int age = KEPT - 1 - Long.numberOfTrailingZeros(rest);
      sum += sum(slot(newest - age)).toDouble() * HALVES[age];
    }
    int halved = (int) Math.min(Math.floorDiv(time, halfLife) - newest, MOST_HALVED);
    return StrictMath.scalb(sum / WEIGHT_ONE / power(time), -halved);
  }

  /** Whether too much was forgotten to say what the sum was as of a time. */
  boolean forgot(long time) {
    return Math.floorDiv(time, halfLife) < newest - KEPT / 4;
  }

  /** The time before which all is forgotten. */
  long forgottenBefore() {
    return (newest - KEPT + 1) * halfLife;
  }

  void write(ByteWriter out) {
    out.writeVarLong(count);
    if (count == 0) {
      return;
    }
    out.writeSignedVarLong(newest);
    int notZero = 0;
    for (int slot = 0; slot < KEPT; slot++) {
      notZero += sum(slot).isZero() ? 0 : 1;
    }
    out.writeVarLong(notZero);
    for (int age = 0; age < KEPT; age++) {
      Wide sum = sum(slot(newest - age));
      if (!sum.isZero()) {
        out.writeByte(age);
        sum.write(out);
      }
    }
  }

  /** Reads what was written; the newest row's time must be told by {@link #advance} after it. */
  void read(ByteReader in) {
    count = in.readVarLong();
    if (count == 0) {
      return;
    }
    newest = in.readSignedVarLong();
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      int age = in.readByte();
      put(slot(newest - age), Wide.read(in));
    }
  }
}
