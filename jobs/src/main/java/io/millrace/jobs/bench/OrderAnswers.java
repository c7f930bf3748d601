package io.millrace.jobs.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.features.event.Topics;
import io.millrace.jobs.bench.VisitorValues.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The decisions on {@code order-risk} from now on, as a checkout that follows the topic has them.
 */
final class OrderAnswers implements Answers, AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Set<String> orders = ConcurrentHashMap.newKeySet();
  private final Thread reader = new Thread(this::read, "bench-order-risk");
  private volatile boolean ended;

  OrderAnswers(String servers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(LoopRun.partitions(consumer, Topics.ORDER_RISK));
    consumer.seekToEnd(consumer.assignment());
    consumer.assignment().forEach(consumer::position);
    reader.start();
  }

  private void read() {
    while (!ended) {
      consumer.poll(POLL).forEach(message -> orders.add(new String(message.key(), UTF_8)));
    }
    consumer.close();
  }

  @Override
  public List<Wanted> missing(List<Wanted> wanted) {
    return wanted.stream().filter(order -> !orders.contains(order.visitor())).toList();
  }

  @Override
  public void close() {
    ended = true;
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
