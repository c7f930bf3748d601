package io.millrace.features.decision;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.features.event.RiskReasonJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The JSON of {@link OrderRisk}, as the contract has it: UTF-8, scores rounded to six significant
 * digits, null where there is none. In Redis it begins with {@code version}; the messages of the
 * topic are the same without.
 */
public final class OrderRiskJson {
  private static final JsonFactory JSON = new JsonFactory();

  private OrderRiskJson() {}

  /** A message of the topic {@code order-risk}. */
  public static byte[] write(OrderRisk risk) {
    return write(null, risk, new ByteArrayOutputStream(512));
  }

  /**
   * The value of {@code decision:{…}}.
   *
   * @param version 20 digits, see {@link Version}
   */
  public static byte[] write(String version, OrderRisk risk) {
    return write(Version.check(version), risk, new ByteArrayOutputStream(512));
  }

  private static byte[] write(String version, OrderRisk risk, ByteArrayOutputStream out) {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      if (version != null) {
        json.writeStringField("version", version);
      }
      json.writeStringField("order_id", risk.orderId());
      json.writeStringField("event_id", risk.eventId());
      json.writeNumberField("event_time", risk.eventTime());
      json.writeStringField("visitor_id", risk.visitorId());
      writeScore(json, risk.score());
      json.writeStringField("band", risk.band().wireName());
      json.writeStringField("action", risk.action().wireName());
      writeModel(json, risk);
      json.writeArrayFieldStart("rules");
      for (String rule : risk.rules()) {
        json.writeString(rule);
      }
      json.writeEndArray();
      json.writeFieldName("reasons");
      RiskReasonJson.write(json, risk.reasons());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  /** Null where it is unknown: the field is there always. */
  static void writeScore(JsonGenerator json, Double score) throws IOException {
    json.writeFieldName("score");
    if (score == null) {
      json.writeNull();
    } else {
      new ScoreText().write(json, score);
    }
  }

  private static void writeModel(JsonGenerator json, OrderRisk risk) throws IOException {
    if (risk.modelId() == null) {
      json.writeNullField("model");
    } else {
      json.writeObjectFieldStart("model");
      json.writeStringField("id", risk.modelId());
      json.writeNumberField("version", risk.modelVersion());
      json.writeEndObject();
    }
  }

  /**
   * Reads the value of {@code decision:{…}}.
   *
   * @return null if the value marks a deleted key
   * @throws UnreadableDecisionException if it is not such a value
   */
  public static OrderRisk read(byte[] value) {
    try (JsonParser json = JSON.createParser(value)) {
      OrderRiskParser fields = new OrderRiskParser(json);
      fields.read();
      return fields.isDeleted() ? null : fields.versioned();
    } catch (JsonProcessingException e) {
      throw DecisionJson.unreadable(e.getOriginalMessage(), e);
    } catch (IOException | IllegalArgumentException e) {
      throw DecisionJson.unreadable(e.getMessage(), e);
    }
  }

  /**
   * Reads a message of the topic {@code order-risk}.
   *
   * @throws UnreadableDecisionException if it is not such a message
   */
  public static OrderRisk readMessage(byte[] payload) {
    try (JsonParser json = JSON.createParser(payload)) {
      OrderRiskParser fields = new OrderRiskParser(json);
      fields.read();
      return fields.risk();
    } catch (JsonProcessingException e) {
      throw unreadable(e.getOriginalMessage(), e);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(e.getMessage(), e);
    }
  }

  private static UnreadableDecisionException unreadable(String why, Exception cause) {
    return new UnreadableDecisionException("the message is not an order's risk: " + why, cause);
  }
}
