package io.millrace.features.event;

import io.millrace.features.event.Control.Kind;
import io.millrace.features.event.Control.Target;
import io.millrace.features.event.Control.Value;
import java.util.Random;

/** Valid controls of every kind, with every optional field now present, now absent. */
final class RandomControls {
  private static final Kind[] KINDS = Kind.values();
  private static final String[] ITEMS = {"item", "category", "brand", "attribute"};
  private static final String[] ALL = {
    "item", "category", "brand", "attribute", "visitor", "card", "device_2"
  };

  private RandomControls() {}

  static Control next(Random random) {
    RandomFields fields = new RandomFields(random);
    Kind kind = fields.oneOf(KINDS);
    return new Control(
        fields.id(),
        kind,
        target(fields, kind),
        fields.id(),
        value(fields, kind),
        fields.maybe(fields::plannedTime));
  }

  private static Target target(RandomFields fields, Kind kind) {
    String type =
        switch (kind) {
          case PIN -> Target.ITEM;
          case BOOST, EXCLUDE -> fields.oneOf(ITEMS);
          case REPUBLISH -> Target.JOB;
          default -> fields.oneOf(ALL);
        };
    return switch (type) {
      case Target.CATEGORY -> new Target(type, "shoes/running/" + fields.random.nextInt());
      case Target.ATTRIBUTE ->
          new Target(type, "k" + fields.random.nextInt(9) + "=" + fields.text(1, 40));
      default -> new Target(type, fields.id());
    };
  }

  private static Value value(RandomFields fields, Kind kind) {
    Random random = fields.random;
    return switch (kind) {
      case PIN -> fields.maybe(() -> Value.of(1 + random.nextInt(50)));
      case BOOST -> Value.of(0.1 + random.nextDouble() * 9.9);
      default ->
          fields.maybe(
              () ->
                  random.nextBoolean()
                      ? Value.of(random.nextGaussian() * 1e9)
                      : Value.of(fields.text(0, 40)));
    };
  }
}
