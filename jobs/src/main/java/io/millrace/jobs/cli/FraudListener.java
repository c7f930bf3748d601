package io.millrace.jobs.cli;

import io.millrace.features.decision.OrderRiskJson;
import io.millrace.features.decision.UnreadableDecisionException;
import io.millrace.features.event.FraudAlertCodec;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.OrderCodec;
import io.millrace.features.event.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears, on a thread of its own, what the fraud job says from now on and about which orders, and
 * tells {@link FraudLines}. If Kafka fails for good it falls silent; nothing else waits for it.
 */
final class FraudListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FraudListener.class);
  private static final List<String> HEARD =
      List.of(Topics.ORDERS, Topics.ORDER_RISK, Topics.FRAUD_ALERTS);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

  private final OrderCodec orders = new OrderCodec(Clock.systemUTC());
  private final FraudAlertCodec alerts = new FraudAlertCodec(Clock.systemUTC());
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final FraudLines lines;
  private final Thread thread = new Thread(this::listen, "demo-fraud");

  private FraudListener(KafkaConsumer<byte[], byte[]> consumer, FraudLines lines) {
    this.consumer = consumer;
    this.lines = lines;
  }

  /** Begins to listen. What is sent after this returns is heard. */
  static FraudListener begin(String servers, FraudLines lines) {
    FraudListener listener = new FraudListener(fromNow(servers), lines);
    listener.thread.setDaemon(true);
    listener.thread.start();
    return listener;
  }

  private static KafkaConsumer<byte[], byte[]> fromNow(String servers) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        HEARD.stream().flatMap(topic -> partitions(consumer, topic)).toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // Seeking waits for the first look; what comes from here on is heard.
    partitions.forEach(consumer::position);
    return consumer;
  }

  private static Stream<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()));
  }

  private void listen() {
    try (consumer) {
      while (true) {
        consumer.poll(POLL).forEach(this::hear);
      }
    } catch (WakeupException e) {
      LOG.debug("closed");
    } catch (KafkaException e) {
      LOG.warn("the demo tells no more of fraud", e);
    }
  }

  private void hear(ConsumerRecord<byte[], byte[]> message) {
    try {
      switch (message.topic()) {
        case Topics.ORDERS -> lines.heard(orders.decode(message.value()));
        case Topics.ORDER_RISK -> lines.heard(OrderRiskJson.readMessage(message.value()));
        default -> lines.heard(alerts.decode(message.value()));
      }
    } catch (InvalidEventException | UnreadableDecisionException e) {
      // What somebody sends by hand may be anything; the job refuses it too.
      LOG.debug("offset {} of {} is left out", message.offset(), message.topic(), e);
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(STOP_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
