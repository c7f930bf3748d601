package io.millrace.operators.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.event.ErasureReceiptCodec;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.event.ModelSnapshotCodec;
import io.millrace.features.event.Topics;
import io.millrace.features.kafka.KafkaSettings;
import java.io.Serializable;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Function;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes to a topic exactly once: what is written can be read once the checkpoint after it is
 * complete, when a restart does not come back to what was before it any more.
 */
public final class ExactlyOnceSink {
  /**
   * How long a transaction may stay open, from one checkpoint to the next and over a restart
   * between them. A broker allows 15 minutes unless it is told otherwise, and refuses the job
   * beyond that.
   */
  public static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(14);

  static final KafkaRecordSerializationSchema<ErasureReceipt> RECEIPTS =
      new Serializer<>(
          Topics.ERASURE_RECEIPTS, ErasureReceipt::visitorId, ErasureReceiptCodec::encode);

  private static final KafkaRecordSerializationSchema<ModelSnapshot> MODELS =
      new Serializer<>(Topics.MODELS, ModelSnapshot::modelId, ModelSnapshotCodec::encode);

  private ExactlyOnceSink() {}

  /**
   * Erasure receipts of one job, which is told from others by its consumer group; by visitor. When
   * a receipt can be read, the visitor is out of the state that a restart would come back to.
   *
   * @param kafka where to write
   */
  public static Sink<ErasureReceipt> receipts(KafkaSettings kafka) {
    return to(Topics.ERASURE_RECEIPTS, kafka, RECEIPTS);
  }

  /**
   * Versions of what one job learns, by model.
   *
   * @param kafka where to write
   */
  public static Sink<ModelSnapshot> models(KafkaSettings kafka) {
    return to(Topics.MODELS, kafka, MODELS);
  }

  private static <E> Sink<E> to(
      String topic, KafkaSettings kafka, KafkaRecordSerializationSchema<E> serializer) {
    return KafkaSink.<E>builder()
        .setKafkaProducerConfig(producerProperties(kafka))
        .setBootstrapServers(kafka.bootstrapServers())
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(transactionalIdPrefix(topic, kafka))
        .setRecordSerializer(serializer)
        .build();
  }

  /** The same across restarts, so that a job that comes back ends what it had left open. */
  static String transactionalIdPrefix(String topic, KafkaSettings kafka) {
    return kafka.groupId() + "-" + topic;
  }

  /** What the operator sets goes before what is set here. */
  static Properties producerProperties(KafkaSettings kafka) {
    Properties properties = new Properties();
    properties.setProperty(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(TRANSACTION_TIMEOUT.toMillis()));
    properties.putAll(kafka.clientProperties());
    return properties;
  }

  /** Part of an event as text, or all of it as bytes. */
  @FunctionalInterface
  private interface Part<E, P> extends Function<E, P>, Serializable {}

  private static final class Serializer<E> implements KafkaRecordSerializationSchema<E> {
    private static final long serialVersionUID = 1;
    private final String topic;
    private final Part<E, String> key;
    private final Part<E, byte[]> payload;

    private Serializer(String topic, Part<E, String> key, Part<E, byte[]> payload) {
      this.topic = topic;
      this.key = key;
      this.payload = payload;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        E event, KafkaSinkContext context, Long timestamp) {
      // Without a timestamp of its own the record gets the producer's: when it was written.
      return new ProducerRecord<>(topic, key.apply(event).getBytes(UTF_8), payload.apply(event));
    }
  }
}
