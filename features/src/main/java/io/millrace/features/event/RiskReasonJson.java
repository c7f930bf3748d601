package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/**
 * The JSON of reasons, the same wherever the engine gives some: contributions rounded to six
 * significant digits, values to twelve, null where there is none.
 */
public final class RiskReasonJson {
  private RiskReasonJson() {}

  /** Writes the array of some reasons. */
  public static void write(JsonGenerator json, List<RiskReason> reasons) throws IOException {
    json.writeStartArray();
    for (RiskReason reason : reasons) {
      json.writeStartObject();
      json.writeStringField("code", reason.code());
      json.writeStringField("feature", reason.feature());
      json.writeFieldName("value");
      RoundedNumbers.write(json, reason.value(), RoundedNumbers.VALUE);
      json.writeFieldName("baseline");
      RoundedNumbers.write(json, reason.baseline(), RoundedNumbers.VALUE);
      json.writeFieldName("contribution");
      RoundedNumbers.write(json, reason.contribution(), RoundedNumbers.SCORE);
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
