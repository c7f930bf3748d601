package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonParser;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Aggregate;
import io.millrace.features.event.FraudRule.Comparison;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.FraudRule.Severity;
import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.FraudRule.State;
import io.millrace.features.event.FraudRule.Step;
import io.millrace.features.event.InvalidEventException.Reason;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON form of {@link FraudRule}: strict on what the contract requires, on the type and range
 * of every field it knows and on which fields go together, indifferent to fields it does not know.
 * A rule that can be read but makes no sense is refused as {@link Reason#INVALID_RULE}. Conditions
 * stay texts here. Instances are cheap and safe for use by many threads; they serialize if their
 * clock does.
 */
public final class FraudRuleCodec implements Serializable {
  private final FieldReader reader;

  /** A codec that takes planned times up to five years ahead of {@code clock}. */
  public FraudRuleCodec(Clock clock) {
    this.reader = new FieldReader(clock);
  }

  /**
   * Reads one rule.
   *
   * @param payload UTF-8 JSON, may be null (an empty message)
   * @throws InvalidEventException if it is not a valid rule; names the field and the remedy
   */
  public FraudRule decode(byte[] payload) throws InvalidEventException {
    Fields fields = new Fields();
    try {
      EventReader.readObject(payload, fields::read);
      return fields.toRule();
    } catch (InvalidEventException e) {
      throw isAboutAValue(e)
          ? new InvalidEventException(Reason.INVALID_RULE, e.field(), e.getMessage())
          : e;
    }
  }

  /** Whether the fault is a value that can be read and is not taken. */
  private static boolean isAboutAValue(InvalidEventException fault) {
    boolean refused =
        fault.reason() == Reason.OUT_OF_RANGE || fault.reason() == Reason.UNKNOWN_VALUE;
    return refused && !fault.field().isEmpty();
  }

  /** Writes one rule; absent fields are left out. */
  public static byte[] encode(FraudRule rule) {
    return EventWriter.toBytes(
        out -> {
          out.text("rule_id", rule.ruleId());
          out.number("version", rule.version());
          out.text("owner", rule.owner());
          out.text("state", WireNames.of(rule.state()));
          out.number("effective_from", rule.effectiveFrom());
          out.number("expires_at", rule.expiresAt());
          out.text("entity", rule.entity().wireName());
          out.text("on", rule.on() == null ? null : rule.on().wireName());
          out.text("where", rule.where());
          if (rule.aggregate() != null) {
            out.object("aggregate", to -> encode(rule.aggregate(), to));
            out.text("compare", rule.compare().symbol());
            out.number("threshold", rule.threshold());
          }
          out.objects(
              "steps",
              rule.steps().stream().<EventWriter.Fields>map(s -> to -> encode(s, to)).toList());
          out.text("within", rule.within() == null ? null : RuleDuration.text(rule.within()));
          out.text("severity", WireNames.of(rule.severity()));
          out.text("action", WireNames.of(rule.action()));
        });
  }

  private static void encode(Aggregate aggregate, EventWriter out) throws IOException {
    out.text("function", aggregate.function().wireName());
    out.text("field", aggregate.field());
    out.text("window", RuleDuration.text(aggregate.window()));
  }

  private static void encode(Step step, EventWriter out) throws IOException {
    out.text("on", step.on().wireName());
    out.text("where", step.where());
    out.number("times", step.times());
  }

  /** The fields of one rule while it is read. */
  private final class Fields {
    private String ruleId;
    private Long version;
    private String owner;
    private State state;
    private Long effectiveFrom;
    private Long expiresAt;
    private Entity entity;
    private Source on;
    private String where;
    private RuleAggregateFields aggregate;
    private Comparison compare;
    private Double threshold;
    private List<RuleStepFields> steps;
    private Long within;
    private Severity severity;
    private Action action;

    private void read(String field, JsonParser json) throws IOException, InvalidEventException {
      switch (field) {
        case "rule_id" -> ruleId = reader.id(field, json);
        case "version" -> version = reader.whole(field, json, 0, Long.MAX_VALUE);
        case "owner" -> owner = reader.id(field, json);
        case "state" -> state = reader.name(field, json, State.NAMES);
        case "effective_from" -> effectiveFrom = reader.plannedTime(field, json);
        case "expires_at" -> expiresAt = reader.plannedTime(field, json);
        case "entity" -> entity = reader.name(field, json, Entity.NAMES);
        case "severity" -> severity = reader.name(field, json, Severity.NAMES);
        case "action" -> action = reader.name(field, json, Action.NAMES);
        default -> readCondition(field, json);
      }
    }

    private void readCondition(String field, JsonParser json)
        throws IOException, InvalidEventException {
      switch (field) {
        case "on" -> on = reader.name(field, json, Source.NAMES);
        case "where" -> where = reader.text(field, json);
        case "aggregate" -> {
          aggregate = new RuleAggregateFields(reader);
          EventReader.readObject(field, json, aggregate::read);
        }
        case "compare" -> compare = comparison(field, json);
        case "threshold" -> threshold = reader.number(field, json);
        case "steps" -> steps = steps(field, json);
        case "within" -> within = RuleDuration.parse(field, reader.text(field, json));
        default -> json.skipChildren();
      }
    }

    private Comparison comparison(String field, JsonParser json)
        throws IOException, InvalidEventException {
      String symbol = reader.text(field, json);
      for (Comparison known : Comparison.values()) {
        if (known.symbol().equals(symbol)) {
          return known;
        }
      }
      throw EventReader.outOfRange(field, json, "one of ==, !=, <, <=, >, >=");
    }

    private List<RuleStepFields> steps(String field, JsonParser json)
        throws IOException, InvalidEventException {
      List<RuleStepFields> read = new ArrayList<>();
      EventReader.readArray(
          field,
          json,
          FraudRule.MAX_STEPS,
          "steps",
          element -> {
            String name = field + "[" + read.size() + "]";
            RuleStepFields step = new RuleStepFields(reader, name);
            EventReader.readObject(name, element, step::read);
            read.add(step);
          });
      return read;
    }

    private FraudRule toRule() throws InvalidEventException {
      EventReader.require("rule_id", ruleId);
      EventReader.require("version", version);
      EventReader.require("owner", owner);
      EventReader.require("state", state);
      EventReader.require("entity", entity);
      EventReader.require("severity", severity);
      EventReader.require("action", action);
      if (effectiveFrom != null && expiresAt != null && expiresAt <= effectiveFrom) {
        throw invalid("expires_at", "is not after effective_from; send a later time, or none");
      }
      if (steps != null) {
        checkSteps();
      } else {
        checkOne();
      }
      return new FraudRule(
          ruleId,
          version,
          owner,
          state,
          effectiveFrom,
          expiresAt,
          entity,
          steps == null ? on : null,
          where,
          aggregate == null ? null : aggregate.toAggregate(),
          compare,
          threshold,
          steps == null ? List.of() : toSteps(),
          within,
          severity,
          action);
    }

    private void checkSteps() throws InvalidEventException {
      if (steps.isEmpty()) {
        throw invalid("steps", "is empty; send 1 to " + FraudRule.MAX_STEPS);
      }
      refuseBeside("aggregate", aggregate, "steps; send one of them");
      refuseBeside("where", where, "steps; give each step its own");
      refuseBeside("compare", compare, "steps; send times in a step");
      refuseBeside("threshold", threshold, "steps; send times in a step");
      EventReader.require("within", within);
    }

    private void checkOne() throws InvalidEventException {
      EventReader.require("on", on);
      refuseBeside("within", within, "no steps; the window of an aggregate is aggregate.window");
      if (aggregate != null) {
        EventReader.require("compare", compare);
        EventReader.require("threshold", threshold);
      } else {
        EventReader.require("where", where);
        refuseBeside("compare", compare, "no aggregate that it could compare");
        refuseBeside("threshold", threshold, "no aggregate to compare with it");
      }
    }

    private List<Step> toSteps() throws InvalidEventException {
      List<Step> read = new ArrayList<>();
      for (RuleStepFields step : steps) {
        read.add(step.toStep(on));
      }
      return read;
    }
  }

  static void refuseBeside(String field, Object value, String beside) throws InvalidEventException {
    if (value != null) {
      throw invalid(field, "stands beside " + beside);
    }
  }

  private static InvalidEventException invalid(String field, String fault) {
    return new InvalidEventException(Reason.INVALID_RULE, field, field + " " + fault);
  }
}
