package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** The fields of one reason of an alert while it is read. */
final class RiskReasonFields {
  private final FieldReader reader;
  private final String name;
  private String code;
  private String feature;
  private Double value;
  private Double baseline;
  private Double contribution;

  /**
   * @param name of the reason, for messages
   */
  RiskReasonFields(FieldReader reader, String name) {
    this.reader = reader;
    this.name = name;
  }

  void read(String field, JsonParser json) throws IOException, InvalidEventException {
    switch (field) {
      case "code" -> code = reader.text(name + ".code", json);
      case "feature" -> feature = reader.text(name + ".feature", json);
      case "value" -> value = reader.number(name + ".value", json);
      case "baseline" -> baseline = reader.number(name + ".baseline", json);
      case "contribution" -> contribution = reader.number(name + ".contribution", json);
      default -> json.skipChildren();
    }
  }

  RiskReason toReason() throws InvalidEventException {
    EventReader.require(name + ".code", code);
    EventReader.require(name + ".feature", feature);
    return new RiskReason(code, feature, value, baseline, contribution);
  }
}
