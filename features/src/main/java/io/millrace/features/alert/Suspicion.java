package io.millrace.features.alert;

import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import io.millrace.features.event.RiskReason;
import java.util.List;
import java.util.Objects;

/**
 * One match of a rule, or one score that is too high: what alert episodes are made of. All of it is
 * settled, that is, the same in whatever order events arrived.
 *
 * @param cause the rule or the model
 * @param shadow whether the rule is on trial
 * @param entity what it is about, {@code type:id}
 * @param time of the event that made it so, milliseconds since the epoch
 * @param tie orders the events of one millisecond, as signed numbers
 * @param severity how bad
 * @param action what is asked for
 * @param score of the model, null of a rule
 * @param probability of fraud, null of a rule
 * @param expectedLoss in the currency of the job, null of a rule
 * @param reasons why
 * @param events that contributed, at most {@link FraudAlert#MAX_EVENTS}, in the order of their
 *     times, the one that made it so last
 * @param from event time at which the window of the rule begins; of a model the time of the event
 */
public record Suspicion(
    FraudAlert.Cause cause,
    boolean shadow,
    String entity,
    long time,
    long tie,
    Severity severity,
    Action action,
    Double score,
    Double probability,
    Double expectedLoss,
    List<RiskReason> reasons,
    List<Participant> events,
    long from) {

  public Suspicion {
    Objects.requireNonNull(cause, "cause");
    reasons = List.copyOf(reasons);
    events = List.copyOf(events);
    if (events.isEmpty()) {
      throw new IllegalArgumentException("a suspicion without an event; name the one it is of");
    }
  }

  /** The event that made it so. */
  public Participant trigger() {
    return events.get(events.size() - 1);
  }

  /** The same with other events, one or more. */
  Suspicion withEvents(List<Participant> others) {
    return new Suspicion(
        cause,
        shadow,
        entity,
        time,
        tie,
        severity,
        action,
        score,
        probability,
        expectedLoss,
        reasons,
        others,
        from);
  }

  /**
   * An event that contributed.
   *
   * @param eventId the event
   * @param visitorId who did it
   * @param orderId of which order, null of a click
   * @param time of the event, milliseconds since the epoch
   */
  public record Participant(String eventId, String visitorId, String orderId, long time) {}
}
