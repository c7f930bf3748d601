package io.millrace.features.decision;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.features.algebra.Weighted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of a profile while they are read. */
final class ProfileParser extends ObjectParser {
  private String visitorId;
  private Long eventTime;
  private final Set<String> approximate = new HashSet<>();
  private final Map<String, Long> since = new HashMap<>();
  private final Map<String, Object> features = new LinkedHashMap<>();

  ProfileParser(JsonParser json) {
    super(json);
  }

  @Override
  void readField() throws IOException {
    switch (json.currentName()) {
      case "visitor_id" -> visitorId = text();
      case "event_time" -> eventTime = integer();
      case "approximate" -> approximate.addAll(texts("approximate"));
      case "since" -> {
        enterObject("since");
        while (nextField()) {
          since.put(json.currentName(), integer());
        }
      }
      case "features" -> {
        enterObject("features");
        while (nextField()) {
          String name = json.currentName();
          features.put(name, value());
        }
      }
      default -> json.skipChildren();
    }
  }

  private Object value() throws IOException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case START_ARRAY -> list(json.currentName());
      default -> throw fault(json.currentName() + " is no value of a feature");
    };
  }

  private List<Weighted> list(String field) throws IOException {
    List<Weighted> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      enterObject(field);
      String value = null;
      Double weight = null;
      while (nextField()) {
        switch (json.currentName()) {
          case "value" -> value = text();
          case "weight" -> weight = number();
          default -> json.skipChildren();
        }
      }
      list.add(new Weighted(require("value", value), require("weight", weight)));
    }
    return list;
  }

  Profile profile() throws IOException {
    Version.check(version);
    return new Profile(
        version,
        require("visitor_id", visitorId),
        require("event_time", eventTime),
        approximate,
        since,
        features);
  }
}
