package io.millrace.features.decision;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Writes scores rounded to six significant digits. Rounding keeps values short, and makes two sums
 * that differ only in the order of their terms read the same. Not safe for use by many threads.
 */
final class ScoreText {
  private static final int DIGITS = 6;
  private static final MathContext ROUNDING = new MathContext(DIGITS);

  /** Powers of ten are exact as doubles up to 10^22; these are all that is needed. */
  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10};

  /** Smallest score whose scale {@link #POWERS} reaches. */
  private static final double SMALLEST = 1e-4;

  private static final double LARGEST = 1e6;

  private final char[] text = new char[16];

  /**
   * Writes a score as a JSON number.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  void write(JsonGenerator json, double score) throws IOException {
    double size = Math.abs(score);
    if (size == 0) {
      json.writeNumber(0);
    } else if (size >= SMALLEST && size < LARGEST) {
      json.writeNumber(text, 0, format(score < 0, size));
    } else if (Double.isFinite(score)) {
      json.writeNumber(new BigDecimal(score).round(ROUNDING).stripTrailingZeros());
    } else {
      throw new IllegalArgumentException("score is " + score + "; JSON has finite numbers only");
    }
  }

  /** Fills {@link #text}; returns its length. */
  private int format(boolean negative, double size) {
    int decimals = 0;
    while (size * POWERS[decimals] < 100_000 && decimals < POWERS.length - 1) {
      decimals++;
    }
    long scaled = Math.round(size * POWERS[decimals]);
    while (decimals > 0 && scaled % 10 == 0) {
      scaled /= 10;
      decimals--;
    }
    int length = Math.max(digits(scaled), decimals + 1) + (decimals > 0 ? 1 : 0);
    length += negative ? 1 : 0;
    int at = length;
    for (int i = 0; at > (negative ? 1 : 0); i++) {
      if (i == decimals && decimals > 0) {
        text[--at] = '.';
      }
      text[--at] = (char) ('0' + scaled % 10);
      scaled /= 10;
    }
    if (negative) {
      text[0] = '-';
    }
    return length;
  }

  private static int digits(long value) {
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    return digits;
  }
}
