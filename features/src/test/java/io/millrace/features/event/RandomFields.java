package io.millrace.features.event;

import java.util.Random;
import java.util.function.Supplier;

/** Values of the fields that all topics share, always valid and often odd. */
final class RandomFields {
  private static final String ALPHABET = "abcXYZ019-_:/{}\"\\\u0000\n\u007fäß€漢";

  final Random random;

  RandomFields(Random random) {
    this.random = random;
  }

  String id() {
    return text(1, 42);
  }

  String text(int min, int max) {
    StringBuilder text = new StringBuilder();
    for (int i = min + random.nextInt(max - min + 1); i > 0; i--) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  /** Before {@link ClickCodecTest#NOW}. */
  long time() {
    return 1_700_000_000_000L + random.nextInt();
  }

  /** Up to five years after it. */
  long plannedTime() {
    return 1_700_000_000_000L + (long) (random.nextDouble() * 5 * 365 * 86_400_000L);
  }

  double amount() {
    return random.nextDouble() * Math.pow(10, random.nextInt(12));
  }

  <T> T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }

  <T> T oneOf(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
