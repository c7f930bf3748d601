package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.features.event.Control.Kind;
import io.millrace.features.event.Control.Target;
import io.millrace.features.event.Control.Value;
import io.millrace.features.event.InvalidEventException.Reason;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;

/**
 * The JSON form of {@link Control}: strict on what the contract requires, on the type and range of
 * every field it knows and on what a kind can be applied to, indifferent to fields it does not
 * know. A control that can be read but makes no sense is refused as {@link Reason#INVALID_CONTROL}.
 * Instances are cheap and safe for use by many threads; they serialize if their clock does.
 */
public final class ControlCodec implements Serializable {
  private final FieldReader reader;

  /** A codec that takes an expiry up to five years ahead of {@code clock}. */
  public ControlCodec(Clock clock) {
    this.reader = new FieldReader(clock);
  }

  /**
   * Reads one control.
   *
   * @param payload UTF-8 JSON, may be null (an empty message)
   * @throws InvalidEventException if it is not a valid control; names the field and the remedy
   */
  public Control decode(byte[] payload) throws InvalidEventException {
    Fields fields = new Fields();
    try {
      EventReader.readObject(payload, fields::read);
      return fields.toControl();
    } catch (InvalidEventException e) {
      throw isAboutAValue(e)
          ? new InvalidEventException(Reason.INVALID_CONTROL, e.field(), e.getMessage())
          : e;
    }
  }

  /** Whether the fault is a value that can be read and is not taken. */
  private static boolean isAboutAValue(InvalidEventException fault) {
    boolean refused =
        fault.reason() == Reason.OUT_OF_RANGE || fault.reason() == Reason.UNKNOWN_VALUE;
    return refused && !fault.field().isEmpty();
  }

  /** Writes one control; absent fields are left out. */
  public static byte[] encode(Control control) {
    return EventWriter.toBytes(
        out -> {
          out.text("control_id", control.controlId());
          out.text("kind", control.kind().wireName());
          out.text("target", control.target().toString());
          out.text("actor", control.actor());
          if (control.value() != null) {
            out.number("value", control.value().number());
            out.text("value", control.value().text());
          }
          out.number("expires_at", control.expiresAt());
        });
  }

  /** The fields of one control while it is read. */
  private final class Fields {
    private String controlId;
    private Kind kind;
    private Target target;
    private String actor;
    private Value value;
    private Long expiresAt;

    private void read(String field, JsonParser json) throws IOException, InvalidEventException {
      switch (field) {
        case "control_id" -> controlId = reader.id(field, json);
        case "kind" -> kind = reader.name(field, json, Kind.NAMES);
        case "target" -> target = ControlTargets.parse(field, reader.text(field, json));
        case "actor" -> actor = reader.id(field, json);
        case "value" -> value = value(field, json);
        case "expires_at" -> expiresAt = reader.plannedTime(field, json);
        default -> json.skipChildren();
      }
    }

    private Value value(String field, JsonParser json) throws IOException, InvalidEventException {
      if (json.currentToken() == JsonToken.VALUE_STRING) {
        return Value.of(reader.text(field, json));
      }
      if (!json.currentToken().isNumeric()) {
        throw EventReader.wrongType(field, json, "a number or a string");
      }
      double number = json.getDoubleValue();
      if (!Double.isFinite(number)) {
        throw EventReader.outOfRange(field, json, "a number up to 1e308");
      }
      return Value.of(number);
    }

    private Control toControl() throws InvalidEventException {
      EventReader.require("control_id", controlId);
      EventReader.require("kind", kind);
      EventReader.require("target", target);
      EventReader.require("actor", actor);
      ControlTargets.check(kind, target);
      switch (kind) {
        case PIN -> checkPlace();
        case BOOST -> checkFactor();
        default -> {
          // The other kinds take any value, or none.
        }
      }
      return new Control(controlId, kind, target, actor, value, expiresAt);
    }

    private void checkPlace() throws InvalidEventException {
      if (value == null) {
        return;
      }
      Double place = value.number();
      if (place == null
          || !(place >= 1 && place <= Control.MAX_PLACE)
          || place != Math.rint(place)) {
        throw refusedValue(
            "a place in the list from 1 to " + Control.MAX_PLACE + ", or none for the first");
      }
    }

    private void checkFactor() throws InvalidEventException {
      EventReader.require("value", value);
      Double factor = value.number();
      if (factor == null || !(factor >= Control.MIN_FACTOR && factor <= Control.MAX_FACTOR)) {
        throw refusedValue("a factor from 0.1 to 10");
      }
    }

    private InvalidEventException refusedValue(String wanted) {
      String sent =
          value.number() != null
              ? value.number().toString()
              : "the string '" + EventReader.shorten(value.text()) + "'";
      return new InvalidEventException(
          Reason.INVALID_CONTROL,
          "value",
          "value of " + kind.wireName() + " is " + sent + "; send " + wanted);
    }
  }
}
