package io.millrace.features.decision;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.features.decision.QualityFigures.SampleRatioCheck;
import io.millrace.features.decision.QualityFigures.Totals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Function;

/**
 * The JSON of the quality figures in Redis, as the contract has it, then fields of our own: UTF-8,
 * {@code version} first, numbers rounded to six significant digits. The bucket is in the key only.
 */
public final class QualityJson {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator json;
  private final ScoreText numbers = new ScoreText();

  private QualityJson(JsonGenerator json) {
    this.json = json;
  }

  /**
   * The value of {@code quality:{…}}.
   *
   * @param version 20 digits, see {@link Version}
   */
  public static byte[] write(String version, QualityFigures figures) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      new QualityJson(json).writeFigures(Version.check(version), figures);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  /**
   * Reads the value of {@code quality:{…}}.
   *
   * @param bucket of its key
   * @return null if the value marks a deleted key
   * @throws UnreadableDecisionException if it is not such a value
   */
  public static QualityFigures read(String bucket, byte[] value) {
    try (JsonParser json = JSON.createParser(value)) {
      QualityParser fields = new QualityParser(json);
      fields.read();
      return fields.isDeleted() ? null : fields.figures(bucket);
    } catch (JsonProcessingException e) {
      throw DecisionJson.unreadable(e.getOriginalMessage(), e);
    } catch (IOException | IllegalArgumentException e) {
      throw DecisionJson.unreadable(e.getMessage(), e);
    }
  }

  private void writeFigures(String version, QualityFigures figures) throws IOException {
    json.writeStartObject();
    json.writeStringField("version", version);
    json.writeNumberField("minute", figures.minute());
    json.writeNumberField("events", figures.events());
    writeNumber("hit_rate_20", figures.hitRate20());
    writeNumber("mrr_20", figures.reciprocalRank20());
    writeNumber("coverage", figures.coverage());
    writeShares("by_reason", figures.byReason(), QualityJson::nameOf);
    writeShares("hits_by_reason", figures.hitsByReason(), QualityJson::nameOf);
    writeShares("by_level", figures.byLevel(), ListLevel::wireName);
    writeTotals(figures.total());
    if (figures.sampleRatio() != null) {
      writeSampleRatio(figures.sampleRatio());
    }
    json.writeEndObject();
  }

  private void writeTotals(Totals total) throws IOException {
    json.writeObjectFieldStart("total");
    json.writeNumberField("since", total.since());
    json.writeNumberField("visitors", total.visitors());
    json.writeNumberField("events", total.events());
    writeInterval("hit_rate_20", total.hitRate20());
    writeInterval("mrr_20", total.reciprocalRank20());
    json.writeEndObject();
  }

  private void writeInterval(String name, Interval interval) throws IOException {
    writeNumber(name, interval == null ? null : interval.mean());
    writeNumber(name + "_low", interval == null ? null : interval.low());
    writeNumber(name + "_high", interval == null ? null : interval.high());
  }

  private void writeSampleRatio(SampleRatioCheck check) throws IOException {
    json.writeObjectFieldStart("sample_ratio");
    json.writeObjectFieldStart("visitors");
    for (Map.Entry<String, Long> bucket : check.visitors().entrySet()) {
      json.writeNumberField(bucket.getKey(), bucket.getValue());
    }
    json.writeEndObject();
    writeShares("expected", check.expected(), Function.identity());
    writeNumber("p_value", check.pValue());
    json.writeBooleanField("mismatch", check.mismatch());
    json.writeEndObject();
  }

  private <K> void writeShares(String name, Map<K, Double> shares, Function<K, String> nameOf)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<K, Double> share : shares.entrySet()) {
      writeNumber(nameOf.apply(share.getKey()), share.getValue());
    }
    json.writeEndObject();
  }

  private static String nameOf(ReasonType reason) {
    if (reason == ReasonType.OTHER) {
      throw new IllegalArgumentException("a reason of type OTHER is read only; name its type");
    }
    return reason.wireName();
  }

  /** Null where it is unknown: the field is there always. */
  private void writeNumber(String name, Double value) throws IOException {
    json.writeFieldName(name);
    if (value == null) {
      json.writeNull();
    } else {
      numbers.write(json, value);
    }
  }
}
