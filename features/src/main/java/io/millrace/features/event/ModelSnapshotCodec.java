package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.features.event.InvalidEventException.Reason;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Base64;

/**
 * The JSON form of {@link ModelSnapshot}: strict on its six fields, indifferent to others. Weights
 * are float64, big endian, in base64. Instances are cheap and safe for use by many threads; they
 * serialize if their clock does.
 */
public final class ModelSnapshotCodec implements Serializable {
  /** Most weights of a model; in base64 they fit a message. */
  static final int MAX_WEIGHTS = 65_536;

  private static final Base64.Encoder TO_BASE64 = Base64.getEncoder();
  private static final Base64.Decoder FROM_BASE64 = Base64.getDecoder();

  private final FieldReader reader;

  /** A codec that takes times up to an hour ahead of {@code clock}. */
  public ModelSnapshotCodec(Clock clock) {
    this.reader = new FieldReader(clock);
  }

  /**
   * Reads one snapshot.
   *
   * @param payload UTF-8 JSON, may be null (an empty message)
   * @throws InvalidEventException if it is not a valid snapshot; names the field and the remedy
   */
  public ModelSnapshot decode(byte[] payload) throws InvalidEventException {
    Fields fields = new Fields();
    EventReader.readObject(payload, fields::read);
    return fields.toSnapshot();
  }

  /** Writes one snapshot. */
  public static byte[] encode(ModelSnapshot snapshot) {
    return EventWriter.toBytes(
        out -> {
          out.text("model_id", snapshot.modelId());
          out.number("version", snapshot.version());
          out.text("fingerprint", snapshot.fingerprint());
          out.number("examples", snapshot.examples());
          out.number("event_time", snapshot.eventTime());
          out.text("weights", toBase64(snapshot.weights()));
        });
  }

  private static String toBase64(double[] weights) {
    ByteBuffer bytes = ByteBuffer.allocate(weights.length * Double.BYTES);
    for (double weight : weights) {
      bytes.putDouble(weight);
    }
    return TO_BASE64.encodeToString(bytes.array());
  }

  private static double[] weights(String field, JsonParser json)
      throws IOException, InvalidEventException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw EventReader.wrongType(field, json, "base64 of float64 numbers, big endian");
    }
    ByteBuffer bytes = ByteBuffer.wrap(bytes(field, json));
    double[] weights = new double[bytes.remaining() / Double.BYTES];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = bytes.getDouble();
      if (!Double.isFinite(weights[i])) {
        throw new InvalidEventException(
            Reason.OUT_OF_RANGE,
            field,
            field + " holds " + weights[i] + " at place " + i + "; send finite numbers");
      }
    }
    return weights;
  }

  private static byte[] bytes(String field, JsonParser json)
      throws IOException, InvalidEventException {
    byte[] bytes;
    try {
      bytes = FROM_BASE64.decode(json.getText());
    } catch (IllegalArgumentException e) {
      throw EventReader.wrongType(field, json, "base64 of float64 numbers, big endian");
    }
    int most = MAX_WEIGHTS * Double.BYTES;
    if (bytes.length == 0 || bytes.length > most || bytes.length % Double.BYTES != 0) {
      throw new InvalidEventException(
          Reason.OUT_OF_RANGE,
          field,
          field
              + " holds "
              + bytes.length
              + " bytes; send 8 a number, of 1 to "
              + MAX_WEIGHTS
              + " numbers");
    }
    return bytes;
  }

  /** The fields of one snapshot while it is read. */
  private final class Fields {
    private String modelId;
    private Long version;
    private String fingerprint;
    private Long examples;
    private Long eventTime;
    private double[] weights;

    private void read(String field, JsonParser json) throws IOException, InvalidEventException {
      switch (field) {
        case "model_id" -> modelId = reader.id(field, json);
        case "version" -> version = reader.whole(field, json, 1, Long.MAX_VALUE);
        case "fingerprint" -> fingerprint = reader.id(field, json);
        case "examples" -> examples = reader.whole(field, json, 0, Long.MAX_VALUE);
        case "event_time" -> eventTime = reader.time(field, json);
        case "weights" -> weights = weights(field, json);
        default -> json.skipChildren();
      }
    }

    private ModelSnapshot toSnapshot() throws InvalidEventException {
      EventReader.require("model_id", modelId);
      EventReader.require("version", version);
      EventReader.require("fingerprint", fingerprint);
      EventReader.require("examples", examples);
      EventReader.require("event_time", eventTime);
      EventReader.require("weights", weights);
      return new ModelSnapshot(modelId, version, fingerprint, examples, eventTime, weights);
    }
  }
}
