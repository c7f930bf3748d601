package io.millrace.operators.state;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.BooleanSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * Rounds over all keys of a keyed state, in slices of time. A round that a checkpoint finds under
 * way begins anew after a restore. Not safe for use by several threads.
 */
public final class KeyRounds {
  private final AbstractStreamOperator<?> operator;
  private final KeyRing keys = new KeyRing();

  /** One element where a round is due: whether it is a full one. */
  private final ListState<Boolean> due;

  private boolean full;

  /**
   * Opens the rounds in an operator's {@code initializeState}; at a restore the keys are those of
   * the state.
   *
   * @param keyed name of the keyed state, which exists
   * @param name of the state that tells of a round under way
   */
  public KeyRounds(
      String keyed,
      String name,
      AbstractStreamOperator<?> operator,
      StateInitializationContext context)
      throws Exception {
    this.operator = operator;
    this.due =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>(name, BooleanSerializer.INSTANCE));
    if (context.isRestored()) {
      try (var stored =
          operator.<String>getKeyedStateBackend().getKeys(keyed, VoidNamespace.INSTANCE)) {
        stored.forEach(keys::add);
      }
      for (boolean wasFull : due.get()) {
        keys.startRound();
        full |= wasFull;
      }
    }
  }

  /** A key that the state had not. */
  public void add(String key) {
    keys.add(key);
  }

  /** A key that the state has no more; goes through all keys. */
  public void remove(String key) {
    keys.remove(key);
  }

  /** Starts a round, one for however many calls. */
  public void startRound() {
    keys.startRound();
  }

  /** Starts a round that takes no key for unchanged, see {@link #isFull}. */
  public void startFullRound() {
    keys.startRound();
    full = true;
  }

  /** Whether the round under way is to do its work at every key, changed or not. */
  public boolean isFull() {
    return full;
  }

  /** Keys that the round has still to visit, 0 if there is no round. */
  public int left() {
    return keys.left();
  }

  /**
   * Goes on with the round for a while.
   *
   * @param millis after which no more keys are visited
   */
  public void visitFor(long millis, KeyRing.Visit visit) throws IOException {
    keys.visitFor(millis, operator.getProcessingTimeService()::getCurrentProcessingTime, visit);
    full &= keys.left() > 0;
  }

  /** Ends the round. */
  public void visitAll(KeyRing.Visit visit) throws IOException {
    keys.visitAll(visit);
    full = false;
  }

  /**
   * Writes whether a round is due; to be called where the operator snapshots its state.
   *
   * @param waiting whether one is due that has not been started
   */
  public void snapshot(boolean waiting) throws Exception {
    due.update(keys.left() > 0 || waiting ? List.of(full) : List.of());
  }
}
