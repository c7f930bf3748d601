package io.millrace.operators.kafka;

import io.millrace.features.kafka.KafkaSettings;
import java.time.Clock;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

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
    SingleOutputStreamOperator<Timed<E>> events =
        env.fromSource(
                TopicSource.ofBusy(topic.name(), ArrivalReader.of(topic, clock), kafka),
                new ArrivalWatermarks<E>(time, clock),
                topic.name(),
                Arrival.typeInfo(topic.type()))
            .uid(EventStreamUids.source(topic.name()))
            .process(new LatenessGate<>(time, clock), Timed.typeInfo(topic.type()))
            .uid(EventStreamUids.gate(topic.name()))
            .name(topic.name() + " lateness");
    DeadLetterSink.attach(events, topic.name(), EventStreamUids.deadLetters(topic.name()), kafka);
    return events;
  }
}
