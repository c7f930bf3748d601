package io.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.features.decision.OrderRisk;
import io.millrace.features.decision.OrderRiskJson;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudAlertCodec;
import io.millrace.features.event.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the fraud job tells, as an alerting team reads it. */
final class FraudTopics {
  private final String servers;
  private final FraudAlertCodec codec = new FraudAlertCodec(Clock.systemUTC());

  FraudTopics(String servers) {
    this.servers = servers;
  }

  /** All alerts that were committed so far but for probes, those of one entity in their order. */
  List<FraudAlert> alerts() throws Exception {
    List<FraudAlert> alerts = new ArrayList<>();
    for (byte[] payload : read(Topics.FRAUD_ALERTS)) {
      FraudAlert alert = codec.decode(payload);
      if (!isProbe(alert)) {
        alerts.add(alert);
      }
    }
    return alerts;
  }

  private static boolean isProbe(FraudAlert alert) {
    return alert.cause().id().startsWith("probe");
  }

  /** By id, what was told last of each, without when the job said so. */
  SortedMap<String, String> lastOfEach() throws Exception {
    SortedMap<String, String> last = new TreeMap<>();
    for (byte[] payload : read(Topics.FRAUD_ALERTS)) {
      String text = new String(payload, UTF_8).replaceAll("\"detection_time\":\\d+", "");
      FraudAlert alert = codec.decode(payload);
      if (!isProbe(alert)) {
        last.put(alert.alertId(), text);
      }
    }
    return last;
  }

  /** All decisions on orders so far. */
  List<OrderRisk> orderRisks() {
    return read(Topics.ORDER_RISK).stream().map(OrderRiskJson::readMessage).toList();
  }

  /** All rules and others that were refused so far. */
  List<String> deadLetters() {
    return read(Topics.DEAD_LETTERS).stream().map(each -> new String(each, UTF_8)).toList();
  }

  private List<byte[]> read(String topic) {
    List<byte[]> payloads = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      // Of what is committed.
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(message -> payloads.add(message.value()));
      }
    }
    return payloads;
  }
}
