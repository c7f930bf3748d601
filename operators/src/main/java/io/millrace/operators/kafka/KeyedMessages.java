package io.millrace.operators.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import java.util.function.Function;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes a message of each event, for one topic and under the key of the event. */
final class KeyedMessages<E> implements KafkaRecordSerializationSchema<E> {
  private static final long serialVersionUID = 1;

  private final String topic;
  private final Part<E, String> key;
  private final Part<E, byte[]> payload;

  KeyedMessages(String topic, Part<E, String> key, Part<E, byte[]> payload) {
    this.topic = topic;
    this.key = key;
    this.payload = payload;
  }

  /** Part of an event as text, or all of it as bytes. */
  @FunctionalInterface
  interface Part<E, P> extends Function<E, P>, Serializable {}

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      E event, KafkaSinkContext context, Long timestamp) {
    // Without a timestamp of its own the record gets the producer's: when it was written.
    return new ProducerRecord<>(topic, key.apply(event).getBytes(UTF_8), payload.apply(event));
  }
}
