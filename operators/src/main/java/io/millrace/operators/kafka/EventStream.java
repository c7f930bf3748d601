package io.millrace.operators.kafka;

import io.millrace.features.event.DeadLetter;
import io.millrace.features.kafka.KafkaSettings;
import io.millrace.operators.types.EventTypes;
import java.time.Clock;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * The events of a topic, in event time:
 *
 * <pre>{@code
 * DataStream<Timed<Click>> clicks =
 *     EventStream.from(
 *         env,
 *         EventTopic.clickstream(),
 *         KafkaSettings.of("localhost:9092", "millrace-recommend"),
 *         EventTimeSettings.DEFAULT);
 * }</pre>
 */
public final class EventStream {
  private EventStream() {}

  /**
   * Reads a topic from where the settings say, or from where the checkpoint stands. Late events are
   * dropped and counted, unreadable messages are already on their way to the dead letters, and the
   * record timestamp of what comes out is the event time.
   *
   * @param env the job that reads
   * @param topic what to read
   * @param kafka where from, and where the dead letters go
   * @param time how event time moves
   */
  public static <E> SingleOutputStreamOperator<Timed<E>> from(
      StreamExecutionEnvironment env,
      EventTopic<E> topic,
      KafkaSettings kafka,
      EventTimeSettings time) {
    Clock clock = Clock.systemUTC();
    OutputTag<DeadLetter> deadLetters = new OutputTag<>("dead-letters", EventTypes.DEAD_LETTER);
    SingleOutputStreamOperator<Timed<E>> events =
        env.fromSource(
                source(topic, kafka, clock),
                new ArrivalWatermarks<E>(time, clock),
                topic.name(),
                Arrival.typeInfo(topic.type()))
            .uid(EventStreamUids.source(topic.name()))
            .process(new LatenessGate<>(time, clock, deadLetters), Timed.typeInfo(topic.type()))
            .uid(EventStreamUids.gate(topic.name()))
            .name(topic.name() + " lateness");
    events
        .getSideOutput(deadLetters)
        .sinkTo(DeadLetterSink.to(kafka))
        .uid(EventStreamUids.deadLetters(topic.name()))
        .name(topic.name() + " dead letters");
    return events;
  }

  private static <E> KafkaSource<Arrival<E>> source(
      EventTopic<E> topic, KafkaSettings kafka, Clock clock) {
    return KafkaSource.<Arrival<E>>builder()
        .setProperties(consumerProperties(kafka))
        .setBootstrapServers(kafka.bootstrapServers())
        .setGroupId(kafka.groupId())
        .setClientIdPrefix(kafka.groupId() + "-" + topic.name())
        .setTopics(topic.name())
        .setStartingOffsets(
            kafka.start() == KafkaSettings.Start.LATEST
                ? OffsetsInitializer.latest()
                : OffsetsInitializer.earliest())
        .setDeserializer(new ArrivalReader<>(topic, clock))
        .build();
  }

  /** What the operator sets goes before what is set here. */
  private static Properties consumerProperties(KafkaSettings kafka) {
    Properties properties = new Properties();
    properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
    properties.setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "4194304");
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.setProperty(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), "30000");
    properties.putAll(kafka.clientProperties());
    return properties;
  }
}
