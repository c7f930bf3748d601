package io.millrace.operators.kafka;

import io.millrace.features.event.DeadLetter;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.InvalidEventException.Reason;
import io.millrace.operators.types.FlatTypeInfo;
import java.io.Serializable;
import java.time.Clock;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one arrival of each Kafka record and never throws: no input stops a job. */
final class ArrivalReader<E> implements KafkaRecordDeserializationSchema<Arrival<E>> {
  private static final Logger LOG = LoggerFactory.getLogger(ArrivalReader.class);

  /**
   * The year 2000. A producer may send no timestamp (-1), or seconds for milliseconds; taken at its
   * word, it would hold time still.
   */
  private static final long EARLIEST_ORIGIN_MS = 946_684_800_000L;

  private final MessageParser<E> parser;
  private final EventTopic.EventTime<E> eventTime;
  private final FlatTypeInfo<E> type;
  private final Clock clock;

  private ArrivalReader(
      MessageParser<E> parser,
      EventTopic.EventTime<E> eventTime,
      FlatTypeInfo<E> type,
      Clock clock) {
    this.parser = parser;
    this.eventTime = eventTime;
    this.type = type;
    this.clock = clock;
  }

  /** Reads events, which have a time of their own. */
  static <E> ArrivalReader<E> of(EventTopic<E> topic, Clock clock) {
    EventParser<E> parser = topic.parser();
    return new ArrivalReader<>(
        (key, payload, origin) -> parser.parse(key, payload),
        topic.eventTime(),
        topic.type(),
        clock);
  }

  /** Reads facts, which have no other time than that of the log. */
  static <E> ArrivalReader<Fact<E>> of(FactTopic<E> topic, Clock clock) {
    FactTopic.FactParser<E> parser = topic.parser();
    return new ArrivalReader<>(parser::parse, Fact::origin, Fact.typeInfo(topic.type()), clock);
  }

  /** Reads what is in one message. */
  @FunctionalInterface
  private interface MessageParser<E> extends Serializable {
    E parse(byte[] key, byte[] payload, long origin) throws InvalidEventException;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<Arrival<E>> out) {
    long logged = message.timestamp();
    long origin = logged >= EARLIEST_ORIGIN_MS ? logged : clock.millis();
    out.collect(read(message, origin));
  }

  private Arrival<E> read(ConsumerRecord<byte[], byte[]> message, long origin) {
    try {
      E event = parser.parse(message.key(), message.value(), origin);
      return Arrival.of(event, message.partition(), eventTime.applyAsLong(event), origin);
    } catch (InvalidEventException e) {
      return deadLetter(message, e, origin);
    } catch (RuntimeException e) {
      // A fault of the parser, not of the sender; stopping would not mend it, and the dead letter
      // keeps the message for when it is mended.
      LOG.error(
          "The parser of topic {} failed at partition {}, offset {}",
          message.topic(),
          message.partition(),
          message.offset(),
          e);
      String detail = "the parser failed (" + e + "); report it and send the message again later";
      return deadLetter(
          message, new InvalidEventException(Reason.MALFORMED_JSON, "", detail), origin);
    }
  }

  private Arrival<E> deadLetter(
      ConsumerRecord<byte[], byte[]> message, InvalidEventException fault, long origin) {
    return Arrival.of(
        DeadLetter.of(
            message.topic(),
            message.partition(),
            message.offset(),
            message.value(),
            fault,
            clock.millis()),
        origin);
  }

  @Override
  public TypeInformation<Arrival<E>> getProducedType() {
    return Arrival.typeInfo(type);
  }
}
