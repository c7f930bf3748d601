package io.millrace.operators.profile;

import io.millrace.features.catalogue.FacetTable;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * What items are, in operator state: every subtask that keeps profiles is told the same, so one
 * writes it and all restore it.
 */
final class KeptFacets {
  private final AbstractStreamOperator<?> operator;
  private final FacetTable facets = new FacetTable();
  private final ListState<byte[]> state;

  KeptFacets(AbstractStreamOperator<?> operator, StateInitializationContext context)
      throws Exception {
    this.operator = operator;
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("item-facets", BytePrimitiveArraySerializer.INSTANCE));
    for (byte[] chunk : state.get()) {
      facets.addChunk(chunk);
    }
  }

  FacetTable table() {
    return facets;
  }

  /** Writes it; to be called where the operator snapshots its state. */
  void snapshot() throws Exception {
    boolean writer = operator.getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    state.update(writer ? facets.toChunks() : List.of());
  }
}
