package io.millrace.operators.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.features.event.DeadLetter;
import io.millrace.features.event.Topics;
import io.millrace.features.kafka.KafkaSettings;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes dead letters to their topic, at least once, keyed by the topic they came from. */
final class DeadLetterSink {
  /** Room for the largest payload in base64 (4/3) and the fields around it. */
  static final int MAX_REQUEST_BYTES = DeadLetter.MAX_PAYLOAD_BYTES * 3 / 2;

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
    return KafkaSink.<DeadLetter>builder()
        .setKafkaProducerConfig(kafka.clientProperties())
        .setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_REQUEST_BYTES))
        .setBootstrapServers(kafka.bootstrapServers())
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(new Serializer())
        .build();
  }

  /** A named class, so that the job graph does not depend on how a lambda is compiled. */
  static final class Serializer implements KafkaRecordSerializationSchema<DeadLetter> {
    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        DeadLetter letter, KafkaSinkContext context, Long timestamp) {
      // Without a timestamp of its own the record gets the producer's: when it was put aside.
      return new ProducerRecord<>(
          Topics.DEAD_LETTERS, letter.topic().getBytes(UTF_8), letter.toJson());
    }
  }
}
