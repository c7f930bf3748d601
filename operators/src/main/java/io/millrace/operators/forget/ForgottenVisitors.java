package io.millrace.operators.forget;

import io.millrace.features.session.ErasedVisitors;
import io.millrace.features.session.VisitorIds;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * The visitors of whom nothing may be used, in operator state. Every subtask hears of all of them,
 * so one writes them and all restore them. They are kept twice as long as state is: by then nothing
 * of theirs can be left.
 */
public final class ForgottenVisitors {
  private static final ListStateDescriptor<byte[]> STATE =
      new ListStateDescriptor<>("erased-visitors", BytePrimitiveArraySerializer.INSTANCE);

  private final ErasedVisitors erased = new ErasedVisitors();
  private final ListState<byte[]> state;
  private final Duration retention;
  private final AbstractStreamOperator<?> operator;

  public ForgottenVisitors(
      Duration retention, AbstractStreamOperator<?> operator, StateInitializationContext context)
      throws Exception {
    this.retention = retention.multipliedBy(2);
    this.operator = operator;
    this.state = context.getOperatorStateStore().getUnionListState(STATE);
    for (byte[] bytes : state.get()) {
      erased.addAll(bytes);
    }
  }

  /** Who they are. */
  public ErasedVisitors erased() {
    return erased;
  }

  /** Whether what was said is news. */
  public boolean hear(Forget forget) {
    long visitor = VisitorIds.of(forget.visitor());
    return switch (forget.kind()) {
      case ERASE -> erased.add(visitor, forget.upTo(), clock());
      case EXCLUDE -> erased.exclude(visitor, forget.upTo());
      case READMIT -> erased.readmit(visitor, clock());
    };
  }

  /** Writes them; to be called where the operator snapshots its state. */
  public void snapshot() throws Exception {
    erased.forgetHeardBefore(clock() - retention.toMillis());
    boolean writer = operator.getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    state.update(writer && erased.size() > 0 ? List.of(erased.toBytes()) : List.of());
  }

  private long clock() {
    return operator.getProcessingTimeService().getCurrentProcessingTime();
  }
}
