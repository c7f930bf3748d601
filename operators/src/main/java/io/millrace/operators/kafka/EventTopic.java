package io.millrace.operators.kafka;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickCodec;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderCodec;
import io.millrace.features.event.Topics;
import io.millrace.operators.types.EventTypes;
import io.millrace.operators.types.FlatTypeInfo;
import java.io.Serializable;
import java.time.Clock;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * A topic of events that move event time, and how to read it.
 *
 * @param name of the Kafka topic; the uids of its operators begin with it
 * @param parser reads one message
 * @param eventTime event time in milliseconds since the epoch
 * @param type of the events
 * @param <E> the event type
 */
public record EventTopic<E>(
    String name, EventParser<E> parser, EventTime<E> eventTime, FlatTypeInfo<E> type)
    implements Serializable {

  public EventTopic {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(parser, "parser");
    Objects.requireNonNull(eventTime, "eventTime");
    Objects.requireNonNull(type, "type");
  }

  /**
   * The event time of an event.
   *
   * @param <E> the event type
   */
  @FunctionalInterface
  public interface EventTime<E> extends ToLongFunction<E>, Serializable {}

  /** What visitors do. */
  public static EventTopic<Click> clickstream() {
    ClickCodec codec = new ClickCodec(Clock.systemUTC());
    return new EventTopic<>(
        Topics.CLICKSTREAM,
        (key, payload) -> codec.decode(payload),
        Click::eventTime,
        EventTypes.CLICK);
  }

  /** What becomes of orders. */
  public static EventTopic<Order> orders() {
    OrderCodec codec = new OrderCodec(Clock.systemUTC());
    return new EventTopic<>(
        Topics.ORDERS, (key, payload) -> codec.decode(payload), Order::eventTime, EventTypes.ORDER);
  }
}
