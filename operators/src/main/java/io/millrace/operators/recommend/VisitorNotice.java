package io.millrace.operators.recommend;

import io.millrace.features.decision.RedisKeys;
import io.millrace.features.event.Control;
import io.millrace.features.event.Control.Kind;
import io.millrace.features.event.Control.Target;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudAlert.State;
import io.millrace.features.event.FraudRule;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.types.FlatTypeInfo;
import java.time.Duration;
import org.apache.flink.util.Collector;

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

  /** A list lives no longer. */
  private static final Duration FLAGGED_FOR = RedisKeys.REC_TTL;

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

  /**
   * Leaves out each visitor whom an alert names that asks to block, for as long as sessions are of
   * use; a close does not let them in again. What is on trial or snoozed asks for nothing.
   */
  static void of(FraudAlert alert, Collector<VisitorNotice> out) {
    boolean asks = alert.action() == FraudRule.Action.BLOCK && alert.state() != State.CLOSE;
    if (asks && !alert.shadow() && alert.suppressedBy() == null) {
      long until = alert.detectionTime() + FLAGGED_FOR.toMillis();
      for (String visitor : alert.visitorIds()) {
        out.collect(new VisitorNotice(flagOf(visitor), visitor, until));
      }
    }
  }

  /** Nobody names a control so. */
  private static String flagOf(String visitor) {
    return "\u0000alert " + visitor;
  }

  /** An alert leaves a visitor out no more. */
  static VisitorNotice unflagged(String visitor) {
    return new VisitorNotice(flagOf(visitor), null, 0);
  }

  boolean isErasure() {
    return controlId == null;
  }
}
