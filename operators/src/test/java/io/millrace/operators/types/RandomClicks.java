package io.millrace.operators.types;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Clicks of every type, with every optional field now present, now absent. */
final class RandomClicks {
  private static final ClickType[] TYPES = ClickType.values();
  private static final String ALPHABET = "abcXYZ019-_:/{}\u0000\näß€漢";

  private final Random random;

  /** One in so many optional fields is there. */
  private int odds = 2;

  RandomClicks(long seed) {
    random = new Random(seed);
  }

  Click next() {
    odds = 1 + random.nextInt(12);
    ClickType type = TYPES[random.nextInt(TYPES.length)];
    return new Click(
        text(),
        type,
        random.nextLong(),
        text(),
        maybe(this::text),
        Stream.generate(this::text).limit(random.nextInt(20)).toList(),
        maybe(this::text),
        random.nextBoolean() ? Click.Details.NONE : details());
  }

  private Click.Details details() {
    return new Click.Details(
        maybe(this::text),
        maybe(this::text),
        maybe(() -> random.nextInt(Integer.MAX_VALUE) >> random.nextInt(31)),
        maybe(random::nextDouble),
        maybe(this::text),
        maybe(this::text),
        maybe(() -> random.nextInt(Integer.MAX_VALUE) >> random.nextInt(31)),
        maybe(this::text),
        maybe(this::text),
        maybe(this::text),
        maybe(this::text),
        maybe(this::text),
        maybe(this::text));
  }

  private <T> T maybe(Supplier<T> value) {
    return random.nextInt(odds) == 0 ? value.get() : null;
  }

  private String text() {
    int length = random.nextInt(10) == 0 ? random.nextInt(4_096) : random.nextInt(40);
    StringBuilder text = new StringBuilder("𝒳");
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
