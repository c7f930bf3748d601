package io.millrace.operators.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.event.ErasureReceiptCodec;
import io.millrace.features.event.Topics;
import io.millrace.features.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes erasure receipts to their topic, exactly once, keyed by visitor. A receipt can be read
 * once the checkpoint after it is complete: then the visitor is out of the state that a restart
 * would come back to.
 */
public final class ReceiptSink {
  /**
   * How long a transaction may stay open, from one checkpoint to the next and over a restart
   * between them. A broker allows 15 minutes unless it is told otherwise, and refuses the job
   * beyond that.
   */
  public static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(14);

  private ReceiptSink() {}

  /**
   * The sink of one job, which is told from others by its consumer group.
   *
   * @param kafka where to write
   */
  public static Sink<ErasureReceipt> to(KafkaSettings kafka) {
    return KafkaSink.<ErasureReceipt>builder()
        .setKafkaProducerConfig(producerProperties(kafka))
        .setBootstrapServers(kafka.bootstrapServers())
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(transactionalIdPrefix(kafka))
        .setRecordSerializer(new Serializer())
        .build();
  }

  /** The same across restarts, so that a job that comes back ends what it had left open. */
  static String transactionalIdPrefix(KafkaSettings kafka) {
    return kafka.groupId() + "-" + Topics.ERASURE_RECEIPTS;
  }

  /** What the operator sets goes before what is set here. */
  static Properties producerProperties(KafkaSettings kafka) {
    Properties properties = new Properties();
    properties.setProperty(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(TRANSACTION_TIMEOUT.toMillis()));
    properties.putAll(kafka.clientProperties());
    return properties;
  }

  /** A named class, so that the job graph does not depend on how a lambda is compiled. */
  static final class Serializer implements KafkaRecordSerializationSchema<ErasureReceipt> {
    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        ErasureReceipt receipt, KafkaSinkContext context, Long timestamp) {
      // Without a timestamp of its own the record gets the producer's: when it was written.
      return new ProducerRecord<>(
          Topics.ERASURE_RECEIPTS,
          receipt.visitorId().getBytes(UTF_8),
          ErasureReceiptCodec.encode(receipt));
    }
  }
}
