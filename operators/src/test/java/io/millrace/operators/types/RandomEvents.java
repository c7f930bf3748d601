package io.millrace.operators.types;

import io.millrace.features.decision.Band;
import io.millrace.features.decision.OrderRisk;
import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.Control;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.FraudRule;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.event.RiskReason;
import java.util.List;
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

  FraudLabel label() {
    return new FraudLabel(
        text(), random.nextBoolean(), random.nextLong(), oneOf(FraudLabel.Source.values()));
  }

  FraudRule rule() {
    odds = 1 + random.nextInt(4);
    return new FraudRule(
        text(),
        random.nextLong(),
        text(),
        oneOf(FraudRule.State.values()),
        maybe(random::nextLong),
        maybe(random::nextLong),
        oneOf(FraudRule.Entity.values()),
        maybe(() -> oneOf(FraudRule.Source.values())),
        maybe(this::text),
        maybe(
            () ->
                new FraudRule.Aggregate(
                    oneOf(FraudRule.Function.values()), maybe(this::text), random.nextLong())),
        maybe(() -> oneOf(FraudRule.Comparison.values())),
        maybe(random::nextDouble),
        some(
            () ->
                new FraudRule.Step(
                    oneOf(FraudRule.Source.values()),
                    maybe(this::text),
                    random.nextInt(Integer.MAX_VALUE))),
        maybe(random::nextLong),
        oneOf(FraudRule.Severity.values()),
        oneOf(FraudRule.Action.values()));
  }

  RiskReason reason() {
    odds = 1 + random.nextInt(4);
    return new RiskReason(
        text(),
        text(),
        maybe(random::nextGaussian),
        maybe(random::nextGaussian),
        maybe(random::nextGaussian));
  }

  FraudAlert alert() {
    odds = 1 + random.nextInt(4);
    return new FraudAlert(
        text(),
        oneOf(FraudAlert.State.values()),
        random.nextInt(Integer.MAX_VALUE),
        new FraudAlert.Cause(oneOf(FraudAlert.Cause.Type.values()), text(), random.nextLong()),
        text(),
        some(this::text),
        some(this::text),
        oneOf(FraudRule.Severity.values()),
        oneOf(FraudRule.Action.values()),
        maybe(random::nextDouble),
        maybe(random::nextDouble),
        maybe(random::nextDouble),
        some(this::reason),
        maybe(this::text),
        some(this::text),
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        random.nextBoolean(),
        maybe(this::text));
  }

  OrderRisk risk() {
    odds = 1 + random.nextInt(4);
    boolean model = random.nextBoolean();
    return new OrderRisk(
        text(),
        text(),
        random.nextLong(),
        text(),
        maybe(random::nextDouble),
        oneOf(Band.values()),
        oneOf(FraudRule.Action.values()),
        model ? text() : null,
        model ? (Long) random.nextLong() : null,
        some(this::text),
        some(this::reason));
  }

  private <T> List<T> some(Supplier<T> value) {
    return Stream.generate(value).limit(random.nextInt(5)).toList();
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
