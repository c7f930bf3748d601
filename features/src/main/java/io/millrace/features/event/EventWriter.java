package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes the JSON of one event; absent fields are left out. */
final class EventWriter {
  private static final int USUAL_BYTES = 256;

  private final JsonGenerator json;

  private EventWriter(JsonGenerator json) {
    this.json = json;
  }

  /** Writes the fields of an object. */
  @FunctionalInterface
  interface Fields {
    void writeTo(EventWriter out) throws IOException;
  }

  /** One object in UTF-8. */
  static byte[] toBytes(Fields fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator json = EventReader.JSON.createGenerator(out)) {
      json.writeStartObject();
      fields.writeTo(new EventWriter(json));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  void text(String name, String value) throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  void number(String name, Integer value) throws IOException {
    if (value != null) {
      json.writeNumberField(name, value);
    }
  }

  void number(String name, Long value) throws IOException {
    if (value != null) {
      json.writeNumberField(name, value);
    }
  }

  void number(String name, Double value) throws IOException {
    if (value != null) {
      json.writeNumberField(name, value);
    }
  }

  /** Left out where it is false. */
  void flag(String name, boolean value) throws IOException {
    if (value) {
      json.writeBooleanField(name, true);
    }
  }

  void object(String name, Fields fields) throws IOException {
    json.writeObjectFieldStart(name);
    fields.writeTo(this);
    json.writeEndObject();
  }

  /** An array of strings, left out where there is none. */
  void texts(String name, Iterable<String> values) throws IOException {
    if (values.iterator().hasNext()) {
      json.writeArrayFieldStart(name);
      for (String value : values) {
        json.writeString(value);
      }
      json.writeEndArray();
    }
  }

  /** An array of objects, left out where there is none. */
  void objects(String name, Iterable<? extends Fields> elements) throws IOException {
    if (elements.iterator().hasNext()) {
      json.writeArrayFieldStart(name);
      for (Fields element : elements) {
        json.writeStartObject();
        element.writeTo(this);
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }
}
