package io.millrace.operators.kafka;

import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.event.ErasureReceiptCodec;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudAlertCodec;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.event.ModelSnapshotCodec;
import io.millrace.features.event.Topics;
import io.millrace.features.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;

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
      new KeyedMessages<>(
          Topics.ERASURE_RECEIPTS, ErasureReceipt::visitorId, ErasureReceiptCodec::encode);

  private static final KafkaRecordSerializationSchema<ModelSnapshot> MODELS =
      new KeyedMessages<>(Topics.MODELS, ModelSnapshot::modelId, ModelSnapshotCodec::encode);

  static final KafkaRecordSerializationSchema<FraudAlert> ALERTS =
      new KeyedMessages<>(Topics.FRAUD_ALERTS, FraudAlert::entity, FraudAlertCodec::encode);

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

  /**
   * Alerts, by what they are about: all revisions of one stand in one partition, in order.
   *
   * @param kafka where to write
   */
  public static Sink<FraudAlert> alerts(KafkaSettings kafka) {
    return to(Topics.FRAUD_ALERTS, kafka, ALERTS);
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
}
