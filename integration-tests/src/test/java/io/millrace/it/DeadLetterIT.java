package io.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickCodec;
import io.millrace.features.event.Topics;
import io.millrace.features.kafka.KafkaSettings;
import io.millrace.jobs.local.LocalKafka;
import io.millrace.operators.kafka.EventStream;
import io.millrace.operators.kafka.EventTimeSettings;
import io.millrace.operators.kafka.EventTopic;
import io.millrace.operators.kafka.Timed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From a real Kafka through the clickstream's operators, and into its dead letters. */
class DeadLetterIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final BlockingQueue<String> CLICKS = new LinkedBlockingQueue<>();

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(3)
              .build());

  @TempDir private Path dir;
  private LocalKafka kafka;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void startKafka() throws Exception {
    CLICKS.clear();
    kafka = LocalKafka.start(0, dir.resolve("kafka"), dir.resolve("logs"));
    Properties settings = new Properties();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 * 1024 * 1024);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void stopKafka() {
    producer.close(Duration.ZERO);
    kafka.close();
  }

  @Test
  void poisonLandsInTheDeadLettersAndTheJobGoesOn() throws Exception {
    JobClient job = start(2, null);
    Map<String, byte[]> poison = poison();
    send(Click.view("before", System.currentTimeMillis(), "v", "i"));
    for (byte[] payload : poison.values()) {
      send(payload);
    }
    send(Click.view("after", System.currentTimeMillis(), "v", "i"));

    assertThat(nextClick()).isEqualTo("before");
    assertThat(nextClick()).isEqualTo("after");
    List<String> letters = deadLetters(poison.size());
    for (String reason : poison.keySet()) {
      assertThat(letters).filteredOn(l -> l.contains("\"reason\":\"" + reason + "\"")).hasSize(1);
    }
    assertThat(letters)
        .allSatisfy(letter -> assertThat(letter).startsWith("{\"topic\":\"clickstream\""));
    assertThat(letters)
        .filteredOn(letter -> letter.contains("too_large"))
        .singleElement()
        .asString()
        .contains("\"payload_bytes\":5242880")
        .containsPattern("\"sha256\":\"[0-9a-f]{64}\"");
    assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
    job.cancel().get();
  }

  @Test
  void lateClicksStayLateAcrossASavepointAndRescaling() throws Exception {
    long now = System.currentTimeMillis();
    JobClient first = start(1, null);
    send(Click.view("newest", now, "v", "i"));
    send(Click.view("late", now - 5_001, "v", "i"));
    send(Click.view("in-time", now - 5_000, "v", "i"));
    assertThat(nextClick()).isEqualTo("newest");
    assertThat(nextClick()).isEqualTo("in-time");
    String savepoint =
        first.stopWithSavepoint(false, dir.toUri().toString(), SavepointFormatType.CANONICAL).get();

    send(Click.view("late-again", now - 5_001, "v", "i"));
    send(Click.view("in-order", now - 4_999, "v", "i"));
    JobClient second = start(3, savepoint);

    assertThat(nextClick()).isEqualTo("in-order");
    second.cancel().get();
  }

  /** One message for each reason that a click can be refused for. */
  private static Map<String, byte[]> poison() {
    Map<String, byte[]> poison = new LinkedHashMap<>();
    poison.put("malformed_json", "{\"event_id\":".getBytes(UTF_8));
    poison.put("invalid_utf8", new byte[] {'{', (byte) 0xFF, '}'});
    poison.put("too_large", new byte[5 * 1024 * 1024]);
    poison.put("missing_field", "{}".getBytes(UTF_8));
    poison.put("wrong_type", "{\"visitor_id\":[]}".getBytes(UTF_8));
    poison.put("out_of_range", "{\"price\":-1}".getBytes(UTF_8));
    poison.put("unknown_value", "{\"event_type\":\"stare\"}".getBytes(UTF_8));
    return poison;
  }

  private void send(Click click) {
    send(ClickCodec.encode(click));
  }

  /** All to one partition, so that they are read in order. */
  private void send(byte[] payload) {
    producer.send(
        new ProducerRecord<>(Topics.CLICKSTREAM, 0, "v".getBytes(UTF_8), payload),
        (sent, fault) -> {
          if (fault != null) {
            CLICKS.add("not sent: " + fault);
          }
        });
    producer.flush();
  }

  private static String nextClick() throws InterruptedException {
    return CLICKS.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private List<String> deadLetters(int expected) throws Exception {
    List<ConsumerRecord<byte[], byte[]>> letters =
        TopicMessages.await(kafka.bootstrapServers(), Topics.DEAD_LETTERS, expected, LIMIT);
    assertThat(letters)
        .extracting(letter -> new String(letter.key(), UTF_8))
        .containsOnly(Topics.CLICKSTREAM);
    return letters.stream().map(letter -> new String(letter.value(), UTF_8)).toList();
  }

  private JobClient start(int parallelism, String savepoint) throws Exception {
    Configuration strict = new Configuration();
    strict.set(PipelineOptions.GENERIC_TYPES, false);
    strict.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    strict.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    if (savepoint != null) {
      strict.setString("execution.state-recovery.path", savepoint);
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(strict);
    env.setParallelism(parallelism);
    env.enableCheckpointing(500);
    EventStream.from(
            env,
            EventTopic.clickstream(),
            KafkaSettings.of(kafka.bootstrapServers(), "dead-letter-it-job"),
            EventTimeSettings.DEFAULT)
        .process(new Seen())
        .uid("seen")
        .sinkTo(new DiscardingSink<>())
        .uid("discard");
    return env.executeAsync("dead-letter-it");
  }

  /** Shows the test which clicks came through. */
  private static final class Seen extends ProcessFunction<Timed<Click>, String> {
    @Override
    public void processElement(Timed<Click> timed, Context context, Collector<String> out) {
      assertThat(context.timestamp()).isEqualTo(timed.event().eventTime());
      CLICKS.add(timed.event().eventId());
    }
  }
}
