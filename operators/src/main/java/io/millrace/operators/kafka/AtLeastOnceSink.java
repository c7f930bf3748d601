package io.millrace.operators.kafka;

import io.millrace.features.decision.OrderRisk;
import io.millrace.features.decision.OrderRiskJson;
import io.millrace.features.event.DeadLetter;
import io.millrace.features.event.Topics;
import io.millrace.features.kafka.KafkaSettings;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Writes to a topic at once and at least once: what is written can be read without waiting for a
 * checkpoint, and stands there again after a restart that comes back to what was before it.
 */
public final class AtLeastOnceSink {
  static final KafkaRecordSerializationSchema<OrderRisk> ORDER_RISKS =
      new KeyedMessages<>(Topics.ORDER_RISK, OrderRisk::orderId, OrderRiskJson::write);

  private AtLeastOnceSink() {}

  /**
   * How risky orders are, by order. A reader knows one that comes again by its event.
   *
   * @param kafka where to write
   */
  public static Sink<OrderRisk> orderRisks(KafkaSettings kafka) {
    return to(producerProperties(kafka), ORDER_RISKS);
  }

  /**
   * What could not be read or taken in, by the topic it came from.
   *
   * @param kafka where to write
   */
  public static Sink<DeadLetter> deadLetters(KafkaSettings kafka) {
    return DeadLetterSink.to(kafka);
  }

  /** Writes with the properties of a producer. */
  static <E> KafkaSink<E> to(Properties producer, KafkaRecordSerializationSchema<E> serializer) {
    return KafkaSink.<E>builder()
        .setKafkaProducerConfig(producer)
        .setBootstrapServers(producer.getProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG))
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(serializer)
        .build();
  }

  /**
   * Those of a producer that waits for no further message before it sends one; what the operator
   * sets goes before that.
   */
  static Properties producerProperties(KafkaSettings kafka) {
    Properties properties = new Properties();
    properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "0");
    properties.putAll(kafka.clientProperties());
    return properties;
  }
}
