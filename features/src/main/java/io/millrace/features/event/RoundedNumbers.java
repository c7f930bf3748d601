package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Writes numbers rounded to some significant digits, whole ones as they are. Rounding keeps them
 * short, and makes two sums that differ only in the order of their terms read the same.
 */
final class RoundedNumbers {
  /** Of scores and what adds up to them. */
  static final MathContext SCORE = new MathContext(6);

  /** Of amounts and whatever else events say. */
  static final MathContext VALUE = new MathContext(12);

  /** Whole numbers up to here are exact. */
  private static final double EXACT = 0x1p53;

  private RoundedNumbers() {}

  /** Writes a number, or null where there is none or JSON has none for it. */
  static void write(JsonGenerator json, Double number, MathContext digits) throws IOException {
    if (number == null || !Double.isFinite(number)) {
      json.writeNull();
      return;
    }
    double rounded = isWhole(number) ? number : new BigDecimal(number).round(digits).doubleValue();
    if (isWhole(rounded)) {
      json.writeNumber((long) rounded);
    } else {
      json.writeNumber(rounded);
    }
  }

  private static boolean isWhole(double number) {
    return number == Math.rint(number) && Math.abs(number) <= EXACT;
  }
}
