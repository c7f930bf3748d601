package io.millrace.operators.feature;

import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.algebra.FeatureValues;
import io.millrace.features.algebra.Row;
import io.millrace.features.algebra.Schema;
import java.io.Serializable;

/**
 * What a job says of one kind of entity, such as a card or a visitor: its features, how an event
 * looks to them, and what becomes of their values. It travels to the tasks, so that it holds
 * nothing but settings; the set is made there.
 *
 * @param <E> the events
 * @param <O> the answers
 */
public interface EntityEvents<E, O> extends Serializable {
  /** The features; asked for once a task. */
  FeatureSet set();

  /**
   * An event as the features see it. Its time and tie order the events of a key and tell one from
   * another.
   *
   * @param schema the set's own, which must build the row
   */
  Row row(E event, Schema schema);

  /**
   * The answer to an event.
   *
   * @param values of all features of the set as of the event
   */
  O answer(E event, FeatureValues values);
}
