package io.millrace.operators.feature;

import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.algebra.Layouts;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * The layouts in which values of a feature set were ever written, in operator state: all subtasks
 * have the same, so one writes them and all restore them.
 */
public final class KeptLayouts {
  private final AbstractStreamOperator<?> operator;
  private final ListState<byte[]> state;
  private final Layouts layouts;

  /**
   * Opens them in an operator's {@code initializeState}.
   *
   * @param set as the job has it now; the state is named after it
   */
  public KeptLayouts(
      FeatureSet set, AbstractStreamOperator<?> operator, StateInitializationContext context)
      throws Exception {
    this.operator = operator;
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(
                    set.name() + "-layouts", BytePrimitiveArraySerializer.INSTANCE));
    Layouts known = Layouts.of(set);
    for (byte[] written : state.get()) {
      known = Layouts.ofBytes(written, set);
    }
    layouts = known;
  }

  /** The layouts, with the set's own as the newest. */
  public Layouts get() {
    return layouts;
  }

  /** Writes them; to be called where the operator snapshots its state. */
  public void snapshot() throws Exception {
    boolean writer = operator.getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    state.update(writer ? List.of(layouts.toBytes()) : List.of());
  }
}
