package io.millrace.operators.kafka;

import io.millrace.features.event.DeadLetter;
import io.millrace.operators.types.FlatTypeInfo;

/**
 * One Kafka message as it came: an event, or the dead letter of what is none.
 *
 * @param event null for a dead letter
 * @param deadLetter null for an event
 * @param partition partition of the topic
 * @param eventTime milliseconds since the epoch, 0 for a dead letter
 * @param origin timestamp of the Kafka record, milliseconds since the epoch
 */
record Arrival<E>(E event, DeadLetter deadLetter, int partition, long eventTime, long origin) {

  static <E> Arrival<E> of(E event, int partition, long eventTime, long origin) {
    return new Arrival<>(event, null, partition, eventTime, origin);
  }

  static <E> Arrival<E> of(DeadLetter deadLetter, long origin) {
    return new Arrival<>(null, deadLetter, deadLetter.partition(), 0, origin);
  }

  boolean isEvent() {
    return event != null;
  }

  /**
   * The time this event proves to have come. An event from the future proves no more than that it
   * was logged; the log's own time goes before the clock's, because it is the same on every
   * reading.
   */
  long provenTime(long now) {
    return Math.min(eventTime, Math.min(origin, now));
  }

  @SuppressWarnings("unchecked")
  static <E> FlatTypeInfo<Arrival<E>> typeInfo(FlatTypeInfo<E> event) {
    Class<Arrival<E>> type = (Class<Arrival<E>>) (Class<?>) Arrival.class;
    return new FlatTypeInfo<>(type, new ArrivalSerializer<>(event.serializer()));
  }
}
