package io.millrace.operators.kafka;

import io.millrace.features.event.DeadLetter;
import io.millrace.features.event.Topics;
import io.millrace.features.kafka.KafkaSettings;
import java.util.Properties;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Writes dead letters to their topic, at least once, keyed by the topic they came from. */
final class DeadLetterSink {
  /** Room for the largest payload in base64 (4/3) and the fields around it. */
  static final int MAX_REQUEST_BYTES = DeadLetter.MAX_PAYLOAD_BYTES * 3 / 2;

  static final KafkaRecordSerializationSchema<DeadLetter> LETTERS =
      new KeyedMessages<>(Topics.DEAD_LETTERS, DeadLetter::topic, DeadLetter::toJson);

  private DeadLetterSink() {}

  /** Writes what an operator behind the source of {@code topic} has put aside. */
  static void attach(
      SingleOutputStreamOperator<?> gate, String topic, String uid, KafkaSettings kafka) {
    gate.getSideOutput(DeadLetterOutlet.TAG)
        .sinkTo(to(kafka))
        .uid(uid)
        .name(topic + " dead letters");
  }

  static KafkaSink<DeadLetter> to(KafkaSettings kafka) {
    Properties properties = kafka.clientProperties();
    properties.setProperty(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_REQUEST_BYTES));
    return AtLeastOnceSink.to(properties, LETTERS);
  }
}
