package io.millrace.features.alert;

import io.millrace.features.event.FraudAlert.Cause;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;

/** How a suspicion that waits is laid out. */
final class SuspicionFormat {
  private static final Cause.Type[] TYPES = Cause.Type.values();
  private static final Severity[] SEVERITIES = Severity.values();
  private static final Action[] ACTIONS = Action.values();

  private SuspicionFormat() {}

  static void write(Suspicion suspicion, StateWriter out) {
    out.small(suspicion.cause().type().ordinal());
    out.text(suspicion.cause().id());
    out.number(suspicion.cause().version());
    out.small(suspicion.shadow() ? 1 : 0);
    out.text(suspicion.entity());
    out.time(suspicion.time());
    out.number(suspicion.tie());
    out.small(suspicion.severity().ordinal());
    out.small(suspicion.action().ordinal());
    Evidence.of(suspicion).write(out);
    out.participants(suspicion.events());
    out.time(suspicion.from());
  }

  static Suspicion read(StateReader in) {
    Cause cause = new Cause(TYPES[in.small()], in.text(), in.number());
    boolean shadow = in.small() != 0;
    String entity = in.text();
    long time = in.time();
    long tie = in.number();
    Severity severity = SEVERITIES[in.small()];
    Action action = ACTIONS[in.small()];
    Evidence evidence = Evidence.read(in);
    return new Suspicion(
        cause,
        shadow,
        entity,
        time,
        tie,
        severity,
        action,
        evidence.score(),
        evidence.probability(),
        evidence.expectedLoss(),
        evidence.reasons(),
        in.participants(),
        in.time());
  }
}
