package io.millrace.jobs.erase;

import io.millrace.features.event.Erasure;
import io.millrace.features.event.ErasureCodec;
import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.event.ErasureReceiptCodec;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.Topics;
import io.millrace.jobs.Failure;
import io.millrace.jobs.local.KafkaConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request to forget a visitor. */
public final class ErasureRequest {
  private static final Logger LOG = LoggerFactory.getLogger(ErasureRequest.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(200);

  private static final ErasureReceiptCodec RECEIPTS = new ErasureReceiptCodec(Clock.systemUTC());

  private final Erasure erasure;

  private ErasureRequest(Erasure erasure) {
    this.erasure = erasure;
  }

  /** To forget what a visitor did up to now. */
  public static ErasureRequest now(String visitor, Clock clock) {
    return new ErasureRequest(new Erasure(visitor, clock.millis()));
  }

  /** Up to when. */
  public Instant requestedAt() {
    return Instant.ofEpochMilli(erasure.requestedAt());
  }

  /**
   * Sends the request and waits for the answers.
   *
   * @param jobs which must answer
   * @return the answers in the order in which they came
   * @throws Failure if Kafka cannot be reached, or a job does not answer in time; names it
   */
  public List<ErasureReceipt> send(String servers, Collection<String> jobs, Duration limit) {
    KafkaConnection.require(servers);
    try (KafkaConsumer<byte[], byte[]> receipts = receiptsFromNow(servers)) {
      request(servers);
      return await(receipts, new HashSet<>(jobs), limit);
    } catch (KafkaException | ExecutionException e) {
      throw Failure.failed(
          "Kafka at " + servers + " did not take the request: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted before the answers came", e);
    }
  }

  private static KafkaConsumer<byte[], byte[]> receiptsFromNow(String servers) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) LIMIT.toMillis()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.ERASURE_RECEIPTS).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      consumer.close();
      throw Failure.failed(
          "Kafka at "
              + servers
              + " has no topic "
              + Topics.ERASURE_RECEIPTS
              + "; ./millrace up creates it");
    }
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // Seeking waits for the first look; what is committed from here on is seen.
    partitions.forEach(consumer::position);
    return consumer;
  }

  private void request(String servers) throws ExecutionException, InterruptedException {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                LIMIT.toMillis()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] key = erasure.visitorId().getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(Topics.ERASURES, key, ErasureCodec.encode(erasure))).get();
    }
  }

  private List<ErasureReceipt> await(
      KafkaConsumer<byte[], byte[]> receipts, Set<String> missing, Duration limit) {
    List<ErasureReceipt> answers = new ArrayList<>();
    long deadline = System.nanoTime() + limit.toNanos();
    while (!missing.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw Failure.failed(
            "no answer from "
                + String.join(", ", missing)
                + " within "
                + limit.toSeconds()
                + " s; the request stands, and is carried out when the job runs. Check that it does"
                + " (Flink's dashboard), or wait longer with --timeout");
      }
      for (ConsumerRecord<byte[], byte[]> message : receipts.poll(POLL)) {
        ErasureReceipt receipt = read(message);
        if (receipt != null
            && receipt.visitorId().equals(erasure.visitorId())
            && receipt.requestedAt() >= erasure.requestedAt()
            && missing.remove(receipt.job())) {
          answers.add(receipt);
        }
      }
    }
    return answers;
  }

  private static ErasureReceipt read(ConsumerRecord<byte[], byte[]> message) {
    try {
      return RECEIPTS.decode(message.value());
    } catch (InvalidEventException e) {
      LOG.warn("offset {} of {} is no receipt", message.offset(), message.topic(), e);
      return null;
    }
  }
}
