package io.millrace.operators.job;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

/**
 * An operator with a keyed input and, beside it, one that reaches subtasks in another way (all of
 * them, or by a key it sees to itself), which the fluent API offers for functions only.
 */
public final class KeyedBeside<T> extends SingleOutputStreamOperator<T> {
  private KeyedBeside(DataStream<?> upstream, TwoInputTransformation<?, ?, T> transformation) {
    super(upstream.getExecutionEnvironment(), transformation);
  }

  /**
   * Adds the operator to the job.
   *
   * @param parallelism 0 for the job's own
   */
  public static <K, B, T> SingleOutputStreamOperator<T> add(
      KeyedStream<K, String> keyed,
      DataStream<B> beside,
      String name,
      TypeInformation<T> type,
      TwoInputStreamOperator<K, B, T> operator,
      int parallelism) {
    TwoInputTransformation<K, B, T> transformation =
        new TwoInputTransformation<>(
            keyed.getTransformation(),
            beside.getTransformation(),
            name,
            operator,
            type,
            parallelism > 0 ? parallelism : keyed.getExecutionEnvironment().getParallelism());
    transformation.setStateKeySelectors(keyed.getKeySelector(), null);
    transformation.setStateKeyType(Types.STRING);
    keyed.getExecutionEnvironment().addOperator(transformation);
    return new KeyedBeside<>(keyed, transformation);
  }
}
