package io.millrace.operators.kafka;

import io.millrace.features.kafka.KafkaSettings;
import java.time.Clock;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The facts or requests of a topic, outside event time:
 *
 * <pre>{@code
 * DataStream<Fact<CatalogItem>> catalog =
 *     FactStream.from(
 *         env, FactTopic.catalog(), KafkaSettings.of("localhost:9092", "millrace-recommend"));
 * }</pre>
 */
public final class FactStream {
  private FactStream() {}

  /**
   * Reads a topic from its oldest message, whatever the settings say: a fact holds however old it
   * is; or from where the checkpoint stands. Facts of one key come in the order of the log.
   * Unreadable messages are already on their way to the dead letters.
   *
   * <p>The stream takes no part in watermarks. Joined with events by a union or by an operator of
   * two inputs, it leaves time to them, from the start and whether it is busy or silent. The record
   * timestamp of a fact is when it was logged.
   *
   * @param env the job that reads
   * @param topic what to read
   * @param kafka where from, and where the dead letters go
   */
  public static <E> SingleOutputStreamOperator<Fact<E>> from(
      StreamExecutionEnvironment env, FactTopic<E> topic, KafkaSettings kafka) {
    SingleOutputStreamOperator<Fact<E>> facts = read(env, topic, topic.name(), kafka);
    DeadLetterSink.attach(facts, topic.name(), FactStreamUids.deadLetters(topic.name()), kafka);
    return facts;
  }

  /**
   * Reads a topic that {@link #from} reads already a second time, at its own pace: for what takes
   * so long that other readers of the same facts must not wait for it. Unreadable messages are left
   * to the first.
   *
   * @param purpose a word for what it is read for; part of its name, its uids and the name of its
   *     consumer group
   */
  public static <E> SingleOutputStreamOperator<Fact<E>> again(
      StreamExecutionEnvironment env, FactTopic<E> topic, String purpose, KafkaSettings kafka) {
    return read(env, topic, topic.name() + "-for-" + purpose, kafka.inGroupOf(purpose));
  }

  private static <E> SingleOutputStreamOperator<Fact<E>> read(
      StreamExecutionEnvironment env, FactTopic<E> topic, String name, KafkaSettings kafka) {
    return env.fromSource(
            TopicSource.of(
                topic.name(),
                ArrivalReader.of(topic, Clock.systemUTC()),
                kafka.startingAt(KafkaSettings.Start.EARLIEST)),
            new TimelessArrivals<Fact<E>>(),
            name,
            Arrival.typeInfo(Fact.typeInfo(topic.type())))
        .uid(FactStreamUids.source(name))
        .process(new FactGate<E>(), Fact.typeInfo(topic.type()))
        .uid(FactStreamUids.gate(name))
        .name(name + " facts");
  }
}
