package io.millrace.features.rule;

import io.millrace.features.algebra.Field.Type;
import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRule.Aggregate;
import io.millrace.features.event.FraudRule.Function;
import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.InvalidEventException.Reason;
import io.millrace.features.session.Hashes;
import java.util.List;

/**
 * A rule that was found to make sense, ready to be asked. Immutable, and safe for use by many
 * threads.
 */
public final class CompiledRule {
  private final FraudRule rule;
  private final List<Clause> clauses;

  /** By topic, the field that names the entity; −1 if the rule looks at no such events. */
  private final int[] entityFields;

  /** The field that is aggregated, −1 if there is none. */
  private final int valueField;

  private final Type valueType;
  private final long shape;

  CompiledRule(
      FraudRule rule, List<Clause> clauses, int[] entityFields, int valueField, Type valueType) {
    this.rule = rule;
    this.clauses = clauses;
    this.entityFields = entityFields;
    this.valueField = valueField;
    this.valueType = valueType;
    shape = Hashes.of(shapeOf(rule, clauses));
  }

  /**
   * Checks what a rule asks for against the fields of its events.
   *
   * @throws InvalidEventException with {@link Reason#INVALID_RULE}; names the field of the rule,
   *     the place in it and the remedy
   */
  public static CompiledRule of(FraudRule rule) throws InvalidEventException {
    return RuleCheck.compile(rule);
  }

  /** The rule as it was given. */
  public FraudRule rule() {
    return rule;
  }

  List<Clause> clauses() {
    return clauses;
  }

  /**
   * What the state of the rule depends on: of two versions of a rule with the same number, the
   * second goes on with what the first has seen. Severity, action, owner, expiry, comparison and
   * threshold may change; entity, conditions, aggregate, steps and {@code effective_from} may not.
   */
  public long shape() {
    return shape;
  }

  private static String shapeOf(FraudRule rule, List<Clause> clauses) {
    StringBuilder text = new StringBuilder();
    text.append(rule.ruleId()).append('\n').append(rule.entity());
    text.append('\n').append(rule.effectiveFrom()).append('\n').append(rule.aggregate());
    text.append('\n').append(rule.within());
    rule.steps().forEach(step -> text.append('\n').append(step.times()));
    clauses.forEach(clause -> text.append('\n').append(clause));
    return text.toString();
  }

  /** The id of the entity that an event is about, null where it names none. */
  public String entityId(EventValues event) {
    int field = entityFields[event.source().ordinal()];
    return field < 0 ? null : event.text(field);
  }

  /** Whether it keeps state: one with neither aggregate nor steps does not. */
  public boolean hasState() {
    return rule.aggregate() != null || !rule.steps().isEmpty();
  }

  /** Whether a match's events may be of the time at which it begins: steps begin with one. */
  boolean includesBegin() {
    return !rule.steps().isEmpty();
  }

  /** The most bytes of state that it keeps of one entity. */
  public int maxStateBytes() {
    if (!rule.steps().isEmpty()) {
      return StepSequence.maxBytes(rule.steps());
    } else if (rule.aggregate() == null) {
      return 0;
    }
    return isDistinct() ? DistinctWindow.MAX_BYTES : NumberWindow.MAX_BYTES;
  }

  private boolean isDistinct() {
    return rule.aggregate().function() == Function.DISTINCT;
  }

  /** Of an entity that it knows nothing of; null if it keeps no state. */
  public RuleState newState() {
    if (!hasState()) {
      return null;
    } else if (rule.aggregate() == null) {
      return new StepSequence(rule.steps(), rule.within());
    }
    long window = rule.aggregate().window();
    return isDistinct() ? new DistinctWindow(window) : new NumberWindow(window);
  }

  /**
   * Reads a state value of a rule of the same {@link #shape}.
   *
   * @throws IllegalStateException if it was written by a later release
   */
  public RuleState stateOfBytes(byte[] bytes) {
    if (rule.aggregate() == null) {
      return StepSequence.ofBytes(bytes, rule.steps(), rule.within());
    }
    long window = rule.aggregate().window();
    return isDistinct()
        ? DistinctWindow.ofBytes(bytes, window)
        : NumberWindow.ofBytes(bytes, window);
  }

  /**
   * Takes an event that meets the rule, after all that are before it.
   *
   * @param state of its entity, which changes
   * @param met a bit for each clause that it meets, as {@link RuleBook} gives them
   * @param since event time since which the rule has been watching
   * @return what it makes a match of, null if it is none
   */
  public RuleMatch take(RuleState state, int met, EventValues event, long since) {
    return take(state, met, event, since, event.time());
  }

  /** The same as of a time that is not before the event's own. */
  RuleMatch take(RuleState state, int met, EventValues event, long since, long time) {
    if (state instanceof StepSequence sequence) {
      long begin = sequence.add(time, met);
      boolean complete = time - rule.within() >= since;
      return begin == StepSequence.NONE
          ? null
          : new RuleMatch(StepSequence.events(rule.steps()), begin, time, complete, false);
    } else if (state == null) {
      return new RuleMatch(1, time, time, true, false);
    }
    return aggregate(state, event, since, time);
  }

  private RuleMatch aggregate(RuleState state, EventValues event, long since, long time) {
    Aggregate aggregate = rule.aggregate();
    double value;
    boolean approximate;
    if (state instanceof DistinctWindow window) {
      if (!isPresent(event)) {
        return null;
      }
      window.add(time, hash(event));
      value = window.result();
      approximate = window.approximate();
    } else {
      double number = valueField < 0 ? 1 : event.number(valueField);
      if (Double.isNaN(number)) {
        return null;
      }
      NumberWindow window = (NumberWindow) state;
      window.add(time, number);
      value = window.result(aggregate.function());
      approximate = window.approximate();
    }
    long from = time - aggregate.window();
    return rule.compare().holds(value, rule.threshold())
        ? new RuleMatch(value, from, time, from >= since, approximate)
        : null;
  }

  private boolean isPresent(EventValues event) {
    return valueType == Type.TEXT
        ? event.text(valueField) != null
        : !Double.isNaN(event.number(valueField));
  }

  /** Different for each entity, so that it names a visitor to nobody who does not know both. */
  private long hash(EventValues event) {
    return valueType == Type.TEXT
        ? Hashes.mix(Hashes.of(event.text(valueField)) ^ Hashes.of(entityId(event)))
        : Double.doubleToLongBits(event.number(valueField) + 0.0);
  }

  /** Whether it looks at events of a topic. */
  public boolean looksAt(Source source) {
    return entityFields[source.ordinal()] >= 0;
  }
}
