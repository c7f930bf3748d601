package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonParser;
import io.millrace.features.event.FraudAlert.Cause;
import io.millrace.features.event.FraudAlert.Cause.Type;
import io.millrace.features.event.FraudAlert.State;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON form of {@link FraudAlert}: every field is written, null where there is none; scores are
 * rounded to six significant digits, the expected loss to twelve. Reading is strict on the fields
 * that every alert has and indifferent to those it does not know. Instances are cheap and safe for
 * use by many threads; they serialize if their clock does.
 */
public final class FraudAlertCodec implements Serializable {
  /** Most reasons that are read. */
  static final int MAX_REASONS = 1_000;

  private final FieldReader reader;

  /** A codec that takes times up to an hour ahead of {@code clock}. */
  public FraudAlertCodec(Clock clock) {
    this.reader = new FieldReader(clock);
  }

  /**
   * Reads one alert.
   *
   * @param payload UTF-8 JSON, may be null (an empty message)
   * @throws InvalidEventException if it is not a valid alert; names the field and the remedy
   */
  public FraudAlert decode(byte[] payload) throws InvalidEventException {
    Fields fields = new Fields();
    EventReader.readObject(payload, fields::read);
    return fields.toAlert();
  }

  /** Writes one alert. */
  public static byte[] encode(FraudAlert alert) {
    return EventWriter.toCompleteBytes(
        out -> {
          out.text("alert_id", alert.alertId());
          out.text("state", WireNames.of(alert.state()));
          out.number("revision", alert.revision());
          encode(alert.cause(), out);
          out.text("entity", alert.entity());
          out.texts("visitor_ids", alert.visitorIds());
          out.texts("order_ids", alert.orderIds());
          out.text("severity", WireNames.of(alert.severity()));
          out.text("action", alert.action().wireName());
          out.number("score", alert.score(), RoundedNumbers.SCORE);
          out.number("probability", alert.probability(), RoundedNumbers.SCORE);
          out.number("expected_loss", alert.expectedLoss(), RoundedNumbers.VALUE);
          out.reasons("reasons", alert.reasons());
          out.text("triggering_event_id", alert.triggeringEventId());
          out.texts("event_ids", alert.eventIds());
          out.object(
              "window",
              window -> {
                window.number("from", alert.from());
                window.number("to", alert.to());
              });
          out.number("event_time", alert.eventTime());
          out.number("detection_time", alert.detectionTime());
          out.flag("shadow", alert.shadow());
          out.text("suppressed_by", alert.suppressedBy());
        });
  }

  private static void encode(Cause cause, EventWriter out) throws IOException {
    Long version = cause.version();
    boolean isRule = cause.type() == Type.RULE;
    out.text("type", WireNames.of(cause.type()));
    out.text("rule_id", isRule ? cause.id() : null);
    out.number("rule_version", isRule ? version : null);
    out.text("model_id", isRule ? null : cause.id());
    out.number("model_version", isRule ? null : version);
  }

  /** The fields of one alert while it is read. */
  private final class Fields {
    private final CauseFields cause = new CauseFields();
    private String alertId;
    private State state;
    private Integer revision;
    private String entity;
    private List<String> visitorIds = List.of();
    private List<String> orderIds = List.of();
    private Severity severity;
    private Action action;
    private Double score;
    private Double probability;
    private Double expectedLoss;
    private List<RiskReason> reasons = List.of();
    private String triggeringEventId;
    private List<String> eventIds = List.of();
    private Long from;
    private Long to;
    private Long eventTime;
    private Long detectionTime;
    private boolean shadow;
    private String suppressedBy;

    private void read(String field, JsonParser json) throws IOException, InvalidEventException {
      switch (field) {
        case "alert_id" -> alertId = reader.id(field, json);
        case "state" -> state = reader.name(field, json, State.NAMES);
        case "revision" -> revision = reader.integer(field, json, 1);
        case "entity" -> entity = reader.text(field, json);
        case "severity" -> severity = reader.name(field, json, Severity.NAMES);
        case "action" -> action = reader.name(field, json, Action.NAMES);
        case "triggering_event_id" -> triggeringEventId = reader.id(field, json);
        case "window" -> EventReader.readObject(field, json, this::readWindow);
        case "event_time" -> eventTime = reader.time(field, json);
        case "detection_time" -> detectionTime = reader.time(field, json);
        case "shadow" -> shadow = reader.flag(field, json);
        case "suppressed_by" -> suppressedBy = reader.id(field, json);
        default -> readMore(field, json);
      }
    }

