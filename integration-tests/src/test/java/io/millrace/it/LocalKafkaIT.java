package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickCodec;
import io.millrace.features.event.Topics;
import io.millrace.jobs.Failure;
import io.millrace.jobs.local.EventProducer;
import io.millrace.jobs.local.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaIT {
  @TempDir Path dir;

  @Test
  void keepsMessagesAcrossRestartsOnAnotherPort() throws Exception {
    Click click = Click.view("e", 1_500_000_000_000L, "v", "i");
    long pid;
    try (LocalKafka kafka = start(0)) {
      pid = kafka.pid();
      try (EventProducer producer =
          EventProducer.connect(kafka.bootstrapServers(), Topics.CLICKSTREAM)) {
        producer.send(click);
        producer.flush();
        assertThat(producer.acknowledged()).isEqualTo(1);
      }
    }
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)).isFalse();
    try (LocalKafka kafka = start(0)) {
      assertThat(read(kafka)).containsExactly(ClickCodec.encode(click));
    }
  }

  @Test
  void createsEveryTopicBeforeItIsReady() throws Exception {
    Map<String, Integer> partitions =
        Map.ofEntries(
            Map.entry(Topics.CLICKSTREAM, 4),
            Map.entry(Topics.ORDERS, 4),
            Map.entry(Topics.CATALOG, 4),
            Map.entry(Topics.CONTROLS, 1),
            Map.entry(Topics.FRAUD_RULES, 1),
            Map.entry(Topics.FRAUD_LABELS, 4),
            Map.entry(Topics.ERASURES, 1),
            Map.entry(Topics.ORDER_RISK, 4),
            Map.entry(Topics.FRAUD_ALERTS, 4),
            Map.entry(Topics.ERASURE_RECEIPTS, 1),
            Map.entry(Topics.MODELS, 1),
            Map.entry(Topics.DEAD_LETTERS, 1));
    Set<String> compacted =
        Set.of(Topics.CATALOG, Topics.CONTROLS, Topics.FRAUD_RULES, Topics.MODELS);
    try (LocalKafka kafka = start(0);
        Admin admin =
            Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      assertThat(admin.listTopics().names().get()).isEqualTo(partitions.keySet());
      admin
          .describeTopics(partitions.keySet())
          .allTopicNames()
          .get()
          .forEach(
              (name, topic) ->
                  assertThat(topic.partitions()).as(name).hasSize(partitions.get(name)));
      for (String topic : partitions.keySet()) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        assertThat(config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value())
            .as(topic)
            .isEqualTo(compacted.contains(topic) ? "compact" : "delete");
      }
    }
  }

  @Test
  void takesMessagesTooLargeForAnEvent() throws Exception {
    byte[] large = new byte[5 * 1024 * 1024];
    try (LocalKafka kafka = start(0);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    kafka.bootstrapServers(),
                    ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                    2 * large.length),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(Topics.CLICKSTREAM, large)).get();
      assertThat(read(kafka)).singleElement().satisfies(v -> assertThat(v).hasSize(large.length));
    }
  }

  @Test
  void refusesPortThatIsTaken() throws Exception {
    try (LocalKafka kafka = start(0)) {
      assertThatThrownBy(() -> LocalKafka.start(kafka.port(), dir.resolve("b"), dir))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("port " + kafka.port())
          .hasMessageContaining("--ports auto");
    }
  }

  private LocalKafka start(int port) throws Exception {
    return LocalKafka.start(port, dir.resolve("kafka dir"), dir.resolve("logs"));
  }

  private static List<byte[]> read(LocalKafka kafka) {
    List<byte[]> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.CLICKSTREAM).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (values.isEmpty() && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
          values.add(message.value());
        }
      }
    }
    return values;
  }
}
