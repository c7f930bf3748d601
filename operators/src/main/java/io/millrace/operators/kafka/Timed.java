package io.millrace.operators.kafka;

import io.millrace.operators.types.FlatTypeInfo;
import java.util.Objects;

/**
 * A valid event that came in time, with the moment it entered the log. Flink's record timestamp is
 * the event time.
 *
 * @param event the event
 * @param origin timestamp of the Kafka record, milliseconds since the epoch: where the delay from
 *     event to decision is measured from
 * @param <E> the event type
 */
public record Timed<E>(E event, long origin) {
  public Timed {
    Objects.requireNonNull(event, "event");
  }

  /** Type information for events of one type. */
  @SuppressWarnings("unchecked")
  public static <E> FlatTypeInfo<Timed<E>> typeInfo(FlatTypeInfo<E> event) {
    Class<Timed<E>> type = (Class<Timed<E>>) (Class<?>) Timed.class;
    return new FlatTypeInfo<>(type, new TimedSerializer<>(event.serializer()));
  }
}
