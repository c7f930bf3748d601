package io.millrace.operators.recommend;

import io.millrace.operators.forget.Forget;
import io.millrace.operators.state.OwnKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * The controls that leave visitors out, in operator state: every subtask hears of all, that of the
 * visitor writes them, all restore them. A visitor is let in again when no control holds any more;
 * that goes by the clock, as the person who set the control does.
 */
final class VisitorExclusions {
  /** How often expired controls are looked for. */
  static final long TICK_MS = 1_000;

  private final Map<String, VisitorNotice> controls = new HashMap<>();
  private final ListState<VisitorNotice> state;
  private final AbstractStreamOperator<?> operator;

  VisitorExclusions(AbstractStreamOperator<?> operator, StateInitializationContext context)
      throws Exception {
    this.operator = operator;
    this.state =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("visitor-exclusions", VisitorNotice.TYPE.serializer()));
    for (VisitorNotice control : state.get()) {
      controls.put(control.controlId(), control);
    }
  }

  /** What follows from a control that is set, changed or lifted. */
  List<Forget> hear(VisitorNotice control, long now) {
    boolean holds = control.visitor() != null && now < control.until();
    VisitorNotice before =
        holds ? controls.put(control.controlId(), control) : controls.remove(control.controlId());
    List<Forget> follows = new ArrayList<>(2);
    if (before != null) {
      readmit(before.visitor(), follows);
    }
    if (holds) {
      follows.add(new Forget(control.visitor(), Forget.Kind.EXCLUDE, 0));
    }
    return follows;
  }

  /** What follows from the controls that hold no more. */
  List<Forget> expire(long now) {
    List<Forget> follows = new ArrayList<>(0);
    List<VisitorNotice> expired = new ArrayList<>(0);
    for (Iterator<VisitorNotice> all = controls.values().iterator(); all.hasNext(); ) {
      VisitorNotice control = all.next();
      if (now >= control.until()) {
        all.remove();
        expired.add(control);
      }
    }
    expired.forEach(control -> readmit(control.visitor(), follows));
    return follows;
  }

  private void readmit(String visitor, List<Forget> follows) {
    boolean stillOut =
        controls.values().stream().anyMatch(control -> control.visitor().equals(visitor));
    if (!stillOut) {
      follows.add(new Forget(visitor, Forget.Kind.READMIT, 0));
    }
  }

  /** Who is left out. */
  Stream<String> visitors() {
    return controls.values().stream().map(VisitorNotice::visitor);
  }

  /**
   * Writes them; to be called where the operator snapshots its state. Clocks differ: what was said
   * of a visitor so far, only the visitor's own subtask knows.
   */
  void snapshot() throws Exception {
    state.update(
        controls.values().stream()
            .filter(control -> OwnKeys.contain(operator, control.visitor()))
            .toList());
  }
}
