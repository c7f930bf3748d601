package io.millrace.jobs.evaluate;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps the answers that are compared until the job ends. They are in its checkpoints: a job that
 * goes on from one knows nothing of what was answered behind it and must answer that again.
 */
final class AnswerKeeper extends AbstractStreamOperator<Integer>
    implements OneInputStreamOperator<PaymentFeatures, Integer> {
  private final HandbookSet set;
  private transient FeatureInput input;
  private transient KeptAnswers answers;
  private transient ListState<PaymentFeatures> state;

  AnswerKeeper(HandbookSet set) {
    this.set = set;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    input = FeatureInput.of(set);
    answers = new KeptAnswers();
    state =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("answers", PaymentFeatures.TYPE.serializer()));
    state.get().forEach(answers::add);
    if (context.isRestored()) {
      input.restart().restored();
    }
  }

  @Override
  public void processElement(StreamRecord<PaymentFeatures> element) {
    if (input.oracle().has(element.getValue().id())) {
      answers.add(element.getValue());
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.update(List.copyOf(answers.all()));
  }

  @Override
  public void finish() throws Exception {
    super.finish();
    input.answered(answers);
  }
}
