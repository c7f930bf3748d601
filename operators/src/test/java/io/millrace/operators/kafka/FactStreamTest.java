package io.millrace.operators.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.Band;
import io.millrace.features.decision.OrderRisk;
import io.millrace.features.decision.OrderRiskJson;
import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.event.ErasureReceiptCodec;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudAlertCodec;
import io.millrace.features.event.FraudRule;
import io.millrace.features.event.Topics;
import io.millrace.features.kafka.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.InstantiationUtil;
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
    FactStream.from(env, FactTopic.fraudRules(), KAFKA).sinkTo(new DiscardingSink<>()).uid("watch");
    FactStream.from(env, FactTopic.fraudLabels(), KAFKA)
        .sinkTo(new DiscardingSink<>())
        .uid("labels");
    return env.getStreamGraph().getJobGraph();
  }

  @Test
  void readsAndPartsInOneTaskPerTopic() {
    assertThat(StreamSupport.stream(job().getVertices().spliterator(), false))
        .extracting(JobVertex::getName)
        .anySatisfy(name -> assertThat(name).contains("Source: catalog -> catalog facts"))
        .anySatisfy(name -> assertThat(name).contains("Source: orders -> orders lateness"))
        .anySatisfy(name -> assertThat(name).contains("Source: catalog-for-content ->"))
        .hasSize(8);
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
  void alertsAreKeyedByWhatTheyAreAbout() {
    FraudAlert alert =
        new FraudAlert(
            "9f3c",
            FraudAlert.State.OPEN,
            1,
            new FraudAlert.Cause(FraudAlert.Cause.Type.RULE, "r7", 3),
            "card:4711",
            List.of("v1"),
            List.of("o1"),
            FraudRule.Severity.HIGH,
            FraudRule.Action.REVIEW,
            null,
            null,
            null,
            List.of(),
            "e9",
            List.of("e9"),
            1,
            2,
            2,
            3,
            false,
            null);

    ProducerRecord<byte[], byte[]> message = ExactlyOnceSink.ALERTS.serialize(alert, null, 17L);

    assertThat(message.topic()).isEqualTo("fraud-alerts");
    assertThat(message.key()).isEqualTo("card:4711".getBytes(UTF_8));
    assertThat(message.value()).isEqualTo(FraudAlertCodec.encode(alert));
    assertThat(message.timestamp()).isNull();
  }

  @Test
  void risksAreKeyedByOrder() {
    OrderRisk risk =
        new OrderRisk(
            "o1",
            "e9",
            5,
            "v1",
            null,
            Band.LOW,
            FraudRule.Action.MONITOR,
            null,
            null,
            List.of(),
            List.of());

    ProducerRecord<byte[], byte[]> message = AtLeastOnceSink.ORDER_RISKS.serialize(risk, null, 17L);

    assertThat(message.topic()).isEqualTo("order-risk");
    assertThat(message.key()).isEqualTo("o1".getBytes(UTF_8));
    assertThat(message.value()).isEqualTo(OrderRiskJson.write(risk));
    assertThat(message.timestamp()).isNull();
  }

  @Test
  void risksWaitForNoOtherMessage() {
    KafkaSettings own =
        new KafkaSettings(
            "kafka:9093", "g", KafkaSettings.Start.EARLIEST, Map.of("linger.ms", "20"));

    assertThat(AtLeastOnceSink.producerProperties(KAFKA))
        .containsEntry("linger.ms", "0")
        .containsEntry("bootstrap.servers", "localhost:9092");
    assertThat(AtLeastOnceSink.producerProperties(own)).containsEntry("linger.ms", "20");
  }

  @Test
  void sinksShipWithTheJob() throws Exception {
    for (Sink<?> sink :
        List.of(
            ExactlyOnceSink.alerts(KAFKA),
            AtLeastOnceSink.orderRisks(KAFKA),
            DeadLetterSink.to(KAFKA))) {
      assertThat(InstantiationUtil.clone(sink)).isInstanceOf(KafkaSink.class);
    }
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
