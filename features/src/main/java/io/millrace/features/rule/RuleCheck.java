package io.millrace.features.rule;

import io.millrace.features.algebra.Field.Type;
import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRule.Aggregate;
import io.millrace.features.event.FraudRule.Comparison;
import io.millrace.features.event.FraudRule.Function;
import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.FraudRule.Step;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.InvalidEventException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Holds a rule against the catalogues of fields. */
final class RuleCheck {
  private static final Set<Comparison> NOT_MET_BY_LESS =
      EnumSet.of(Comparison.EQUAL, Comparison.ABOVE, Comparison.AT_LEAST);

  private final FraudRule rule;
  private final List<Clause> clauses = new ArrayList<>();
  private final int[] entityFields = new int[Source.values().length];

  private RuleCheck(FraudRule rule) {
    this.rule = rule;
    Arrays.fill(entityFields, -1);
  }

  static CompiledRule compile(FraudRule rule) throws InvalidEventException {
    return new RuleCheck(rule).compile();
  }

  private CompiledRule compile() throws InvalidEventException {
    if (rule.steps().isEmpty()) {
      addClause(rule.on(), rule.where(), "on", "where");
    }
    for (int i = 0; i < rule.steps().size(); i++) {
      Step step = rule.steps().get(i);
      addClause(step.on(), step.where(), "steps[" + i + "].on", "steps[" + i + "].where");
    }
    int valueField = -1;
    if (rule.aggregate() != null && rule.aggregate().field() != null) {
      valueField = valueField(rule.aggregate());
    }
    Type type = valueField < 0 ? null : EventFields.of(rule.on()).field(valueField).type();
    return new CompiledRule(rule, List.copyOf(clauses), entityFields, valueField, type);
  }

  private void addClause(Source on, String where, String onField, String whereField)
      throws InvalidEventException {
    EventFields<?> fields = EventFields.of(on);
    String named = EntityFields.name(rule.entity(), on);
    if (named == null) {
      throw invalid(
          onField,
          "%s is %s, and its events name no %s; watch orders, or another entity"
              .formatted(onField, on.wireName(), rule.entity().wireName()));
    }
    entityFields[on.ordinal()] = fields.indexOf(named);
    Clause clause = new Clause(fields, where == null ? null : parse(fields, whereField, where));
    if (clause.isNeverMet()) {
      throw invalid(whereField, whereField + " can never be met; mend it, or pause the rule");
    }
    clauses.add(clause);
  }

  private static Expression parse(EventFields<?> fields, String name, String where)
      throws InvalidEventException {
    try {
      return Expression.parse(fields, where);
    } catch (InvalidExpressionException e) {
      throw invalid(name, name + " is refused at " + e.getMessage());
    }
  }

  private int valueField(Aggregate aggregate) throws InvalidEventException {
    EventFields<?> fields = EventFields.of(rule.on());
    int place = fields.indexOf(aggregate.field());
    if (place < 0) {
      throw invalid(
          "aggregate.field",
          "aggregate.field: %s has no field %s%s"
              .formatted(
                  fields.source().wireName(),
                  Token.shorten(aggregate.field()),
                  TypeCheck.nearest(aggregate.field(), fields.names())));
    }
    EventField<?> field = fields.field(place);
    Set<Type> taken = taken(aggregate.function());
    if (field.presenceOnly() || !taken.contains(field.type())) {
      throw invalid(
          "aggregate.field",
          "aggregate.field: %s is %s; %s takes a %s"
              .formatted(
                  field.name(),
                  field.presenceOnly() ? "not to be read" : "a " + field.type(),
                  aggregate.function().wireName(),
                  String.join(" or a ", taken.stream().map(Type::name).toList())));
    }
    if (aggregate.function() == Function.DISTINCT) {
      checkCountable();
    }
    return place;
  }

  private static Set<Type> taken(Function function) {
    return switch (function) {
      case COUNT -> EnumSet.noneOf(Type.class);
      case SUM, MEAN -> EnumSet.of(Type.NUMBER, Type.FLAG);
      case MIN, MAX, STDDEV -> EnumSet.of(Type.NUMBER);
      case DISTINCT -> EnumSet.of(Type.NUMBER, Type.TEXT);
    };
  }

  private void checkCountable() throws InvalidEventException {
    if (rule.threshold() > DistinctWindow.MAX_VALUES && NOT_MET_BY_LESS.contains(rule.compare())) {
      throw invalid(
          "threshold",
          String.format(
              Locale.ROOT,
              "threshold is %s; no more than %d different values are counted",
              rule.threshold(),
              DistinctWindow.MAX_VALUES));
    }
  }

  static InvalidEventException invalid(String field, String detail) {
    return new InvalidEventException(Reason.INVALID_RULE, field, detail);
  }
}
