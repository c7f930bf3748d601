package io.millrace.operators.state;

import io.millrace.operators.types.FlatData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * What an operator keeps of its keys on the heap, in operator state at rest. All of it is written
 * at each checkpoint, so it is for what is short-lived and small; it never costs a write to
 * RocksDB. At a restore each subtask reads everything and takes what is its own.
 */
final class OwnRecords {
  /** Bytes of one element of the state, about: Flink keeps a number for each of them. */
  private static final int CHUNK = 64 * 1024;

  private final ListState<byte[]> state;

  /** Writes a record behind its key. */
  @FunctionalInterface
  interface Writing<R> {
    /** Writes it. */
    void write(R written, DataOutputSerializer out) throws IOException;
  }

  /** Reads a record behind its key. */
  @FunctionalInterface
  interface Reading {
    /** Reads it, to its end. */
    void read(String key, DataInputDeserializer in) throws IOException;
  }

  /**
   * Opens them in an operator's {@code initializeState}.
   *
   * @param name of the state
   * @param own takes each record of the subtask's own keys
   */
  OwnRecords(
      String name,
      AbstractStreamOperator<?> operator,
      StateInitializationContext context,
      Reading own)
      throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(name, BytePrimitiveArraySerializer.INSTANCE));
    for (byte[] chunk : state.get()) {
      DataInputDeserializer in = new DataInputDeserializer(chunk);
      while (in.available() > 0) {
        String key = FlatData.readText(in);
        byte[] bytes = FlatData.readBytes(in);
        if (OwnKeys.contain(operator, key)) {
          own.read(key, new DataInputDeserializer(bytes));
        }
      }
    }
  }

  /** Writes all records there are, in the place of those written before. */
  <R> void write(Iterable<R> records, Function<R, String> key, Writing<R> how) throws Exception {
    List<byte[]> chunks = new ArrayList<>();
    DataOutputSerializer chunk = new DataOutputSerializer(CHUNK + CHUNK / 4);
    DataOutputSerializer one = new DataOutputSerializer(256);
    for (R each : records) {
      one.clear();
      how.write(each, one);
      FlatData.writeText(key.apply(each), chunk);
      FlatData.writeBytes(one.getCopyOfBuffer(), chunk);
      if (chunk.length() >= CHUNK) {
        chunks.add(chunk.getCopyOfBuffer());
        chunk.clear();
      }
    }
    if (chunk.length() > 0) {
      chunks.add(chunk.getCopyOfBuffer());
    }
    state.update(chunks);
  }
}
