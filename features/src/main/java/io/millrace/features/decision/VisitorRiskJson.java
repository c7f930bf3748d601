package io.millrace.features.decision;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The JSON of {@code risk:{…}}: UTF-8, {@code version} first, the score rounded to six significant
 * digits and null where it is not known.
 */
public final class VisitorRiskJson {
  private static final JsonFactory JSON = new JsonFactory();

  private VisitorRiskJson() {}

  /** The value of {@code risk:{…}}. */
  public static byte[] write(VisitorRisk risk) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("version", risk.version());
      json.writeStringField("visitor_id", risk.visitorId());
      OrderRiskJson.writeScore(json, risk.score());
      json.writeStringField("band", risk.band().wireName());
      json.writeArrayFieldStart("open_alerts");
      for (String alert : risk.openAlerts()) {
        json.writeString(alert);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  /**
   * Reads the value of {@code risk:{…}}.
   *
   * @return null if the value marks a deleted key
   * @throws UnreadableDecisionException if it is not such a value
   */
  public static VisitorRisk read(byte[] value) {
    try (JsonParser json = JSON.createParser(value)) {
      Fields fields = new Fields(json);
      fields.read();
      return fields.isDeleted() ? null : fields.risk();
    } catch (JsonProcessingException e) {
      throw DecisionJson.unreadable(e.getOriginalMessage(), e);
    } catch (IOException | IllegalArgumentException e) {
      throw DecisionJson.unreadable(e.getMessage(), e);
    }
  }

  /** The fields while they are read. */
  private static final class Fields extends ObjectParser {
    private String visitorId;
    private Double score;
    private Band band;
    private List<String> openAlerts = List.of();

    private Fields(JsonParser json) {
      super(json);
    }

    @Override
    void readField() throws IOException {
      switch (json.currentName()) {
        case "visitor_id" -> visitorId = text();
        case "score" -> score = number();
        case "band" -> band = known(Band.ofWireName(text()));
        case "open_alerts" -> openAlerts = texts("open_alerts");
        default -> json.skipChildren();
      }
    }

    private VisitorRisk risk() throws IOException {
      return new VisitorRisk(
          version, require("visitor_id", visitorId), score, require("band", band), openAlerts);
    }
  }
}
