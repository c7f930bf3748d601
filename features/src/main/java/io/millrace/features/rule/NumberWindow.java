package io.millrace.features.rule;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.event.FraudRule.Function;
import java.util.Arrays;

/**
 * The numbers of the events in a sliding window, in the order of their times. Up to {@link
 * #MAX_ENTRIES} are kept one by one; when there are more, those within one {@link #SLOTS}th of the
 * window become one entry. An entry stays until its last event is too old: then a value counts some
 * events a little longer, and says so. Deviations of entries are joined after Chan, Golub and
 * LeVeque.
 */
final class NumberWindow implements RuleState {
  /** Entries kept at most. */
  static final int MAX_ENTRIES = 512;

  /** Parts of a window within which events may become one entry. */
  static final int SLOTS = 256;

  /** The most bytes of a state value. */
  static final int MAX_BYTES = 32 + MAX_ENTRIES * 56;

  private static final int LAYOUT = 1;
  private static final int FIGURES = 4;
  private static final int SUM = 0;
  private static final int SQUARES = 1;
  private static final int MIN = 2;
  private static final int MAX = 3;

  private final long window;
  private long[] firsts = new long[4];
  private long[] lasts = new long[4];
  private long[] counts = new long[4];

  /** By entry: the sum, the squared distances from the mean, the least and the greatest. */
  private double[] figures = new double[4 * FIGURES];

  private int size;

  /**
   * @param window how long it is, in milliseconds
   */
  NumberWindow(long window) {
    this.window = window;
  }

  static NumberWindow ofBytes(byte[] bytes, long window) {
    NumberWindow read = new NumberWindow(window);
    ByteReader in = new ByteReader(bytes);
    in.readVersion("the window of a rule", LAYOUT);
    int entries = in.readVarInt();
    long before = 0;
    for (int i = 0; i < entries; i++) {
      read.reserve();
      read.firsts[i] = before + in.readSignedVarLong();
      read.lasts[i] = read.firsts[i] + in.readVarLong();
      read.counts[i] = in.readVarLong();
      boolean single = read.counts[i] == 1;
      double sum = Double.longBitsToDouble(in.readLong());
      read.set(i, SUM, sum);
      read.set(i, SQUARES, single ? 0 : Double.longBitsToDouble(in.readLong()));
      read.set(i, MIN, single ? sum : Double.longBitsToDouble(in.readLong()));
      read.set(i, MAX, single ? sum : Double.longBitsToDouble(in.readLong()));
      before = read.lasts[i];
      read.size++;
    }
    return read;
  }

  @Override
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(16 + size * 16);
    out.writeByte(LAYOUT);
    out.writeVarLong(size);
    long before = 0;
    for (int i = 0; i < size; i++) {
      out.writeSignedVarLong(firsts[i] - before);
      out.writeVarLong(lasts[i] - firsts[i]);
      out.writeVarLong(counts[i]);
      for (int figure = 0; figure < (counts[i] == 1 ? 1 : FIGURES); figure++) {
        out.writeLong(Double.doubleToRawLongBits(figure(i, figure)));
      }
      before = lasts[i];
    }
    return out.toBytes();
  }

  /** Takes an event and lets go of those that are too old by now. */
  void add(long time, double value) {
    RuleState.checkOrder(time, size == 0 ? time : lasts[size - 1]);
    expire(time - window);
    if (size == MAX_ENTRIES) {
      merge();
    }
    reserve();
    firsts[size] = time;
    lasts[size] = time;
    counts[size] = 1;
    set(size, SUM, value);
    set(size, SQUARES, 0);
    set(size, MIN, value);
    set(size, MAX, value);
    size++;
  }

  /** Whether some events are counted although they are too old, as of the newest event. */
  boolean approximate() {
    return firsts[0] <= lasts[size - 1] - window;
  }

  /** What a function makes of the window as of the newest event. */
  double result(Function function) {
    double count = 0;
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      count += counts[i];
      sum += figure(i, SUM);
      min = Math.min(min, figure(i, MIN));
      max = Math.max(max, figure(i, MAX));
    }
    return switch (function) {
      case COUNT -> count;
      case SUM -> sum;
      case MEAN -> sum / count;
      case MIN -> min;
      case MAX -> max;
      case STDDEV -> Math.sqrt(squares(0, size, sum / count) / count);
      case DISTINCT -> throw new IllegalArgumentException("a window of numbers counts no values");
    };
  }

  /** The squared distances of some entries from a mean. */
  private double squares(int from, int to, double mean) {
    double squares = 0;
    for (int i = from; i < to; i++) {
      double distance = figure(i, SUM) / counts[i] - mean;
      squares += figure(i, SQUARES) + counts[i] * distance * distance;
    }
    return squares;
  }

  private void expire(long upTo) {
    int expired = 0;
    while (expired < size && lasts[expired] <= upTo) {
      expired++;
    }
    if (expired > 0) {
      size -= expired;
      System.arraycopy(firsts, expired, firsts, 0, size);
      System.arraycopy(lasts, expired, lasts, 0, size);
      System.arraycopy(counts, expired, counts, 0, size);
      System.arraycopy(figures, expired * FIGURES, figures, 0, size * FIGURES);
    }
  }

  /** Makes one entry of all that begin within the same part of the window. */
  private void merge() {
    long slot = (window + SLOTS - 1) / SLOTS;
    int merged = 0;
    for (int from = 0, to; from < size; from = to) {
      to = from + 1;
      while (to < size && Math.floorDiv(firsts[to], slot) == Math.floorDiv(firsts[from], slot)) {
        to++;
      }
      join(from, to, merged++);
    }
    size = merged;
  }

  private void join(int from, int to, int into) {
    long count = 0;
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      count += counts[i];
      sum += figure(i, SUM);
      min = Math.min(min, figure(i, MIN));
      max = Math.max(max, figure(i, MAX));
    }
    double squares = squares(from, to, sum / count);
    firsts[into] = firsts[from];
    lasts[into] = lasts[to - 1];
    counts[into] = count;
    set(into, SUM, sum);
    set(into, SQUARES, squares);
    set(into, MIN, min);
    set(into, MAX, max);
  }

  private double figure(int entry, int which) {
    return figures[entry * FIGURES + which];
  }

  private void set(int entry, int which, double value) {
    figures[entry * FIGURES + which] = value;
  }

  private void reserve() {
    if (size == firsts.length) {
      int more = size * 2;
      firsts = Arrays.copyOf(firsts, more);
      lasts = Arrays.copyOf(lasts, more);
      counts = Arrays.copyOf(counts, more);
      figures = Arrays.copyOf(figures, more * FIGURES);
    }
  }
}
