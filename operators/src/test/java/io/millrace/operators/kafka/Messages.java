package io.millrace.operators.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Kafka messages for tests, and what a reader makes of them. */
final class Messages {
  static final int PARTITION = 3;
  static final long OFFSET = 42;

  private Messages() {}

  static ConsumerRecord<byte[], byte[]> of(String topic, byte[] key, byte[] payload, long logged) {
    return new ConsumerRecord<>(
        topic,
        PARTITION,
        OFFSET,
        logged,
        TimestampType.CREATE_TIME,
        key == null ? 0 : key.length,
        payload == null ? 0 : payload.length,
        key,
        payload,
        new RecordHeaders(),
        Optional.empty());
  }

  /** Reads a message, which always makes one arrival. */
  static <E> Arrival<E> read(ArrivalReader<E> reader, ConsumerRecord<byte[], byte[]> message) {
    List<Arrival<E>> arrivals = new ArrayList<>();
    reader.deserialize(message, new ListCollector<>(arrivals));
    assertThat(arrivals).hasSize(1);
    return arrivals.get(0);
  }
}
