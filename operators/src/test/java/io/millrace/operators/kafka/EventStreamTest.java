package io.millrace.operators.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.event.DeadLetter;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.InvalidEventException.Reason;
import io.millrace.features.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final KafkaSettings KAFKA = KafkaSettings.of("localhost:9092", "millrace-test");

  private static JobGraph job() {
    Configuration strict = new Configuration();
    strict.set(PipelineOptions.GENERIC_TYPES, false);
    strict.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(strict);
    env.setParallelism(4);
    EventStream.from(env, EventTopic.clickstream(), KAFKA, EventTimeSettings.DEFAULT)
        .keyBy(timed -> timed.event().visitorId())
        .sinkTo(new DiscardingSink<>())
        .uid("end");
    return env.getStreamGraph().getJobGraph();
  }

  @Test
  void readsAndJudgesInOneTask() {
    assertThat(StreamSupport.stream(job().getVertices().spliterator(), false))
        .extracting(vertex -> vertex.getName())
        .anySatisfy(
            name -> assertThat(name).contains("Source: clickstream -> clickstream lateness"));
  }

  @Test
  void uidsStay() {
    assertThat(EventStreamUids.source("clickstream")).isEqualTo("clickstream-source");
    assertThat(EventStreamUids.gate("clickstream")).isEqualTo("clickstream-lateness");
    assertThat(EventStreamUids.deadLetters("clickstream")).isEqualTo("clickstream-dead-letters");
  }

  @Test
  void theLargestDeadLetterFitsIntoARequest() {
    byte[] payload = new byte[2 * DeadLetter.MAX_PAYLOAD_BYTES];
    new Random(3).nextBytes(payload);
    InvalidEventException fault =
        new InvalidEventException(Reason.TOO_LARGE, "", "\u0000".repeat(400));

    ProducerRecord<byte[], byte[]> message =
        DeadLetterSink.LETTERS.serialize(
            DeadLetter.of("clickstream", 0, 0, payload, fault, 0), null, 17L);

    assertThat(message.topic()).isEqualTo("dead-letters");
    assertThat(message.key()).isEqualTo("clickstream".getBytes(UTF_8));
    assertThat(message.timestamp()).isNull();
    assertThat(message.value()).hasSizeLessThan(DeadLetterSink.MAX_REQUEST_BYTES - 1_000);
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    assertThatThrownBy(() -> new EventTimeSettings(Duration.ofMillis(-1), Duration.ofSeconds(1)))
        .hasMessageContaining("event-time.out-of-orderness")
        .hasMessageContaining("give 0 or more");
    assertThatThrownBy(() -> new EventTimeSettings(Duration.ZERO, Duration.ZERO))
        .hasMessageContaining("event-time.idle-advance");
    assertThatThrownBy(() -> KafkaSettings.of(" ", "g")).hasMessageContaining("bootstrap servers");
  }

  @Test
  void settingsDoNotShowSecrets() {
    KafkaSettings login =
        new KafkaSettings(
            "kafka:9093",
            "g",
            KafkaSettings.Start.EARLIEST,
            java.util.Map.of("sasl.jaas.config", "password=hush"));

    assertThat(login.toString()).contains("kafka:9093").doesNotContain("hush");
    assertThat(login.clientProperties())
        .containsEntry("sasl.jaas.config", "password=hush")
        .containsEntry("bootstrap.servers", "kafka:9093");
  }
}
