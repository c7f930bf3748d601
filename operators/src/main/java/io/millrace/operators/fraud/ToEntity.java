package io.millrace.operators.fraud;

import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.watch.EntityIds;
import io.millrace.operators.fraud.Passage.Phase;
import io.millrace.operators.types.FlatTypeInfo;

/**
 * What goes to an entity that an event names.
 *
 * @param phase {@link Phase#ARRIVE}, {@link Phase#SETTLE} or {@link Phase#FORGET}
 * @param kind of the entity
 * @param id of the entity
 * @param event null of {@link Phase#FORGET}
 * @param visitor of {@link Phase#FORGET} who is to be forgotten, else null
 * @param upTo event time up to which, milliseconds since the epoch
 */
record ToEntity(
    Phase phase, Entity kind, String id, VisitorEvent event, String visitor, long upTo) {
  static final FlatTypeInfo<ToEntity> TYPE =
      new FlatTypeInfo<>(ToEntity.class, new ToEntitySerializer());

  static ToEntity about(Phase phase, Entity kind, String id, VisitorEvent event) {
    return new ToEntity(phase, kind, id, event, null, 0);
  }

  static ToEntity forget(Entity kind, String id, String visitor, long upTo) {
    return new ToEntity(Phase.FORGET, kind, id, null, visitor, upTo);
  }

  /** By which it goes. */
  String key() {
    return EntityIds.named(kind, id);
  }
}
