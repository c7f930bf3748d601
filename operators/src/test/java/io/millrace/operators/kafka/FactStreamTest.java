package io.millrace.operators.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.event.ErasureReceiptCodec;
import io.millrace.features.event.Topics;
import io.millrace.features.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class FactStreamTest {
  private static final KafkaSettings KAFKA = KafkaSettings.of("localhost:9092", "millrace-test");

  /** Every topic of facts beside both topics of events, under rules that leave nothing to Flink. */
  private static JobGraph job() {
    Configuration strict = new Configuration();
    strict.set(PipelineOptions.GENERIC_TYPES, false);
    strict.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(strict);
    EventStream.from(env, EventTopic.clickstream(), KAFKA, EventTimeSettings.DEFAULT)
        .sinkTo(new DiscardingSink<>())
        .uid("clicks");
    EventStream.from(env, EventTopic.orders(), KAFKA, EventTimeSettings.DEFAULT)
        .sinkTo(new DiscardingSink<>())
        .uid("orders");
    FactStream.from(env, FactTopic.catalog(), KAFKA).sinkTo(new DiscardingSink<>()).uid("items");
    FactStream.again(env, FactTopic.catalog(), "content", KAFKA)
        .sinkTo(new DiscardingSink<>())
        .uid("contents");
    FactStream.from(env, FactTopic.controls(), KAFKA).sinkTo(new DiscardingSink<>()).uid("rules");
    FactStream.from(env, FactTopic.erasures(), KAFKA).sinkTo(new DiscardingSink<>()).uid("gone");
    return env.getStreamGraph().getJobGraph();
  }

  @Test
  void readsAndPartsInOneTaskPerTopic() {
    assertThat(StreamSupport.stream(job().getVertices().spliterator(), false))
        .extracting(JobVertex::getName)
        .anySatisfy(name -> assertThat(name).contains("Source: catalog -> catalog facts"))
        .anySatisfy(name -> assertThat(name).contains("Source: orders -> orders lateness"))
        .anySatisfy(name -> assertThat(name).contains("Source: catalog-for-content ->"))
        .hasSize(6);
  }

  @Test
  void uidsStay() {
    assertThat(FactStreamUids.source("catalog")).isEqualTo("catalog-source");
    assertThat(FactStreamUids.gate("catalog")).isEqualTo("catalog-facts");
    assertThat(FactStreamUids.deadLetters("catalog")).isEqualTo("catalog-dead-letters");
  }

  @Test
  void receiptsAreKeyedByVisitor() {
    ErasureReceipt receipt = new ErasureReceipt("v", "recommend", 1, 2);

    ProducerRecord<byte[], byte[]> message = ExactlyOnceSink.RECEIPTS.serialize(receipt, null, 17L);

    assertThat(message.topic()).isEqualTo("erasure-receipts");
    assertThat(message.key()).isEqualTo("v".getBytes(UTF_8));
    assertThat(message.value()).isEqualTo(ErasureReceiptCodec.encode(receipt));
    assertThat(message.timestamp()).isNull();
  }

  @Test
  void transactionsEndBeforeTheBrokerWouldEndThem() {
    KafkaSettings own =
        new KafkaSettings(
            "kafka:9093",
            "g",
            KafkaSettings.Start.EARLIEST,
            Map.of("transaction.timeout.ms", "60000"));

    assertThat(ExactlyOnceSink.transactionalIdPrefix(Topics.ERASURE_RECEIPTS, KAFKA))
        .isEqualTo("millrace-test-erasure-receipts");
    assertThat(
            Long.parseLong(
                ExactlyOnceSink.producerProperties(KAFKA).getProperty("transaction.timeout.ms")))
        .isBetween(Duration.ofMinutes(10).toMillis(), Duration.ofMinutes(15).toMillis() - 1);
    assertThat(ExactlyOnceSink.producerProperties(own))
        .containsEntry("transaction.timeout.ms", "60000");
  }
}
