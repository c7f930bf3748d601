package io.millrace.features.algebra;

import java.math.BigDecimal;
import java.util.Map;

/** An event as it stands in a log: fields are BigDecimal, String or Boolean. */
record LogEvent(long time, long tie, Map<String, Object> fields) {

  Row row(Schema schema) {
    Row.Builder row = schema.row(time, tie);
    fields.forEach(
        (field, value) -> {
          if (value instanceof BigDecimal number) {
            row.number(field, number.doubleValue());
          } else if (value instanceof Boolean flag) {
            row.flag(field, flag);
          } else {
            row.text(field, (String) value);
          }
        });
    return row.build();
  }

  boolean isBefore(long otherTime, long otherTie) {
    return time < otherTime || time == otherTime && tie < otherTie;
  }
}
