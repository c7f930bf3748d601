package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonParser;
import io.millrace.features.event.FraudRule.Aggregate;
import io.millrace.features.event.FraudRule.Function;
import java.io.IOException;

/** The fields of the aggregate of a rule while it is read. */
final class RuleAggregateFields {
  private static final String FUNCTION = "aggregate.function";
  private static final String FIELD = "aggregate.field";
  private static final String WINDOW = "aggregate.window";

  private final FieldReader reader;
  private Function function;
  private String field;
  private Long window;

  RuleAggregateFields(FieldReader reader) {
    this.reader = reader;
  }

  void read(String name, JsonParser json) throws IOException, InvalidEventException {
    switch (name) {
      case "function" -> function = reader.name(FUNCTION, json, Function.NAMES);
      case "field" -> field = reader.id(FIELD, json);
      case "window" -> window = RuleDuration.parse(WINDOW, reader.text(WINDOW, json));
      default -> json.skipChildren();
    }
  }

  Aggregate toAggregate() throws InvalidEventException {
    EventReader.require(FUNCTION, function);
    EventReader.require(WINDOW, window);
    if (function == Function.COUNT) {
      FraudRuleCodec.refuseBeside(
          FIELD, field, "count, which counts events; add present(...) to where");
    } else {
      EventReader.require(FIELD, field);
    }
    return new Aggregate(function, field, window);
  }
}
