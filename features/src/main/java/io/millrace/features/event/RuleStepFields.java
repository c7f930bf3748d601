package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonParser;
import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.FraudRule.Step;
import java.io.IOException;

/** The fields of one step of a rule while it is read. */
final class RuleStepFields {
  private final FieldReader reader;
  private final String name;
  private Source on;
  private String where;
  private long times = 1;

  /**
   * @param name of the step, for messages
   */
  RuleStepFields(FieldReader reader, String name) {
    this.reader = reader;
    this.name = name;
  }

  void read(String field, JsonParser json) throws IOException, InvalidEventException {
    switch (field) {
      case "on" -> on = reader.name(name + ".on", json, Source.NAMES);
      case "where" -> where = reader.text(name + ".where", json);
      case "times" -> times = reader.whole(name + ".times", json, 1, FraudRule.MAX_TIMES);
      default -> json.skipChildren();
    }
  }

  /**
   * @param otherwise the topic of a step that names none, may be null
   */
  Step toStep(Source otherwise) throws InvalidEventException {
    Source from = on == null ? otherwise : on;
    EventReader.require(name + ".on", from);
    return new Step(from, where, (int) times);
  }
}
