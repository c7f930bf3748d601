package io.millrace.features.decision;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a value of Redis: a JSON object that says its version, and perhaps that its key was
 * deleted, beside the fields of its kind. A field that is null counts as absent.
 */
abstract class ObjectParser {
  final JsonParser json;
  String version;
  private boolean deleted;

  ObjectParser(JsonParser json) {
    this.json = json;
  }

  /** Reads the whole value. */
  final void read() throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw fault("it is not a JSON object");
    }
    while (nextField()) {
      switch (json.currentName()) {
        case "version" -> version = text();
        case "deleted" -> deleted = flag();
        default -> readField();
      }
    }
  }

  /** Reads or skips the value of the field that the parser stands at. */
  abstract void readField() throws IOException;

  final boolean isDeleted() {
    return deleted;
  }

  final void enterObject(String field) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw fault(field + " is not an object");
    }
  }

  final void enterArray(String field) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw fault(field + " is not an array");
    }
  }

  /** The strings of an array. */
  final List<String> texts(String field) throws IOException {
    List<String> texts = new ArrayList<>();
    enterArray(field);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(text());
    }
    return texts;
  }

  /** Steps on to the value of the next field of this object that is not null. */
  final boolean nextField() throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      if (json.nextToken() != JsonToken.VALUE_NULL) {
        return true;
      }
    }
    return false;
  }

  final String text() throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw fault(json.currentName() + " is not a string");
    }
    return json.getText();
  }

  final Long integer() throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw fault(json.currentName() + " is not an integer");
    }
    return json.getLongValue();
  }

  final Double number() throws IOException {
    if (!json.currentToken().isNumeric()) {
      throw fault(json.currentName() + " is not a number");
    }
    return json.getDoubleValue();
  }

  final boolean flag() throws IOException {
    if (!json.currentToken().isBoolean()) {
      throw fault(json.currentName() + " is neither true nor false");
    }
    return json.getBooleanValue();
  }

  final <T> T require(String field, T value) throws IOException {
    if (value == null) {
      throw fault(field + " is missing");
    }
    return value;
  }

  /**
   * Passes on what a name stands for, which is null where this version of the library knows none.
   */
  final <T> T known(T named) throws IOException {
    if (named == null) {
      throw fault(json.currentName() + " is not one that is known");
    }
    return named;
  }

  final JsonParseException fault(String what) {
    return new JsonParseException(json, what);
  }
}
