package io.millrace.features.event;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Valid orders of every status, with every optional field now present, now absent. */
final class RandomOrders {
  private static final OrderStatus[] STATUSES = OrderStatus.values();

  private RandomOrders() {}

  static Order next(Random random) {
    RandomFields fields = new RandomFields(random);
    OrderStatus status = fields.oneOf(STATUSES);
    boolean placed = status == OrderStatus.PLACED;
    return new Order(
        fields.id(),
        fields.id(),
        status,
        fields.time(),
        fields.id(),
        fields.maybe(fields::id),
        placed || random.nextBoolean() ? "EUR" : null,
        placed || status.takesBack()
            ? lines(fields, (placed ? 1 : 0) + random.nextInt(5))
            : List.of(),
        random.nextInt(3) == 0 ? Order.Details.NONE : details(fields));
  }

  private static List<Order.Line> lines(RandomFields fields, int count) {
    return Stream.generate(
            () ->
                new Order.Line(
                    fields.id(),
                    1 + fields.random.nextInt(OrderCodec.MAX_QUANTITY),
                    fields.maybe(fields::amount),
                    fields.maybe(fields::id)))
        .limit(count)
        .toList();
  }

  private static Order.Details details(RandomFields fields) {
    return new Order.Details(
        fields.maybe(fields::amount),
        fields.maybe(fields::id),
        fields.maybe(fields::id),
        fields.random.nextBoolean() ? Order.Payment.NONE : payment(fields),
        fields.maybe(fields::id),
        fields.maybe(fields::id),
        fields.maybe(() -> fields.text(0, 10)),
        fields.maybe(() -> fields.text(0, 10)),
        fields.maybe(() -> fields.text(0, 10)),
        fields.maybe(fields::id),
        fields.maybe(fields::time),
        fields.maybe(() -> fields.text(0, 10)),
        fields.maybe(() -> fields.text(0, 10)));
  }

  private static Order.Payment payment(RandomFields fields) {
    return new Order.Payment(
        fields.maybe(() -> fields.text(0, 10)),
        fields.maybe(fields::id),
        fields.maybe(fields::id),
        fields.maybe(() -> fields.text(0, 10)));
  }
}
