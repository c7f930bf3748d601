package io.millrace.features.algebra;

import java.math.BigDecimal;

/**
 * A field that an event may carry. Numbers are kept as fixed-point longs, so that sums are exact
 * whatever the order of arrival.
 *
 * @param name in snake_case
 * @param type what it holds
 * @param decimals digits kept behind the point, 0 to 9; 0 unless it is a number
 */
public record Field(String name, Type type, int decimals) {
  /** Digits kept behind the point where nothing else is said. */
  public static final int DEFAULT_DECIMALS = 6;

  /** Digits that may be kept behind the point. */
  public static final int MAX_DECIMALS = 9;

  /** Longest text a row takes, in UTF-16 units. */
  public static final int MAX_TEXT_CHARS = 256;

  /** Fixed-point values are smaller in magnitude: sums over all retained rows then fit a long. */
  static final long LIMIT = 1L << 50;

  private static final long[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };

  /** What a field holds. */
  public enum Type {
    NUMBER,
    TEXT,
    FLAG
  }

  /**
   * @throws IllegalArgumentException if the name is not in snake_case, or the decimals do not fit
   */
  public Field {
    Names.check("field", name);
    if (decimals < 0 || decimals > MAX_DECIMALS) {
      throw new IllegalArgumentException(
          "field %s: %d decimals; a number keeps 0 to %d".formatted(name, decimals, MAX_DECIMALS));
    }
    if (type != Type.NUMBER && decimals != 0) {
      throw new IllegalArgumentException("field %s: only a number has decimals".formatted(name));
    }
  }

  /** A number with {@link #DEFAULT_DECIMALS}. */
  public static Field number(String name) {
    return number(name, DEFAULT_DECIMALS);
  }

  /** A number with so many digits behind the point. */
  public static Field number(String name, int decimals) {
    return new Field(name, Type.NUMBER, decimals);
  }

  /** A text, such as an id or a category. */
  public static Field text(String name) {
    return new Field(name, Type.TEXT, 0);
  }

  /** True or false; counts as 1 or 0 in sums. */
  public static Field flag(String name) {
    return new Field(name, Type.FLAG, 0);
  }

  /** What 1 is in fixed point. */
  long unit() {
    return POWERS[decimals];
  }

  /**
   * The number in fixed point, rounded to the decimals kept.
   *
   * @throws IllegalArgumentException if it is not finite or too large
   */
  long scale(double value) {
    double scaled = Math.rint(value * unit());
    if (!(Math.abs(scaled) < LIMIT)) {
      throw unfit(Double.toString(value));
    }
    return (long) scaled;
  }

  /** As {@link #scale(double)}, for a whole number. */
  long scale(long value) {
    if (Math.abs(value) >= LIMIT / unit() || value == Long.MIN_VALUE) {
      throw unfit(Long.toString(value));
    }
    return value * unit();
  }

  private IllegalArgumentException unfit(String value) {
    return new IllegalArgumentException(
        ("field %s: %s does not fit; with %d decimals a number is below %s in magnitude,"
                + " fewer decimals allow for more")
            .formatted(name, value, decimals, BigDecimal.valueOf(LIMIT, decimals).toPlainString()));
  }

  /** Not a value: what stands for a missing one in a column. */
  static final long MISSING = Long.MIN_VALUE;
}
