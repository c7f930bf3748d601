package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.features.event.InvalidEventException.Reason;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * The values that fields of every topic share, as the contract states them: ids of 1 to 128 bytes,
 * times from 2000 to an hour ahead of the clock, amounts of zero and more. Each method reads the
 * value on which the parser stands, or names the field, the value and the remedy.
 */
final class FieldReader implements Serializable {
  /** Longest id, in bytes of UTF-8. */
  static final int MAX_ID_BYTES = 128;

  /** Longest free text (a query, a title), in characters. */
  static final int MAX_TEXT_CHARS = 4_096;

  /** How far ahead of the clock a planned time may lie: five years, in milliseconds. */
  static final long MAX_PLANNED_MS = 5L * 366 * 86_400_000;

  private static final long MIN_TIME = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
  private static final long MAX_AHEAD_MS = 3_600_000;

  private final Clock clock;

  /** Takes times up to an hour ahead of {@code clock}. */
  FieldReader(Clock clock) {
    this.clock = clock;
  }

  /** An id: a string, or a number taken as its text. */
  String id(String field, JsonParser json) throws IOException, InvalidEventException {
    JsonToken token = json.currentToken();
    if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
      throw EventReader.wrongType(field, json, "a string");
    }
    return checkedId(field, json.getText());
  }

  /** A text that came without JSON around it and has to be an id. */
  static String checkedId(String field, String id) throws InvalidEventException {
    int bytes = EventReader.utf8Length(field, id);
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
      throw EventReader.wrongType(field, json, "a string");
    }
    return checkedText(field, json.getText(), MAX_TEXT_CHARS);
  }

  /** A string, number or truth value as its text, of at most {@code maxChars} characters. */
  String scalar(String field, JsonParser json, int maxChars)
      throws IOException, InvalidEventException {
    if (!json.currentToken().isScalarValue()) {
      throw EventReader.wrongType(field, json, "a string, a number, true or false");
    }
    return checkedText(field, json.getText(), maxChars);
  }

  private static String checkedText(String field, String text, int maxChars)
      throws InvalidEventException {
    if (text.length() > maxChars) {
      throw new InvalidEventException(
          Reason.OUT_OF_RANGE,
          field,
          field + " has " + text.length() + " characters; at most " + maxChars + " are taken");
    }
    EventReader.utf8Length(field, text);
    return text;
  }

  /** The constant of an enum, by its name on the wire. */
  <T extends Enum<T>> T name(String field, JsonParser json, WireNames<T> names)
      throws IOException, InvalidEventException {
    String name = text(field, json);
    T known = names.find(name);
    if (known == null) {
      throw new InvalidEventException(
          Reason.UNKNOWN_VALUE,
          field,
          field + " is '" + EventReader.shorten(name) + "'; send one of " + names);
    }
    return known;
  }

  /** True or false. */
  boolean flag(String field, JsonParser json) throws IOException, InvalidEventException {
    if (!json.currentToken().isBoolean()) {
      throw EventReader.wrongType(field, json, "true or false");
    }
    return json.getBooleanValue();
  }

  /** A whole number from {@code min} up. */
  int integer(String field, JsonParser json, int min) throws IOException, InvalidEventException {
    requireWhole(field, json);
    boolean fits = json.getNumberType() == JsonParser.NumberType.INT;
    if (!fits || json.getIntValue() < min) {
      throw EventReader.outOfRange(field, json, "a whole number of " + min + " or more");
    }
    return json.getIntValue();
  }

  /** A whole number from {@code min} to {@code max}. */
  long whole(String field, JsonParser json, long min, long max)
      throws IOException, InvalidEventException {
    requireWhole(field, json);
    boolean fits = json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    if (!fits || json.getLongValue() < min || json.getLongValue() > max) {
      throw EventReader.outOfRange(field, json, "a whole number from " + min + " to " + max);
    }
    return json.getLongValue();
  }

  private static void requireWhole(String field, JsonParser json)
      throws IOException, InvalidEventException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw EventReader.wrongType(field, json, "a whole number");
    }
  }

  /** Any number that a double can hold. */
  double number(String field, JsonParser json) throws IOException, InvalidEventException {
    if (!json.currentToken().isNumeric()) {
      throw EventReader.wrongType(field, json, "a number");
    }
    double number = json.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw EventReader.outOfRange(field, json, "a number up to 1e308");
    }
    return number;
  }

  /** An amount of money of zero or more. */
  double amount(String field, JsonParser json) throws IOException, InvalidEventException {
    if (!json.currentToken().isNumeric()) {
      throw EventReader.wrongType(field, json, "a number");
    }
    double amount = json.getDoubleValue();
    if (!(amount >= 0 && amount <= 1e12)) {
      throw EventReader.outOfRange(field, json, "an amount from 0 to 1e12");
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
          field
              + " is '"
              + EventReader.shorten(code)
              + "'; send three capital letters such as EUR");
    }
    return code;
  }

  /** When something happened: from 2000 to an hour ahead of the clock. */
  long time(String field, JsonParser json) throws IOException, InvalidEventException {
    long time = milliseconds(field, json);
    if (time < MIN_TIME || time > clock.millis() + MAX_AHEAD_MS) {
      throw EventReader.outOfRange(
          field, json, "a time from 2000-01-01 (in milliseconds) to one hour ahead of the clock");
    }
    return time;
  }

  /** When something began that may be older than the store's records: from 1970 on. */
  long pastTime(String field, JsonParser json) throws IOException, InvalidEventException {
    long time = milliseconds(field, json);
    if (time < 0 || time > clock.millis() + MAX_AHEAD_MS) {
      throw EventReader.outOfRange(
          field, json, "a time from 1970-01-01 (in milliseconds) to one hour ahead of the clock");
    }
    return time;
  }

  /** When something is planned to happen: from 2000 to five years ahead of the clock. */
  long plannedTime(String field, JsonParser json) throws IOException, InvalidEventException {
    long time = milliseconds(field, json);
    if (time < MIN_TIME || time > clock.millis() + MAX_PLANNED_MS) {
      throw EventReader.outOfRange(
          field, json, "a time from 2000-01-01 (in milliseconds) to five years ahead of the clock");
    }
    return time;
  }

  /** ISO-8601 with an offset, or integer epoch milliseconds. */
  private static long milliseconds(String field, JsonParser json)
      throws IOException, InvalidEventException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
        throw EventReader.outOfRange(field, json, "milliseconds since the epoch");
      }
      return json.getLongValue();
    }
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw noTime(field, json);
    }
    try {
      return OffsetDateTime.parse(json.getText()).toInstant().toEpochMilli();
    } catch (DateTimeParseException e) {
      throw noTime(field, json);
    } catch (ArithmeticException e) {
      throw EventReader.outOfRange(field, json, "a time of this century");
    }
  }

  private static InvalidEventException noTime(String field, JsonParser json) throws IOException {
    return EventReader.wrongType(
        field, json, "ISO-8601 with an offset, or integer epoch milliseconds");
  }
}
