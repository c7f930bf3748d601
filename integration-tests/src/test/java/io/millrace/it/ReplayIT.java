package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.event.Topics;
import io.millrace.jobs.Failure;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.jobs.local.EventProducer;
import io.millrace.jobs.local.LocalKafka;
import io.millrace.jobs.replay.Preset;
import io.millrace.jobs.replay.Recording;
import io.millrace.jobs.replay.Replay;
import io.millrace.jobs.replay.Speed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir static Path dir;
  private static LocalKafka kafka;

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.start(0, dir.resolve("kafka"), dir.resolve("logs"));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void bringsEveryEventToItsTopicUnderItsKeyAndInOrder() throws Exception {
    List<ContractEvent> sent = new ArrayList<>();
    for (Recording recording : List.of(taobao(), retail(), handbook(), ecommerce())) {
      Replay replay = Replay.of(recording, Speed.MAX, true, Clock.systemUTC());
      String[] topics = recording.topics().toArray(String[]::new);
      try (EventProducer producer = EventProducer.connect(kafka.bootstrapServers(), topics)) {
        replay.send(producer, count -> {});
        assertThat(producer.acknowledged()).isEqualTo(replay.size());
      }
      for (int i = 0; i < replay.size(); i++) {
        sent.add(replay.event(i));
      }
    }
    assertThat(read(sent.size())).isEqualTo(byKey(sent));
  }

  @Test
  void namesTheTopicThatIsMissing() {
    assertThatThrownBy(
            () ->
                EventProducer.connect(
                    kafka.bootstrapServers(), Topics.CLICKSTREAM, "no-such-topic"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("has no topic no-such-topic");
  }

  private Recording taobao() throws Exception {
    StringBuilder text = new StringBuilder();
    String[] behaviours = {"pv", "pv", "cart", "fav", "buy"};
    for (int i = 0; i < 200; i++) {
      String line = "%d,%d,%d,%s,%d%n";
      text.append(
          String.format(line, i % 7, i % 50, i % 50 / 10, behaviours[i % 5], 1511658000 + i / 2));
    }
    return Preset.TAOBAO.read(Files.writeString(dir.resolve("taobao.csv"), text), true);
  }

  private Recording retail() throws Exception {
    StringBuilder text = new StringBuilder();
    text.append(
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n");
    for (int i = 0; i < 60; i++) {
      String line = "%s,%d,\"MUG, BLUE\",%d,2010-12-01 09:%02d:00,%s,%s,United Kingdom%n";
      boolean cancels = i % 15 == 14;
      text.append(
          String.format(
              line,
              (cancels ? "C" : "") + (5000 + i / 3),
              71000 + (cancels ? i - 14 : i) % 15,
              cancels ? -1 : 1,
              i,
              "2.5",
              i % 30 < 15 ? "17850.0" : ""));
    }
    return Preset.ONLINE_RETAIL.read(Files.writeString(dir.resolve("retail.csv"), text), true);
  }

  private Recording handbook() throws Exception {
    StringBuilder text =
        new StringBuilder(
            "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD,TX_FRAUD_SCENARIO\n");
    for (int i = 0; i < 60; i++) {
      text.append(
          String.format(
              "%d,2018-04-01 09:%02d:00,%d,%d,%d.5,%d,0%n", i, i / 2, i % 7, i % 9, i, i % 2));
    }
    return Preset.HANDBOOK.read(Files.writeString(dir.resolve("transactions.csv"), text), true);
  }

  private Recording ecommerce() throws Exception {
    StringBuilder text =
        new StringBuilder(
            "user_id,signup_time,purchase_time,purchase_value,device_id,source,browser,sex,age,ip_address,class\n");
    for (int i = 0; i < 60; i++) {
      String line = "%d,1/1/2015 1:00,1/%d/2015 2:%02d,34,d%d,SEO,Chrome,F,39,732758368.8,%d%n";
      text.append(String.format(line, i, 1 + i % 20, i, i % 9, i % 2));
    }
    return Preset.ECOMMERCE.read(Files.writeString(dir.resolve("fraud_data.csv"), text), true);
  }

  private static Map<String, List<String>> byKey(List<ContractEvent> events) {
    Map<String, List<String>> byKey = new HashMap<>();
    for (ContractEvent event : events) {
      add(byKey, event.topic(), event.key(), new String(event.payload(), StandardCharsets.UTF_8));
    }
    return byKey;
  }

  private static void add(
      Map<String, List<String>> byKey, String topic, String key, String payload) {
    byKey.computeIfAbsent(topic + " " + key, k -> new ArrayList<>()).add(payload);
  }

  private static Map<String, List<String>> read(int count) throws Exception {
    Map<String, List<String>> byKey = new HashMap<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer())) {
      List<TopicPartition> partitions =
          List.of(Topics.CLICKSTREAM, Topics.ORDERS, Topics.CATALOG, Topics.FRAUD_LABELS).stream()
              .map(consumer::partitionsFor)
              .flatMap(Collection::stream)
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      int[] seen = {0};
      Await.until(
          count + " messages are there",
          LIMIT,
          () -> {
            for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(200))) {
              add(byKey, message.topic(), message.key(), message.value());
              seen[0]++;
            }
            return seen[0] >= count;
          });
    }
    return byKey;
  }
}
