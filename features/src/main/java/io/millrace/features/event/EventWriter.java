package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.MathContext;
import java.util.List;

/** Writes the JSON of one event; absent fields are left out, unless it is to be complete. */
final class EventWriter {
  private static final int USUAL_BYTES = 256;

  private final JsonGenerator json;
  private final boolean complete;

  private EventWriter(JsonGenerator json, boolean complete) {
    this.json = json;
    this.complete = complete;
  }

  /** Writes the fields of an object. */
  @FunctionalInterface
  interface Fields {
    void writeTo(EventWriter out) throws IOException;
  }

  /** One object in UTF-8. */
  static byte[] toBytes(Fields fields) {
    return toBytes(fields, false);
  }

  /** One object in UTF-8 that has every field: null, false or an empty array where none is. */
  static byte[] toCompleteBytes(Fields fields) {
    return toBytes(fields, true);
  }

  private static byte[] toBytes(Fields fields, boolean complete) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator json = EventReader.JSON.createGenerator(out)) {
      json.writeStartObject();
      fields.writeTo(new EventWriter(json, complete));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  void text(String name, String value) throws IOException {
    if (isWritten(name, value)) {
      json.writeStringField(name, value);
    }
  }

  void number(String name, Integer value) throws IOException {
    if (isWritten(name, value)) {
      json.writeNumberField(name, value);
    }
  }

  void number(String name, Long value) throws IOException {
    if (isWritten(name, value)) {
      json.writeNumberField(name, value);
    }
  }

  void number(String name, Double value) throws IOException {
    if (isWritten(name, value)) {
      json.writeNumberField(name, value);
    }
  }

  /**
   * Whether there is a value to write; in a complete object, null is written where there is none.
   */
  private boolean isWritten(String name, Object value) throws IOException {
    if (value == null && complete) {
      json.writeNullField(name);
    }
    return value != null;
  }

  /** A number as {@link RoundedNumbers} writes it, null where there is none. */
  void number(String name, Double value, MathContext digits) throws IOException {
    json.writeFieldName(name);
    RoundedNumbers.write(json, value, digits);
  }

  /** Left out where it is false. */
  void flag(String name, boolean value) throws IOException {
    if (value || complete) {
      json.writeBooleanField(name, value);
    }
  }

  void object(String name, Fields fields) throws IOException {
    json.writeObjectFieldStart(name);
    fields.writeTo(this);
    json.writeEndObject();
  }

  /** An array of strings, left out where there is none. */
  void texts(String name, Iterable<String> values) throws IOException {
    if (values.iterator().hasNext() || complete) {
      json.writeArrayFieldStart(name);
      for (String value : values) {
        json.writeString(value);
      }
      json.writeEndArray();
    }
  }

  /** An array of objects, left out where there is none. */
  void objects(String name, Iterable<? extends Fields> elements) throws IOException {
    if (elements.iterator().hasNext() || complete) {
      json.writeArrayFieldStart(name);
      for (Fields element : elements) {
        json.writeStartObject();
        element.writeTo(this);
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }

  /** The array of reasons, which is there always. */
  void reasons(String name, List<RiskReason> reasons) throws IOException {
    json.writeFieldName(name);
    RiskReasonJson.write(json, reasons);
  }
}
