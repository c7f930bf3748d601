package io.millrace.features.decision;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.features.algebra.Weighted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The JSON of {@code profile:{…}}: UTF-8, {@code version} first and {@code features} last, weights
 * rounded to six significant digits, other numbers to twelve. What is absent is left out.
 */
public final class ProfileJson {
  private static final JsonFactory JSON = new JsonFactory();

  /** Of numbers that are not whole, so that 1 is not told as 1.000000000000001. */
  private static final MathContext ROUNDING = new MathContext(12);

  /** Whole numbers up to here are written as such. */
  private static final double EXACT = 0x1p53;

  private ProfileJson() {}

  /** The value of {@code profile:{…}}. */
  public static byte[] write(Profile profile) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(2_048);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("version", Version.check(profile.version()));
      json.writeStringField("visitor_id", profile.visitorId());
      json.writeNumberField("event_time", profile.eventTime());
      if (!profile.approximate().isEmpty()) {
        json.writeArrayFieldStart("approximate");
        for (String feature : new TreeSet<>(profile.approximate())) {
          json.writeString(feature);
        }
        json.writeEndArray();
      }
      if (!profile.since().isEmpty()) {
        json.writeObjectFieldStart("since");
        for (Map.Entry<String, Long> feature : new TreeMap<>(profile.since()).entrySet()) {
          json.writeNumberField(feature.getKey(), feature.getValue());
        }
        json.writeEndObject();
      }
      json.writeObjectFieldStart("features");
      ScoreText weights = new ScoreText();
      for (Map.Entry<String, Object> feature : profile.features().entrySet()) {
        json.writeFieldName(feature.getKey());
        write(json, weights, feature.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, ScoreText weights, Object value)
      throws IOException {
    if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Long whole) {
      json.writeNumber(whole);
    } else if (value instanceof Double number) {
      write(json, number);
    } else {
      json.writeStartArray();
      for (Object element : (List<?>) value) {
        Weighted of = (Weighted) element;
        json.writeStartObject();
        json.writeStringField("value", of.value());
        json.writeFieldName("weight");
        weights.write(json, of.weight());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }

  private static void write(JsonGenerator json, double number) throws IOException {
    double rounded = new BigDecimal(number).round(ROUNDING).doubleValue();
    if (isWhole(number)) {
      json.writeNumber((long) number);
    } else if (isWhole(rounded)) {
      json.writeNumber((long) rounded);
    } else {
      json.writeNumber(rounded);
    }
  }

  private static boolean isWhole(double number) {
    return number == Math.rint(number) && Math.abs(number) <= EXACT;
  }

  /**
   * Adds whole numbers behind the features of a value that has one at least.
   *
   * @param value what {@link #write} made
   * @param more names, which need no escaping, and numbers
   */
  public static byte[] withMore(byte[] value, Map<String, Integer> more) {
    StringBuilder text = new StringBuilder();
    more.forEach((name, number) -> text.append(",\"" + name + "\":" + number));
    text.append("}}");
    byte[] end = text.toString().getBytes(US_ASCII);
    byte[] all = new byte[value.length - 2 + end.length];
    System.arraycopy(value, 0, all, 0, value.length - 2);
    System.arraycopy(end, 0, all, value.length - 2, end.length);
    return all;
  }

  /**
   * Reads the value of {@code profile:{…}}.
   *
   * @return null if the value marks a deleted key
   * @throws UnreadableDecisionException if it is not such a value
   */
  public static Profile read(byte[] value) {
    try (JsonParser json = JSON.createParser(value)) {
      ProfileParser fields = new ProfileParser(json);
      fields.read();
      return fields.isDeleted() ? null : fields.profile();
    } catch (JsonProcessingException e) {
      throw DecisionJson.unreadable(e.getOriginalMessage(), e);
    } catch (IOException | IllegalArgumentException e) {
      throw DecisionJson.unreadable(e.getMessage(), e);
    }
  }
}
