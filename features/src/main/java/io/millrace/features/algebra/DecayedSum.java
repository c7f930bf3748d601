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
  private final Wide[] sums = new Wide[KEPT];

  /** Number of the newest half-life; what is older than {@link #KEPT} of them is forgotten. */
  private long newest = Long.MIN_VALUE / 2;

  private long count;

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
      sums[slot(n)] = null;
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
      int slot = slot(number);
      if (sums[slot] == null) {
        sums[slot] = new Wide();
      }
      sums[slot].addProduct(value, weight(time, number));
    }
  }

  private long weight(long time, long number) {
    double into = (double) (time - number * halfLife) / halfLife;
    return (long) Math.rint(StrictMath.pow(2, into) * WEIGHT_ONE);
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
    for (int age = KEPT - 1; age >= 0; age--) {
      Wide part = sums[slot(newest - age)];
      if (part != null) {
        sum += part.toDouble() * HALVES[age];
      }
    }
    long number = Math.floorDiv(time, halfLife);
    double into = (double) (time - number * halfLife) / halfLife;
    int halved = (int) Math.min(number - newest, MOST_HALVED);
    return StrictMath.scalb(sum / WEIGHT_ONE / StrictMath.pow(2, into), -halved);
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
    int used = 0;
    for (Wide sum : sums) {
      used += sum == null || sum.isZero() ? 0 : 1;
    }
    out.writeVarLong(used);
    for (int age = 0; age < KEPT; age++) {
      Wide sum = sums[slot(newest - age)];
      if (sum != null && !sum.isZero()) {
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
      sums[slot(newest - age)] = Wide.read(in);
    }
  }
}
