package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.millrace.features.event.InvalidEventException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The form that every topic shares, as the contract states it: one JSON object a message, in UTF-8
 * and of bounded size and depth. What its fields hold is read by {@link FieldReader}. Each fault
 * names the field, the value and the remedy.
 */
final class EventReader {
  /** Largest message that is read at all. */
  static final int MAX_EVENT_BYTES = 1024 * 1024;

  /** Deepest nesting that is read, in fields the engine does not know. */
  static final int MAX_NESTING = 1_000;

  // Detection would take UTF-16 for what it is, and the contract says UTF-8. Names of unknown
  // fields come from outside: interned, they would fill a table of the whole JVM.
  static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
          .build();

  private EventReader() {}

  /** Takes the value of one field of an object; the parser stands on it and it is not null. */
  @FunctionalInterface
  interface FieldSink {
    void accept(String field, JsonParser json) throws IOException, InvalidEventException;
  }

  /** Takes one element of an array; the parser stands on it. */
  @FunctionalInterface
  interface ElementSink {
    void accept(JsonParser json) throws IOException, InvalidEventException;
  }

  /** Reads one message; fields that are null count as absent. */
  static void readObject(byte[] payload, FieldSink sink) throws InvalidEventException {
    checkBytes(payload);
    int start = startsWithByteOrderMark(payload) ? 3 : 0;
    try (JsonParser json = JSON.createParser(payload, start, payload.length - start)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        if (json.currentToken() == null) {
          throw new InvalidEventException(
              Reason.MALFORMED_JSON, "", "the message is blank; send one JSON object");
        }
        throw wrongType("", json, "one JSON object");
      }
      readFields(json, sink);
      if (json.nextToken() != null) {
        throw new InvalidEventException(
            Reason.MALFORMED_JSON, "", "more follows the JSON object; send one event a message");
      }
    } catch (StreamConstraintsException e) {
      throw new InvalidEventException(
          Reason.OUT_OF_RANGE, "", "a number, a name or the nesting is too large: " + message(e));
    } catch (JsonParseException e) {
      throw new InvalidEventException(
          Reason.MALFORMED_JSON,
          "",
          "not JSON at byte " + Math.max(e.getLocation().getByteOffset(), 0) + ": " + message(e));
    } catch (IOException e) {
      throw new InvalidEventException(
          Reason.MALFORMED_JSON, "", "not JSON: " + shorten(String.valueOf(e.getMessage())));
    }
  }

  /** Reads the object that is the value of {@code field}. */
  static void readObject(String field, JsonParser json, FieldSink sink)
      throws IOException, InvalidEventException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw wrongType(field, json, "an object");
    }
    readFields(json, sink);
  }

  private static void readFields(JsonParser json, FieldSink sink)
      throws IOException, InvalidEventException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_NULL) {
        sink.accept(field, json);
      }
    }
  }

  /**
   * Reads the array that is the value of {@code field}.
   *
   * @param max how many elements are taken
   * @param elements what they are, for the message
   */
  static void readArray(String field, JsonParser json, int max, String elements, ElementSink sink)
      throws IOException, InvalidEventException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw wrongType(field, json, "an array of " + elements);
    }
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (count++ == max) {
        throw new InvalidEventException(
            Reason.OUT_OF_RANGE,
            field,
            field + " has more than " + max + " " + elements + "; send " + max + " at most");
      }
      sink.accept(json);
    }
  }

  /** What Jackson has against the message, without its own notes on where things started. */
  private static String message(JsonProcessingException fault) {
    String message = String.valueOf(fault.getOriginalMessage());
    int note = message.indexOf(" (start marker at");
    return shorten(note < 0 ? message : message.substring(0, note));
  }

  private static boolean startsWithByteOrderMark(byte[] payload) {
    return payload.length >= 3
        && payload[0] == (byte) 0xEF
        && payload[1] == (byte) 0xBB
        && payload[2] == (byte) 0xBF;
  }

  private static void checkBytes(byte[] payload) throws InvalidEventException {
    if (payload == null || payload.length == 0) {
      throw new InvalidEventException(
          Reason.MALFORMED_JSON, "", "the message is empty; send one JSON object");
    }
    if (payload.length > MAX_EVENT_BYTES) {
      throw new InvalidEventException(
          Reason.TOO_LARGE,
          "",
          "the message has "
              + payload.length
              + " bytes; an event may have "
              + MAX_EVENT_BYTES
              + " at most");
    }
    for (byte b : payload) {
      if (b < 0) {
        checkUtf8(payload);
        return;
      }
    }
  }

  private static void checkUtf8(byte[] payload) throws InvalidEventException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
    } catch (CharacterCodingException e) {
      throw new InvalidEventException(
          Reason.INVALID_UTF8, "", "the message is not UTF-8; encode it as UTF-8");
    }
  }

  static void require(String field, Object value) throws InvalidEventException {
    if (value == null) {
      throw new InvalidEventException(
          Reason.MISSING_FIELD, field, field + " is missing; a message of this kind needs it");
    }
  }

  static InvalidEventException wrongType(String field, JsonParser json, String wanted)
      throws IOException {
    String name = field.isEmpty() ? "the message" : field;
    return new InvalidEventException(
        Reason.WRONG_TYPE, field, name + " is " + describe(json) + "; send " + wanted);
  }

  static InvalidEventException outOfRange(String field, JsonParser json, String wanted)
      throws IOException {
    return new InvalidEventException(
        Reason.OUT_OF_RANGE, field, field + " is " + shorten(json.getText()) + "; send " + wanted);
  }

  private static String describe(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_ARRAY -> "an array";
      case START_OBJECT -> "an object";
      case VALUE_STRING -> "the string '" + shorten(json.getText()) + "'";
      default -> shorten(json.getText());
    };
  }

  /** At most 80 characters of a value, for a message. */
  static String shorten(String value) {
    return value.length() <= 80 ? value : value.substring(0, 80) + "…";
  }

  /**
   * Length in UTF-8. An escape can name half a surrogate pair, for which UTF-8 has no form: two
   * such ids would become one as soon as they are written.
   */
  static int utf8Length(String field, String text) throws InvalidEventException {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        throw new InvalidEventException(
            Reason.INVALID_UTF8,
            field,
            field + " has half a surrogate pair at character " + i + "; send whole characters");
      }
    }
    return bytes;
  }
}