    private void readMore(String field, JsonParser json) throws IOException, InvalidEventException {
      switch (field) {
        case "visitor_ids" -> visitorIds = ids(field, json, FraudAlert.MAX_IDS);
        case "order_ids" -> orderIds = ids(field, json, FraudAlert.MAX_IDS);
        case "event_ids" -> eventIds = ids(field, json, FraudAlert.MAX_EVENTS);
        case "score" -> score = reader.number(field, json);
        case "probability" -> probability = reader.number(field, json);
        case "expected_loss" -> expectedLoss = reader.number(field, json);
        case "reasons" -> reasons = reasons(field, json);
        default -> cause.read(field, json);
      }
    }

    private void readWindow(String field, JsonParser json)
        throws IOException, InvalidEventException {
      switch (field) {
        case "from" -> from = reader.pastTime("window.from", json);
        case "to" -> to = reader.pastTime("window.to", json);
        default -> json.skipChildren();
      }
    }

    private List<String> ids(String field, JsonParser json, int max)
        throws IOException, InvalidEventException {
      List<String> ids = new ArrayList<>();
      EventReader.readArray(field, json, max, "ids", element -> ids.add(reader.id(field, element)));
      return ids;
    }

    private List<RiskReason> reasons(String field, JsonParser json)
        throws IOException, InvalidEventException {
      List<RiskReason> read = new ArrayList<>();
      EventReader.readArray(
          field,
          json,
          MAX_REASONS,
          "reasons",
          element -> {
            String name = field + "[" + read.size() + "]";
            RiskReasonFields reason = new RiskReasonFields(reader, name);
            EventReader.readObject(name, element, reason::read);
            read.add(reason.toReason());
          });
      return read;
    }

    private FraudAlert toAlert() throws InvalidEventException {
      EventReader.require("alert_id", alertId);
      EventReader.require("state", state);
      EventReader.require("revision", revision);
      EventReader.require("entity", entity);
      EventReader.require("severity", severity);
      EventReader.require("action", action);
      EventReader.require("window.from", from);
      EventReader.require("window.to", to);
      EventReader.require("event_time", eventTime);
      EventReader.require("detection_time", detectionTime);
      return new FraudAlert(
          alertId,
          state,
          revision,
          cause.toCause(),
          entity,
          visitorIds,
          orderIds,
          severity,
          action,
          score,
          probability,
          expectedLoss,
          reasons,
          triggeringEventId,
          eventIds,
          from,
          to,
          eventTime,
          detectionTime,
          shadow,
          suppressedBy);
    }
  }

  /** The fields that say what raised an alert; those of the other type mean nothing. */
  private final class CauseFields {
    private Type type;
    private String ruleId;
    private Long ruleVersion;
    private String modelId;
    private Long modelVersion;

    private void read(String field, JsonParser json) throws IOException, InvalidEventException {
      switch (field) {
        case "type" -> type = reader.name(field, json, Type.NAMES);
        case "rule_id" -> ruleId = reader.id(field, json);
        case "rule_version" -> ruleVersion = reader.whole(field, json, 0, Long.MAX_VALUE);
        case "model_id" -> modelId = reader.id(field, json);
        case "model_version" -> modelVersion = reader.whole(field, json, 0, Long.MAX_VALUE);
        default -> json.skipChildren();
      }
    }

    private Cause toCause() throws InvalidEventException {
      EventReader.require("type", type);
      String of = type == Type.RULE ? "rule" : "model";
      String id = type == Type.RULE ? ruleId : modelId;
      Long version = type == Type.RULE ? ruleVersion : modelVersion;
      EventReader.require(of + "_id", id);
      EventReader.require(of + "_version", version);
      return new Cause(type, id, version);
    }
  }
}
