package io.millrace.operators.recommend;

import io.millrace.features.event.Control;
import io.millrace.features.event.Control.Kind;
import io.millrace.features.event.Control.Target;
import io.millrace.features.event.Erasure;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.types.FlatTypeInfo;

/**
 * Something said about a visitor, which every tracker hears: to forget one, or to leave one out as
 * long as a control says so.
 *
 * @param controlId the control, null for an erasure
 * @param visitor whom; null where a control is lifted, or is about something else
 * @param until an erasure takes all up to this event time, a control holds until this time of the
 *     clock; milliseconds since the epoch
 */
record VisitorNotice(String controlId, String visitor, long until) {
  static final FlatTypeInfo<VisitorNotice> TYPE =
      new FlatTypeInfo<>(VisitorNotice.class, new VisitorNoticeSerializer());

  static VisitorNotice of(Erasure erasure) {
    return new VisitorNotice(null, erasure.visitorId(), erasure.requestedAt());
  }

  static VisitorNotice of(Fact<Control> fact) {
    Control control = fact.value();
    boolean excludes =
        control != null && control.kind() == Kind.EXCLUDE && control.target().is(Target.VISITOR);
    return excludes
        ? new VisitorNotice(
            fact.key(),
            control.target().rest(),
            control.expiresAt() == null ? Long.MAX_VALUE : control.expiresAt())
        : new VisitorNotice(fact.key(), null, 0);
  }

  boolean isErasure() {
    return controlId == null;
  }
}
