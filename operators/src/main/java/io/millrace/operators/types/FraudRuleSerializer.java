package io.millrace.operators.types;

import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Aggregate;
import io.millrace.features.event.FraudRule.Comparison;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.FraudRule.Function;
import io.millrace.features.event.FraudRule.Severity;
import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.FraudRule.State;
import io.millrace.features.event.FraudRule.Step;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Bytes of a rule, version 1: state, entity, severity, action, topic and comparison, rule id,
 * version, owner, condition, times (from, until, within), threshold, the aggregate and the steps. A
 * constant that may be absent is 0 where it is, else one more than its place.
 */
final class FraudRuleSerializer extends FlatSerializer<FraudRule> {
  private static final State[] STATES = State.values();
  private static final Entity[] ENTITIES = Entity.values();
  private static final Severity[] SEVERITIES = Severity.values();
  private static final Action[] ACTIONS = Action.values();
  private static final Source[] SOURCES = Source.values();
  private static final Comparison[] COMPARISONS = Comparison.values();
  private static final Function[] FUNCTIONS = Function.values();

  @Override
  public void serialize(FraudRule rule, DataOutputView target) throws IOException {
    target.writeByte(rule.state().ordinal());
    target.writeByte(rule.entity().ordinal());
    target.writeByte(rule.severity().ordinal());
    target.writeByte(rule.action().ordinal());
    writeOptional(rule.on(), target);
    writeOptional(rule.compare(), target);
    FlatData.writeText(rule.ruleId(), target);
    target.writeLong(rule.version());
    FlatData.writeText(rule.owner(), target);
    OptionalFields.writeTexts(target, rule.where());
    OptionalFields.writeLongs(target, rule.effectiveFrom(), rule.expiresAt(), rule.within());
    OptionalFields.writeDoubles(target, rule.threshold());
    write(rule.aggregate(), target);
    FlatData.writeVarint(rule.steps().size(), target);
    for (Step step : rule.steps()) {
      target.writeByte(step.on().ordinal());
      OptionalFields.writeTexts(target, step.where());
      FlatData.writeVarint(step.times(), target);
    }
  }

  @Override
  public FraudRule deserialize(DataInputView source) throws IOException {
    State state = STATES[source.readByte()];
    Entity entity = ENTITIES[source.readByte()];
    Severity severity = SEVERITIES[source.readByte()];
    Action action = ACTIONS[source.readByte()];
    Source on = readOptional(SOURCES, source);
    Comparison compare = readOptional(COMPARISONS, source);
    String ruleId = FlatData.readText(source);
    long version = source.readLong();
    String owner = FlatData.readText(source);
    String where = OptionalFields.readTexts(1, source)[0];
    Long[] times = OptionalFields.readLongs(3, source);
    Double threshold = OptionalFields.readDoubles(1, source)[0];
    Aggregate aggregate = readAggregate(source);
    return new FraudRule(
        ruleId,
        version,
        owner,
        state,
        times[0],
        times[1],
        entity,
        on,
        where,
        aggregate,
        compare,
        threshold,
        List.of(readSteps(source)),
        times[2],
        severity,
        action);
  }

  private static void write(Aggregate aggregate, DataOutputView target) throws IOException {
    writeOptional(aggregate == null ? null : aggregate.function(), target);
    if (aggregate != null) {
      OptionalFields.writeTexts(target, aggregate.field());
      target.writeLong(aggregate.window());
    }
  }

  private static Aggregate readAggregate(DataInputView source) throws IOException {
    Function function = readOptional(FUNCTIONS, source);
    return function == null
        ? null
        : new Aggregate(function, OptionalFields.readTexts(1, source)[0], source.readLong());
  }

  private static Step[] readSteps(DataInputView source) throws IOException {
    Step[] steps = new Step[FlatData.readVarint(source)];
    for (int i = 0; i < steps.length; i++) {
      steps[i] =
          new Step(
              SOURCES[source.readByte()],
              OptionalFields.readTexts(1, source)[0],
              FlatData.readVarint(source));
    }
    return steps;
  }

  private static void writeOptional(Enum<?> constant, DataOutputView target) throws IOException {
    target.writeByte(constant == null ? 0 : constant.ordinal() + 1);
  }

  private static <T> T readOptional(T[] constants, DataInputView source) throws IOException {
    int place = source.readByte();
    return place == 0 ? null : constants[place - 1];
  }

  @Override
  public TypeSerializerSnapshot<FraudRule> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<FraudRule> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new FraudRuleSerializer());
    }
  }
}
