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
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * The rules every topic shares, as the contract states them: one JSON object a message, ids of 1 to
 * 128 bytes, times from 2000 to an hour ahead of the clock, amounts of zero and more. Each fault
 * names the field, the value and the remedy.
 */
final class EventReader implements Serializable {
  /** Longest id, in bytes of UTF-8. */
  static final int MAX_ID_BYTES = 128;

  /** Longest free text (a query, a user agent), in characters. */
  static final int MAX_TEXT_CHARS = 4_096;

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

  private static final long MIN_TIME = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
  private static final long MAX_AHEAD_MS = 3_600_000;

  private final Clock clock;

  EventReader(Clock clock) {
    this.clock = clock;
  }

  /** Takes the value of one field of an object. */
  @FunctionalInterface
  interface FieldSink {
    void accept(String field, JsonParser json) throws IOException, InvalidEventException;
  }

  /** Reads one object; fields that are null count as absent. */
  void readObject(byte[] payload, FieldSink sink) throws InvalidEventException {
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
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        if (json.nextToken() != JsonToken.VALUE_NULL) {
          sink.accept(field, json);
        }
      }
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

  /** An id: a string, or a number taken as its text. */
  String id(String field, JsonParser json) throws IOException, InvalidEventException {
    JsonToken token = json.currentToken();
    if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
      throw wrongType(field, json, "a string");
    }
    String id = json.getText();
    int bytes = utf8Length(field, id);
    if (bytes == 0 || bytes > MAX_ID_BYTES) {
      throw new InvalidEventException(
          Reason.OUT_OF_RANGE,
          field,
          field + " has " + bytes + " bytes; an id has 1 to " + MAX_ID_BYTES);
    }
    return id;
  }

  /** Free text of bounded length. */
  String text(String field, JsonParser json) throws IOException, InvalidEventException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw wrongType(field, json, "a string");
    }
    String text = json.getText();
    if (text.length() > MAX_TEXT_CHARS) {
      throw new InvalidEventException(
          Reason.OUT_OF_RANGE,
          field,
          field
              + " has "
              + text.length()
              + " characters; at most "
              + MAX_TEXT_CHARS
              + " are taken");
    }
    utf8Length(field, text);
    return text;
  }

  /** A whole number from {@code min} up. */
  int integer(String field, JsonParser json, int min) throws IOException, InvalidEventException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw wrongType(field, json, "a whole number");
    }
    boolean fits = json.getNumberType() == JsonParser.NumberType.INT;
    if (!fits || json.getIntValue() < min) {
      throw outOfRange(field, json, "a whole number of " + min + " or more");
    }
    return json.getIntValue();
  }

  /** An amount of money of zero or more. */
  double amount(String field, JsonParser json) throws IOException, InvalidEventException {
    if (!json.currentToken().isNumeric()) {
      throw wrongType(field, json, "a number");
    }
    double amount = json.getDoubleValue();
    if (!(amount >= 0 && amount <= 1e12)) {
      throw outOfRange(field, json, "an amount from 0 to 1e12");
    }
    return amount;
  }

  /** The three letters of a currency. */
  String currency(String field, JsonParser json) throws IOException, InvalidEventException {
    String code = text(field, json);
    if (code.length() != 3 || !code.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
      throw new InvalidEventException(
          Reason.UNKNOWN_VALUE,
          field,
          field + " is '" + shorten(code) + "'; send three capital letters such as EUR");
    }
    return code;
  }

  /** An event time: ISO-8601 with an offset, or integer epoch milliseconds. */
  long time(String field, JsonParser json) throws IOException, InvalidEventException {
    long time;
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
        throw outOfRange(field, json, "milliseconds since the epoch");
      }
      time = json.getLongValue();
    } else if (json.currentToken() == JsonToken.VALUE_STRING) {
      try {
        time = OffsetDateTime.parse(json.getText()).toInstant().toEpochMilli();
      } catch (DateTimeParseException e) {
        throw wrongType(field, json, "ISO-8601 with an offset, or integer epoch milliseconds");
      } catch (ArithmeticException e) {
        throw outOfRange(field, json, "a time of this century");
      }
    } else {
      throw wrongType(field, json, "ISO-8601 with an offset, or integer epoch milliseconds");
    }
    if (time < MIN_TIME || time > clock.millis() + MAX_AHEAD_MS) {
      throw outOfRange(
          field, json, "a time from 2000-01-01 (in milliseconds) to one hour ahead of the clock");
    }
    return time;
  }

  static void require(String field, Object value) throws InvalidEventException {
    if (value == null) {
      throw new InvalidEventException(
          Reason.MISSING_FIELD, field, field + " is missing; an event of this type needs it");
    }
  }

  static InvalidEventException wrongType(String field, JsonParser json, String wanted)
      throws IOException {
    String name = field.isEmpty() ? "the message" : field;
    return new InvalidEventException(
        Reason.WRONG_TYPE, field, name + " is " + describe(json) + "; send " + wanted);
  }

  private static InvalidEventException outOfRange(String field, JsonParser json, String wanted)
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
  private static int utf8Length(String field, String text) throws InvalidEventException {
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
