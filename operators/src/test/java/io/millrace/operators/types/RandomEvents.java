package io.millrace.operators.types;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.Control;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Values of every type that the engine reads or writes, with every optional field now present, now
 * absent; wilder than what a codec lets through.
 */
public final class RandomEvents {
  private static final String ALPHABET = "abcXYZ019-_:/{}\u0000\näß€漢";

  private final Random random;

  /** One in so many optional fields is there. */
  private int odds = 2;

  /** Those of one seed. */
  public RandomEvents(long seed) {
    random = new Random(seed);
  }

  /** A click. */
  public Click click() {
    odds = 1 + random.nextInt(12);
    return new Click(
        text(),
        oneOf(ClickType.values()),
        random.nextLong(),
        text(),
        maybe(this::text),
        Stream.generate(this::text).limit(random.nextInt(20)).toList(),
        maybe(this::text),
        random.nextBoolean() ? Click.Details.NONE : clickDetails());
  }

  private Click.Details clickDetails() {
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

  /** An event of an order. */
  public Order order() {
    odds = 1 + random.nextInt(12);
    return new Order(
        text(),
        text(),
        oneOf(OrderStatus.values()),
        random.nextLong(),
        text(),
        maybe(this::text),
        maybe(this::text),
        Stream.generate(this::line).limit(random.nextInt(20)).toList(),
        random.nextBoolean() ? Order.Details.NONE : orderDetails());
  }

  private Order.Line line() {
    return new Order.Line(
        text(), random.nextInt(Integer.MAX_VALUE), maybe(random::nextDouble), maybe(this::text));
  }

  private Order.Details orderDetails() {
    return new Order.Details(
        maybe(random::nextDouble),
        maybe(this::text),
        maybe(this::text),
        new Order.Payment(
            maybe(this::text), maybe(this::text), maybe(this::text), maybe(this::text)),
        maybe(this::text),
        maybe(this::text),
        maybe(this::text),
        maybe(this::text),
        maybe(this::text),
        maybe(this::text),
        maybe(random::nextLong),
        maybe(this::text),
        maybe(this::text));
  }

  CatalogItem item() {
    odds = 1 + random.nextInt(12);
    SortedMap<String, String> attributes = new TreeMap<>();
    for (int n = random.nextInt(5); n > 0; n--) {
      attributes.put(text(), text());
    }
    return new CatalogItem(
        text(),
        maybe(this::text),
        maybe(this::text),
        maybe(this::text),
        attributes,
        oneOf(CatalogItem.Status.values()),
        random.nextBoolean(),
        prices(),
        new CatalogItem.Supply(
            maybe(random::nextLong),
            maybe(random::nextLong),
            maybe(random::nextLong),
            maybe(random::nextInt)),
        maybe(random::nextLong));
  }

  private CatalogItem.Prices prices() {
    return new CatalogItem.Prices(
        maybe(this::text),
        maybe(random::nextDouble),
        maybe(random::nextDouble),
        random.nextBoolean(),
        maybe(random::nextDouble),
        maybe(random::nextDouble),
        maybe(random::nextDouble),
        Stream.generate(
                () ->
                    new CatalogItem.Promotion(
                        random.nextLong(), random.nextLong(), maybe(this::text)))
            .limit(random.nextInt(4))
            .toList());
  }

  Control control() {
    odds = 1 + random.nextInt(4);
    return new Control(
        text(),
        oneOf(Control.Kind.values()),
        new Control.Target(text(), text()),
        text(),
        maybe(
            () ->
                random.nextBoolean()
                    ? Control.Value.of(random.nextDouble())
                    : Control.Value.of(text())),
        maybe(random::nextLong));
  }

  Erasure erasure() {
    return new Erasure(text(), random.nextLong());
  }

  ErasureReceipt receipt() {
    return new ErasureReceipt(text(), text(), random.nextLong(), random.nextLong());
  }

  private <T> T oneOf(T[] values) {
    return values[random.nextInt(values.length)];
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
