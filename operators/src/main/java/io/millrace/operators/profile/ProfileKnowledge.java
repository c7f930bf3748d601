package io.millrace.operators.profile;

import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.algebra.Layouts;
import io.millrace.features.catalogue.FacetTable;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * What every subtask that keeps profiles knows, in operator state: what items are, and in which
 * layouts features were ever written. All know the same, so one writes it and all restore it.
 */
final class ProfileKnowledge {
  private final AbstractStreamOperator<?> operator;
  private final FacetTable facets = new FacetTable();
  private final Layouts layouts;
  private final ListState<byte[]> facetState;
  private final ListState<byte[]> layoutState;

  /**
   * @param set of features as the job has it now
   */
  ProfileKnowledge(
      FeatureSet set, AbstractStreamOperator<?> operator, StateInitializationContext context)
      throws Exception {
    this.operator = operator;
    OperatorStateStore store = context.getOperatorStateStore();
    facetState = store.getUnionListState(descriptor("item-facets"));
    layoutState = store.getUnionListState(descriptor("feature-layouts"));
    for (byte[] chunk : facetState.get()) {
      facets.addChunk(chunk);
    }
    Layouts known = null;
    for (byte[] bytes : layoutState.get()) {
      known = Layouts.ofBytes(bytes, set);
    }
    layouts = known != null ? known : Layouts.of(set);
  }

  private static ListStateDescriptor<byte[]> descriptor(String name) {
    return new ListStateDescriptor<>(name, BytePrimitiveArraySerializer.INSTANCE);
  }

  FacetTable facets() {
    return facets;
  }

  Layouts layouts() {
    return layouts;
  }

  /** Writes it; to be called where the operator snapshots its state. */
  void snapshot() throws Exception {
    boolean writer = operator.getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    facetState.update(writer ? facets.toChunks() : List.of());
    layoutState.update(writer ? List.of(layouts.toBytes()) : List.of());
  }
}
