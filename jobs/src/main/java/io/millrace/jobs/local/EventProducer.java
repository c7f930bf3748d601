package io.millrace.jobs.local;

import io.millrace.features.event.Click;
import io.millrace.jobs.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends events to the topics they belong to, each once and those of a key (a visitor, an order, an
 * item) in order. For use by one thread.
 *
 * <pre>{@code
 * try (EventProducer producer = EventProducer.connect("127.0.0.1:9092", Topics.ORDERS)) {
 *   producer.send(ContractEvent.of(order));
 *   producer.flush();
 * }
 * }</pre>
 */
public final class EventProducer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration DELIVERY_LIMIT = Duration.ofSeconds(30);

  private final KafkaProducer<byte[], byte[]> producer;
  private final String servers;
  private final AtomicLong acknowledged = new AtomicLong();
  private volatile Exception error;
  private long sent;

  private EventProducer(KafkaProducer<byte[], byte[]> producer, String servers) {
    this.producer = producer;
    this.servers = servers;
  }

  /**
   * Connects, once the cluster has answered and has the topics.
   *
   * @param topics those that will be sent to
   * @throws Failure if it cannot be reached within 15 seconds or lacks a topic
   */
  public static EventProducer connect(String servers, String... topics) {
    KafkaConnection.require(servers);
    try (Admin admin = KafkaConnection.admin(servers)) {
      for (String topic : topics) {
        requireTopic(admin, servers, topic);
      }
    }
    Map<String, Object> set =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.LINGER_MS_CONFIG,
            10,
            ProducerConfig.BATCH_SIZE_CONFIG,
            128 * 1024,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            LIMIT.toMillis(),
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            (int) LIMIT.toMillis(),
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            (int) DELIVERY_LIMIT.toMillis());
    return new EventProducer(
        new KafkaProducer<>(set, new ByteArraySerializer(), new ByteArraySerializer()), servers);
  }

  private static void requireTopic(Admin admin, String servers, String topic) {
    try {
      admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      String cause =
          e.getCause() instanceof UnknownTopicOrPartitionException
              ? "has no topic " + topic + "; ./millrace up creates it"
              : "does not describe its topics: " + e.getCause().getMessage();
      throw Failure.failed("Kafka at " + servers + " " + cause, e);
    } catch (TimeoutException e) {
      throw Failure.failed("Kafka at " + servers + " does not describe its topics in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted", e);
    }
  }

  /** Hands a click over, as {@link #send(ContractEvent)} does. */
  public void send(Click click) {
    send(ContractEvent.of(click));
  }

  /**
   * Hands one event over.
   *
   * @throws Failure if an earlier one was not taken; says how many were
   */
  public void send(ContractEvent event) {
    requireHealthy();
    byte[] key = event.key().getBytes(StandardCharsets.UTF_8);
    try {
      producer.send(new ProducerRecord<>(event.topic(), key, event.payload()), this::answered);
      sent++;
    } catch (RuntimeException e) {
      error = e;
      requireHealthy();
    }
  }

  private void answered(RecordMetadata metadata, Exception refused) {
    if (refused == null) {
      acknowledged.incrementAndGet();
    } else if (error == null) {
      error = refused;
    }
  }

  /**
   * Waits until Kafka has everything.
   *
   * @throws Failure if it did not take everything; says how much it took
   */
  public void flush() {
    producer.flush();
    requireHealthy();
  }

  /**
   * @throws Failure if an event was not taken; says how many were
   */
  public void requireHealthy() {
    Exception cause = error;
    if (cause != null) {
      throw Failure.failed(
          "Kafka at "
              + servers
              + " stopped taking events: "
              + cause.getMessage()
              + ". It has "
              + acknowledged.get()
              + " of the "
              + sent
              + " events handed over; sending the file again repeats them with the same ids",
          cause);
    }
  }

  /** Events that Kafka has. */
  public long acknowledged() {
    return acknowledged.get();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }
}
