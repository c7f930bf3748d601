package io.millrace.operators.state;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/** Which keys are an operator's own, for what it is told beside its keyed input. */
public final class OwnKeys {
  private OwnKeys() {}

  /** Whether the records of a key come to this subtask. */
  public static boolean contain(AbstractStreamOperator<?> operator, String key) {
    TaskInfo task = operator.getRuntimeContext().getTaskInfo();
    return task.getIndexOfThisSubtask()
        == KeyGroupRangeAssignment.assignKeyToParallelOperator(
            key, task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks());
  }
}
