package io.millrace.features.event;

import java.util.List;
import java.util.Objects;

/**
 * A rule that analysts give at run time: about which entity, on which events, and from when on they
 * are too many, too much or in the wrong order. Made by {@link FraudRuleCodec}, which checks its
 * form; whether its conditions make sense is known once they are compiled. Every optional field is
 * null where the message did not carry it.
 *
 * <p>It is one of three: an {@code aggregate} that is compared with a threshold, a sequence of
 * {@code steps} within a time, or neither, and then every event that meets {@code where} is a
 * match.
 *
 * @param ruleId names the rule, so that it can be changed and deleted; 1 to 128 bytes
 * @param version of the rule, 0 or more
 * @param owner who answers for it, 1 to 128 bytes
 * @param state whether it alerts
 * @param effectiveFrom event time from which on it holds, milliseconds since the epoch
 * @param expiresAt event time from which on it holds no more
 * @param entity what is watched
 * @param on where the events come from; null where there are steps, which say it each
 * @param where which events count, null for all
 * @param aggregate what is made of them
 * @param compare how that stands to the threshold in a match; there if there is an aggregate
 * @param threshold what it is compared with; there if there is an aggregate
 * @param steps what has to happen one after the other, 1 to {@link #MAX_STEPS}; else empty
 * @param within how long the steps may take, milliseconds; there if there are steps
 * @param severity of its alerts
 * @param action that its alerts ask for
 */
public record FraudRule(
    String ruleId,
    long version,
    String owner,
    State state,
    Long effectiveFrom,
    Long expiresAt,
    Entity entity,
    Source on,
    String where,
    Aggregate aggregate,
    Comparison compare,
    Double threshold,
    List<Step> steps,
    Long within,
    Severity severity,
    Action action) {

  /** Most steps of a sequence. */
  public static final int MAX_STEPS = 8;

  /** Most times that a step may have to happen. */
  public static final int MAX_TIMES = 1_000;

  public FraudRule {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(entity, "entity");
    steps = List.copyOf(steps);
  }

  /** Whether it holds for an event of that time, in milliseconds since the epoch. */
  public boolean holdsAt(long time) {
    return state != State.PAUSED
        && (effectiveFrom == null || time >= effectiveFrom)
        && (expiresAt == null || time < expiresAt);
  }

  /** Whether a rule alerts. The order of the constants is part of the serialized form. */
  public enum State {
    /** It alerts. */
    ACTIVE,
    /** It says what it would alert about. */
    SHADOW,
    /** It does nothing, and forgets. */
    PAUSED;

    static final WireNames<State> NAMES = new WireNames<>(State.class);
  }

  /** What a rule watches. The order of the constants is part of the serialized form. */
  public enum Entity {
    VISITOR,
    CARD,
    DEVICE,
    IP,
    EMAIL,
    MERCHANT;

    static final WireNames<Entity> NAMES = new WireNames<>(Entity.class);

    private final String wireName = WireNames.of(this);

    /** The name on the wire, for example {@code card}. */
    public String wireName() {
      return wireName;
    }
  }

  /** The topic that events come from. The order of the constants is part of the serialized form. */
  public enum Source {
    ORDERS,
    CLICKSTREAM;

    static final WireNames<Source> NAMES = new WireNames<>(Source.class);

    private final String wireName = WireNames.of(this);

    /** The name on the wire, for example {@code orders}. */
    public String wireName() {
      return wireName;
    }
  }

  /** What is made of the events of a window. */
  public enum Function {
    COUNT,
    SUM,
    MEAN,
    MIN,
    MAX,
    STDDEV,
    DISTINCT;

    static final WireNames<Function> NAMES = new WireNames<>(Function.class);

    private final String wireName = WireNames.of(this);

    /** The name on the wire, for example {@code sum}. */
    public String wireName() {
      return wireName;
    }
  }

  /** How bad a match is. The order of the constants is part of the serialized form. */
  public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    static final WireNames<Severity> NAMES = new WireNames<>(Severity.class);
  }

  /** What a match asks for. The order of the constants is part of the serialized form. */
  public enum Action {
    MONITOR,
    REVIEW,
    BLOCK;

    static final WireNames<Action> NAMES = new WireNames<>(Action.class);

    private final String wireName = WireNames.of(this);

    /** The name on the wire, for example {@code review}. */
    public String wireName() {
      return wireName;
    }

    /** The action of that name on the wire, null if there is none. */
    public static Action ofWireName(String name) {
      return NAMES.find(name);
    }
  }

  /** How two numbers may stand to each other. */
  public enum Comparison {
    EQUAL("=="),
    UNEQUAL("!="),
    BELOW("<"),
    AT_MOST("<="),
    ABOVE(">"),
    AT_LEAST(">=");

    private final String symbol;

    Comparison(String symbol) {
      this.symbol = symbol;
    }

    /** As it is written. */
    public String symbol() {
      return symbol;
    }

    /** Whether it is true of these; of what is not a number it never is. */
    public boolean holds(double left, double right) {
      return switch (this) {
        case EQUAL -> left == right;
        case UNEQUAL -> left < right || left > right;
        case BELOW -> left < right;
        case AT_MOST -> left <= right;
        case ABOVE -> left > right;
        case AT_LEAST -> left >= right;
      };
    }
  }

  /**
   * What is made of the events of a sliding window.
   *
   * @param function what it is
   * @param field of which field; null for {@link Function#COUNT}
   * @param window how long it is, milliseconds: an event at t sees those in (t − window, t]
   */
  public record Aggregate(Function function, String field, long window) {}

  /**
   * Something that has to happen, in its turn.
   *
   * @param on where the events come from
   * @param where which of them count, null for all
   * @param times how often, 1 to {@link #MAX_TIMES}
   */
  public record Step(Source on, String where, int times) {}
}
