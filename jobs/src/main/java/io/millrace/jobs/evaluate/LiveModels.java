package io.millrace.jobs.evaluate;

import io.millrace.features.event.ModelSnapshot;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Hands the versions of the ranking to the source, in place of a topic. */
final class LiveModels extends AbstractStreamOperator<Integer>
    implements OneInputStreamOperator<ModelSnapshot, Integer> {
  private static final long serialVersionUID = 1;
  private final LiveSet set;

  LiveModels(LiveSet set) {
    this.set = set;
  }

  @Override
  public void processElement(StreamRecord<ModelSnapshot> element) {
    LiveInput.of(set).publish(element.getValue());
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    super.processWatermark(mark);
    LiveInput.of(set).gate().learned(mark.getTimestamp());
  }
}
