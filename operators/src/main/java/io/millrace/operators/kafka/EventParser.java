package io.millrace.operators.kafka;

import io.millrace.features.event.InvalidEventException;
import java.io.Serializable;

/**
 * Reads the event in one Kafka message.
 *
 * @param <E> the event type
 */
@FunctionalInterface
public interface EventParser<E> extends Serializable {
  /**
   * @param key the Kafka key, null for none; most topics ignore it
   * @param payload the Kafka value, null for a tombstone
   * @return the event, never null
   * @throws InvalidEventException if it is not a valid event; the message becomes a dead letter
   */
  E parse(byte[] key, byte[] payload) throws InvalidEventException;
}
