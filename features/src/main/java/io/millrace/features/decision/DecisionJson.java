package io.millrace.features.decision;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The JSON of the decisions in Redis, as the contract has it: UTF-8, {@code version} first, scores
 * rounded to six significant digits. Reading takes fields in any order and passes over those it
 * does not know; a value that marks a deleted key reads as null.
 */
public final class DecisionJson {
  private static final JsonFactory JSON = new JsonFactory();

  private static final SerializableString VERSION = new SerializedString("version");
  private static final SerializableString VISITOR_ID = new SerializedString("visitor_id");
  private static final SerializableString EVENT_TIME = new SerializedString("event_time");
  private static final SerializableString BUCKET = new SerializedString("bucket");
  private static final SerializableString MODEL_VERSION = new SerializedString("model_version");
  private static final SerializableString ITEMS = new SerializedString("items");
  private static final SerializableString ITEM_ID = new SerializedString("item_id");
  private static final SerializableString SCORE = new SerializedString("score");
  private static final SerializableString REASON = new SerializedString("reason");
  private static final SerializableString TYPE = new SerializedString("type");
  private static final SerializableString EVIDENCE = new SerializedString("evidence");
  private static final SerializableString OF = new SerializedString("of");

  private DecisionJson() {}

  /** The value of {@code rec:{…}}. */
  public static byte[] write(RecommendationList list) {
    return write(
        list.version(),
        list.items().size(),
        (json, scores) -> {
          writeText(json, VISITOR_ID, list.visitorId());
          json.writeFieldName(EVENT_TIME);
          json.writeNumber(list.eventTime());
          writeText(json, BUCKET, list.bucket());
          json.writeFieldName(MODEL_VERSION);
          if (list.modelVersion() == null) {
            json.writeNull();
          } else {
            json.writeNumber(list.modelVersion());
          }
          startItems(json);
          for (RecommendationList.Item item : list.items()) {
            startItem(json, scores, item.itemId(), item.score());
            writeReason(json, item.reason());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** The value of {@code sim:{…}}. */
  public static byte[] write(SimilarItems list) {
    return write(
        list.version(),
        list.items().size(),
        (json, scores) -> {
          writeText(json, ITEM_ID, list.itemId());
          startItems(json);
          for (SimilarItems.Item item : list.items()) {
            startItem(json, scores, item.itemId(), item.score());
            writeEvidence(json, item.evidence());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** The value of {@code bundle:{…}}. */
  public static byte[] write(BundleList list) {
    return write(
        list.version(),
        list.items().size(),
        (json, scores) -> {
          writeText(json, ITEM_ID, list.itemId());
          startItems(json);
          for (BundleList.Item item : list.items()) {
            startItem(json, scores, item.itemId(), item.score());
            writeEvidence(json, item.evidence());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** The value of {@code trend:{…}}. */
  public static byte[] write(TrendList list) {
    return write(
        list.version(),
        list.items().size(),
        (json, scores) -> {
          startItems(json);
          for (TrendList.Item item : list.items()) {
            startItem(json, scores, item.itemId(), item.score());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /**
   * Reads the value of {@code rec:{…}}.
   *
   * @return null if the value marks a deleted key
   * @throws UnreadableDecisionException if it is not such a value
   */
  public static RecommendationList readRecommendations(byte[] value) {
    return read(value, DecisionParser::recommendations);
  }

  /**
   * Reads the value of {@code sim:{…}}.
   *
   * @return null if the value marks a deleted key
   * @throws UnreadableDecisionException if it is not such a value
   */
  public static SimilarItems readSimilarItems(byte[] value) {
    return read(value, DecisionParser::similarItems);
  }

  /**
   * Reads the value of {@code bundle:{…}}.
   *
   * @return null if the value marks a deleted key
   * @throws UnreadableDecisionException if it is not such a value
   */
  public static BundleList readBundle(byte[] value) {
    return read(value, DecisionParser::bundle);
  }

  /**
   * Reads the value of {@code trend:{…}}.
   *
   * @return null if the value marks a deleted key
   * @throws UnreadableDecisionException if it is not such a value
   */
  public static TrendList readTrend(byte[] value) {
    return read(value, DecisionParser::trend);
  }

  /** Writes what follows the version. */
  private interface Body {
    void write(JsonGenerator json, ScoreText scores) throws IOException;
  }

  /** Makes a decision of the fields of one object. */
  private interface Shape<T> {
    T of(DecisionParser fields) throws IOException;
  }

  private static byte[] write(String version, int items, Body body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(192 + 112 * items);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      writeText(json, VERSION, version);
      body.write(json, new ScoreText());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  private static <T> T read(byte[] value, Shape<T> shape) {
    try (JsonParser json = JSON.createParser(value)) {
      DecisionParser fields = new DecisionParser(json);
      fields.read();
      return fields.isDeleted() ? null : shape.of(fields);
    } catch (JsonProcessingException e) {
      throw unreadable(e.getOriginalMessage(), e);
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      throw unreadable(e.getMessage(), e);
    }
  }

  static UnreadableDecisionException unreadable(String why, Exception cause) {
    return new UnreadableDecisionException(
        "the value in Redis is not a decision of this engine: " + why, cause);
  }

  private static void writeText(JsonGenerator json, SerializableString name, String text)
      throws IOException {
    json.writeFieldName(name);
    json.writeString(text);
  }

  private static void startItems(JsonGenerator json) throws IOException {
    json.writeFieldName(ITEMS);
    json.writeStartArray();
  }

  private static void startItem(JsonGenerator json, ScoreText scores, String itemId, double score)
      throws IOException {
    json.writeStartObject();
    writeText(json, ITEM_ID, itemId);
    json.writeFieldName(SCORE);
    scores.write(json, score);
  }

  private static void writeReason(JsonGenerator json, RecommendationList.Reason reason)
      throws IOException {
    if (reason.type() == ReasonType.OTHER) {
      throw new IllegalArgumentException("a reason of type OTHER is read only; name its type");
    }
    json.writeFieldName(REASON);
    json.writeStartObject();
    writeText(json, TYPE, reason.type().wireName());
    if (reason.itemId() != null) {
      writeText(json, ITEM_ID, reason.itemId());
    }
    writeEvidence(json, reason.evidence());
    json.writeEndObject();
  }

  /** An object always, so that a reader need not ask whether it is there. */
  private static void writeEvidence(JsonGenerator json, Evidence evidence) throws IOException {
    json.writeFieldName(EVIDENCE);
    json.writeStartObject();
    if (evidence != null) {
      json.writeNumberField(evidence.unit().wireName(), evidence.count());
      json.writeFieldName(OF);
      json.writeNumber(evidence.of());
    }
    json.writeEndObject();
  }
}
