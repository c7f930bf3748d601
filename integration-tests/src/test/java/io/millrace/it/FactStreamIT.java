package io.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.CatalogItemCodec;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickCodec;
import io.millrace.features.event.Control;
import io.millrace.features.event.ControlCodec;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.ErasureCodec;
import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.event.ErasureReceiptCodec;
import io.millrace.features.event.Topics;
import io.millrace.features.kafka.KafkaSettings;
import io.millrace.jobs.local.LocalKafka;
import io.millrace.operators.kafka.EventStream;
import io.millrace.operators.kafka.EventTimeSettings;
import io.millrace.operators.kafka.EventTopic;
import io.millrace.operators.kafka.ExactlyOnceSink;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.kafka.FactStream;
import io.millrace.operators.kafka.FactTopic;
import io.millrace.operators.types.EventTypes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.co.CoMapFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Facts and requests of a real Kafka, each test on topics of its own. */
class FactStreamIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Partitions of the clickstream and of the catalogue, as the engine creates them. */
  private static final int PARTITIONS = 4;

  private static final BlockingQueue<String> SEEN = new LinkedBlockingQueue<>();

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir private static Path dir;
  private static LocalKafka kafka;
  private static KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void startKafka() throws Exception {
    kafka = LocalKafka.start(0, dir.resolve("kafka"), dir.resolve("logs"));
    producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterAll
  static void stopKafka() {
    producer.close(Duration.ZERO);
    kafka.close();
  }

  @BeforeEach
  void forget() {
    SEEN.clear();
  }

  @Test
  void timeIsLeftToTheClickstream() throws Exception {
    long start = System.currentTimeMillis() - 3_600_000;
    sendItems(0, 50);
    StreamExecutionEnvironment env = environment(null);
    DataStream<Long> clicks =
        EventStream.from(env, EventTopic.clickstream(), settings(), EventTimeSettings.DEFAULT)
            .map(timed -> timed.event().eventTime(), Types.LONG)
            .uid("click-times");
    DataStream<Fact<CatalogItem>> items = FactStream.from(env, FactTopic.catalog(), settings());
    watch(clicks.connect(items).map(new ClicksAlone()).uid("connected"), "connected");
    watch(clicks.union(items.map(item -> -1L, Types.LONG).uid("items")), "union");
    JobClient job = env.executeAsync("fact-stream-it");

    sendClicks(start);
    sendItems(50, 100);
    sendClicks(start + 10_000);
    assertThat(List.of(next(), next()))
        .containsExactlyInAnyOrder("connected " + start, "union " + start);
    sendItems(100, 150);
    sendClicks(start + 20_000);
    assertThat(List.of(next(), next()))
        .containsExactlyInAnyOrder("connected " + (start + 10_000), "union " + (start + 10_000));
    job.cancel().get();
  }

  @Test
  void controlsComeInOrderAndPoisonLandsInTheDeadLetters() throws Exception {
    byte[] control =
        ControlCodec.encode(
            new Control(
                "c",
                Control.Kind.PIN,
                new Control.Target(Control.Target.ITEM, "i"),
                "ana",
                Control.Value.of(2),
                null));
    byte[] senseless =
        "{\"control_id\":\"d\",\"kind\":\"pin\",\"target\":\"brand:b\",\"actor\":\"ana\"}"
            .getBytes(UTF_8);
    send(Topics.CONTROLS, "c", control);
    send(Topics.CONTROLS, "other", control);
    send(Topics.CONTROLS, "d", senseless);
    send(Topics.CONTROLS, "c", null);
    send(Topics.CONTROLS, "c", control);
    StreamExecutionEnvironment env = environment(null);
    FactStream.from(env, FactTopic.controls(), settings().startingAt(KafkaSettings.Start.LATEST))
        .process(new Seen())
        .uid("seen")
        .sinkTo(new DiscardingSink<>())
        .uid("discard");
    JobClient job = env.executeAsync("fact-stream-it");

    assertThat(List.of(next(), next(), next())).containsExactly("c holds", "c is gone", "c holds");
    assertThat(
            TopicMessages.await(kafka.bootstrapServers(), Topics.DEAD_LETTERS, 2, LIMIT).stream()
                .map(letter -> new String(letter.value(), UTF_8)))
        .anyMatch(letter -> letter.contains("\"reason\":\"key_mismatch\""))
        .anyMatch(letter -> letter.contains("\"reason\":\"invalid_control\""))
        .allMatch(letter -> letter.startsWith("{\"topic\":\"controls\""));
    job.cancel().get();
  }

  @Test
  void receiptsAreWrittenOnceAcrossASavepoint() throws Exception {
    sendErasure("v1");
    sendErasure("v2");
    JobClient first = answerErasures(null);
    TopicMessages.await(kafka.bootstrapServers(), Topics.ERASURE_RECEIPTS, 2, LIMIT);
    String savepoint =
        first.stopWithSavepoint(false, dir.toUri().toString(), SavepointFormatType.CANONICAL).get();

    sendErasure("v3");
    JobClient second = answerErasures(savepoint);

    assertThat(TopicMessages.await(kafka.bootstrapServers(), Topics.ERASURE_RECEIPTS, 3, LIMIT))
        .extracting(message -> new String(message.key(), UTF_8))
        .containsExactly("v1", "v2", "v3");
    second.cancel().get();
    assertThat(TopicMessages.await(kafka.bootstrapServers(), Topics.ERASURE_RECEIPTS, 3, LIMIT))
        .extracting(
            message -> new ErasureReceiptCodec(Clock.systemUTC()).decode(message.value()).job())
        .containsOnly("recommend");
  }

  /** A job that does nothing but answer. */
  private static JobClient answerErasures(String savepoint) throws Exception {
    StreamExecutionEnvironment env = environment(savepoint);
    FactStream.from(env, FactTopic.erasures(), settings())
        .map(
            fact ->
                new ErasureReceipt(
                    fact.key(), "recommend", fact.value().requestedAt(), fact.origin()),
            EventTypes.ERASURE_RECEIPT)
        .uid("answer")
        .sinkTo(ExactlyOnceSink.receipts(settings()))
        .uid("receipts");
    return env.executeAsync("fact-stream-it");
  }

  /** Shows the test when the time of each click has passed. */
  private static void watch(DataStream<Long> times, String name) {
    times
        .keyBy(time -> 0, Types.INT)
        .process(new Passed(name), Types.VOID)
        .uid(name + "-passed")
        .sinkTo(new DiscardingSink<>())
        .uid(name + "-discard");
  }

  private static StreamExecutionEnvironment environment(String savepoint) {
    Configuration strict = new Configuration();
    strict.set(PipelineOptions.GENERIC_TYPES, false);
    strict.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    strict.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    if (savepoint != null) {
      strict.setString("execution.state-recovery.path", savepoint);
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(strict);
    env.setParallelism(2);
    env.enableCheckpointing(500);
    return env;
  }

  private static KafkaSettings settings() {
    return KafkaSettings.of(kafka.bootstrapServers(), "fact-stream-it");
  }

  private static String next() throws InterruptedException {
    String seen = SEEN.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(seen).as("something is seen within %s", LIMIT).isNotNull();
    return seen;
  }

  /** One click in each partition, so that none holds back the others. */
  private static void sendClicks(long time) throws Exception {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      byte[] click = ClickCodec.encode(Click.view("e" + partition + time, time, "v", "i"));
      producer.send(new ProducerRecord<>(Topics.CLICKSTREAM, partition, null, click)).get();
    }
  }

  private static void sendItems(int from, int to) throws Exception {
    for (String id : IntStream.range(from, to).mapToObj(i -> "i" + i).toList()) {
      send(Topics.CATALOG, id, CatalogItemCodec.encode(CatalogItem.of(id, null, null)));
    }
  }

  private static void sendErasure(String visitor) throws Exception {
    long requestedAt = System.currentTimeMillis();
    send(Topics.ERASURES, visitor, ErasureCodec.encode(new Erasure(visitor, requestedAt)));
  }

  private static void send(String topic, String key, byte[] payload) throws Exception {
    producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), payload)).get();
  }

  /** Passes the times of clicks on, and a sign that is none for a fact. */
  private static final class ClicksAlone implements CoMapFunction<Long, Fact<CatalogItem>, Long> {
    @Override
    public Long map1(Long time) {
      return time;
    }

    @Override
    public Long map2(Fact<CatalogItem> item) {
      return -1L;
    }
  }

  /** Shows the test once the watermark has passed a click. */
  private static final class Passed extends KeyedProcessFunction<Integer, Long, Void> {
    private final String name;

    private Passed(String name) {
      this.name = name;
    }

    @Override
    public void processElement(Long time, Context context, Collector<Void> out) {
      if (time > 0) {
        context.timerService().registerEventTimeTimer(time);
      }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Void> out) {
      SEEN.add(name + " " + time);
    }
  }

  /** Shows the test which facts came through. */
  private static final class Seen extends ProcessFunction<Fact<Control>, String> {
    @Override
    public void processElement(Fact<Control> fact, Context context, Collector<String> out) {
      SEEN.add(fact.key() + (fact.isDeleted() ? " is gone" : " holds"));
    }
  }
}
