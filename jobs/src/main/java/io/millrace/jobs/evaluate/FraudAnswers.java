package io.millrace.jobs.evaluate;

import java.io.Serializable;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** The end of a job that is evaluated: takes what it says out of it. */
final class FraudAnswers<T> extends AbstractStreamOperator<Integer>
    implements OneInputStreamOperator<T, Integer> {
  private final Taking<T> taking;

  /** Takes an answer. */
  @FunctionalInterface
  interface Taking<T> extends Serializable {
    void take(T answer);

    /** All answers to what happened up to now have been given. */
    default void passed() {}
  }

  private FraudAnswers(Taking<T> taking) {
    this.taking = taking;
  }

  /**
   * Ends a stream.
   *
   * @param name of what is taken
   */
  static <T> void add(DataStream<T> answers, String name, Taking<T> taking) {
    answers
        .transform(name, Types.INT, new FraudAnswers<>(taking))
        .uid("evaluation-" + name)
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>())
        .name("nothing of " + name)
        .uid("nothing-of-" + name)
        .setParallelism(1);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    taking.passed();
    super.processWatermark(mark);
  }

  @Override
  public void processElement(StreamRecord<T> element) {
    taking.take(element.getValue());
  }
}
