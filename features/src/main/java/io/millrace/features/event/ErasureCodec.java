package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;

/**
 * The JSON form of {@link Erasure}: strict on its two fields, indifferent to others. Instances are
 * cheap and safe for use by many threads; they serialize if their clock does.
 */
public final class ErasureCodec implements Serializable {
  private final FieldReader reader;

  /** A codec that takes times up to an hour ahead of {@code clock}. */
  public ErasureCodec(Clock clock) {
    this.reader = new FieldReader(clock);
  }

  /**
   * Reads one request.
   *
   * @param payload UTF-8 JSON, may be null (an empty message)
   * @throws InvalidEventException if it is not a valid request; names the field and the remedy
   */
  public Erasure decode(byte[] payload) throws InvalidEventException {
    Fields fields = new Fields();
    EventReader.readObject(payload, fields::read);
    return fields.toErasure();
  }

  /** Writes one request. */
  public static byte[] encode(Erasure erasure) {
    return EventWriter.toBytes(
        out -> {
          out.text("visitor_id", erasure.visitorId());
          out.number("requested_at", erasure.requestedAt());
        });
  }

  /** The fields of one request while it is read. */
  private final class Fields {
    private String visitorId;
    private Long requestedAt;

    private void read(String field, JsonParser json) throws IOException, InvalidEventException {
      switch (field) {
        case "visitor_id" -> visitorId = reader.id(field, json);
        case "requested_at" -> requestedAt = reader.time(field, json);
        default -> json.skipChildren();
      }
    }

    private Erasure toErasure() throws InvalidEventException {
      EventReader.require("visitor_id", visitorId);
      EventReader.require("requested_at", requestedAt);
      return new Erasure(visitorId, requestedAt);
    }
  }
}
