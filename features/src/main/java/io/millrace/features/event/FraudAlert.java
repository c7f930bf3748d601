package io.millrace.features.event;

import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import java.util.List;
import java.util.Objects;

/**
 * What an alerting team is told of an episode: that it opened, became worse, took in more, or
 * closed. The newest revision of an id says all there is to say.
 *
 * @param alertId the same in every revision and in every replay
 * @param state what has become of the episode
 * @param revision 1 when it opens, and one more each time
 * @param cause the rule or the model
 * @param entity what it is about, {@code type:id} with the types of {@link FraudRule.Entity}
 * @param visitorIds who took part, at most {@link #MAX_IDS}
 * @param orderIds in which orders, at most {@link #MAX_IDS}
 * @param severity the worst so far
 * @param action the strongest asked for so far
 * @param score of the model, 0 to 1; null of a rule
 * @param probability of fraud, 0 to 1; null of a rule
 * @param expectedLoss in the currency of the job; null of a rule
 * @param reasons why
 * @param triggeringEventId the event that this revision is because of
 * @param eventIds events that contributed, the newest last, at most {@link #MAX_EVENTS}
 * @param from event time at which the window begins, milliseconds since the epoch
 * @param to event time at which it ends
 * @param eventTime of the triggering event; of a close, when quiet was reached
 * @param detectionTime when the job said so, by its clock
 * @param shadow whether nothing is to be done about it: the rule is on trial
 * @param suppressedBy the control that snoozes the entity, null if none does
 */
public record FraudAlert(
    String alertId,
    State state,
    int revision,
    Cause cause,
    String entity,
    List<String> visitorIds,
    List<String> orderIds,
    Severity severity,
    Action action,
    Double score,
    Double probability,
    Double expectedLoss,
    List<RiskReason> reasons,
    String triggeringEventId,
    List<String> eventIds,
    long from,
    long to,
    long eventTime,
    long detectionTime,
    boolean shadow,
    String suppressedBy) {

  /** Most events that one alert names. */
  public static final int MAX_EVENTS = 20;

  /** Most visitors, and most orders, that one alert names. */
  public static final int MAX_IDS = 100;

  public FraudAlert {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(cause, "cause");
    visitorIds = List.copyOf(visitorIds);
    orderIds = List.copyOf(orderIds);
    reasons = List.copyOf(reasons);
    eventIds = List.copyOf(eventIds);
  }

  /** What has become of an episode. The order of the constants is part of the serialized form. */
  public enum State {
    OPEN,
    UPDATE,
    CLOSE;

    static final WireNames<State> NAMES = new WireNames<>(State.class);
  }

  /**
   * What raised it.
   *
   * @param type a rule or a model
   * @param id of the rule or the model
   * @param version of it
   */
  public record Cause(Type type, String id, long version) {
    public Cause {
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(id, "id");
    }

    /** The order of the constants is part of the serialized form. */
    public enum Type {
      RULE,
      MODEL;

      static final WireNames<Type> NAMES = new WireNames<>(Type.class);
    }
  }
}
