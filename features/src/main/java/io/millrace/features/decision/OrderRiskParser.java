package io.millrace.features.decision;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.RiskReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The fields of the risk of an order while they are read. */
final class OrderRiskParser extends ObjectParser {
  private String orderId;
  private String eventId;
  private Long eventTime;
  private String visitorId;
  private Double score;
  private Band band;
  private Action action;
  private String modelId;
  private Long modelVersion;
  private List<String> rules = List.of();
  private final List<RiskReason> reasons = new ArrayList<>();

  OrderRiskParser(JsonParser json) {
    super(json);
  }

  @Override
  void readField() throws IOException {
    switch (json.currentName()) {
      case "order_id" -> orderId = text();
      case "event_id" -> eventId = text();
      case "event_time" -> eventTime = integer();
      case "visitor_id" -> visitorId = text();
      case "score" -> score = number();
      case "band" -> band = known(Band.ofWireName(text()));
      case "action" -> action = known(Action.ofWireName(text()));
      case "model" -> readModel();
      case "rules" -> rules = texts("rules");
      case "reasons" -> readReasons();
      default -> json.skipChildren();
    }
  }

  private void readModel() throws IOException {
    enterObject("model");
    while (nextField()) {
      switch (json.currentName()) {
        case "id" -> modelId = text();
        case "version" -> modelVersion = integer();
        default -> json.skipChildren();
      }
    }
    require("model.id", modelId);
    require("model.version", modelVersion);
  }

  private void readReasons() throws IOException {
    enterArray("reasons");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      enterObject("a reason");
      reasons.add(reason());
    }
  }

  private RiskReason reason() throws IOException {
    String code = null;
    String feature = null;
    Double value = null;
    Double baseline = null;
    Double contribution = null;
    while (nextField()) {
      switch (json.currentName()) {
        case "code" -> code = text();
        case "feature" -> feature = text();
        case "value" -> value = number();
        case "baseline" -> baseline = number();
        case "contribution" -> contribution = number();
        default -> json.skipChildren();
      }
    }
    return new RiskReason(
        require("reasons.code", code),
        require("reasons.feature", feature),
        value,
        baseline,
        contribution);
  }

  /** What is in Redis, which says its version. */
  OrderRisk versioned() throws IOException {
    Version.check(version);
    return risk();
  }

  OrderRisk risk() throws IOException {
    return new OrderRisk(
        require("order_id", orderId),
        require("event_id", eventId),
        require("event_time", eventTime),
        require("visitor_id", visitorId),
        score,
        require("band", band),
        require("action", action),
        modelId,
        modelVersion,
        rules,
        reasons);
  }
}
