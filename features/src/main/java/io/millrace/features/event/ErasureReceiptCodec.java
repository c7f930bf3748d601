package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;

/**
 * The JSON form of {@link ErasureReceipt}: strict on its four fields, indifferent to others.
 * Instances are cheap and safe for use by many threads; they serialize if their clock does.
 */
public final class ErasureReceiptCodec implements Serializable {
  private final FieldReader reader;

  /** A codec that takes times up to an hour ahead of {@code clock}. */
  public ErasureReceiptCodec(Clock clock) {
    this.reader = new FieldReader(clock);
  }

  /**
   * Reads one receipt.
   *
   * @param payload UTF-8 JSON, may be null (an empty message)
   * @throws InvalidEventException if it is not a valid receipt; names the field and the remedy
   */
  public ErasureReceipt decode(byte[] payload) throws InvalidEventException {
    Fields fields = new Fields();
    EventReader.readObject(payload, fields::read);
    return fields.toReceipt();
  }

  /** Writes one receipt. */
  public static byte[] encode(ErasureReceipt receipt) {
    return EventWriter.toBytes(
        out -> {
          out.text("visitor_id", receipt.visitorId());
          out.text("job", receipt.job());
          out.number("requested_at", receipt.requestedAt());
          out.number("completed_at", receipt.completedAt());
        });
  }

  /** The fields of one receipt while it is read. */
  private final class Fields {
    private String visitorId;
    private String job;
    private Long requestedAt;
    private Long completedAt;

    private void read(String field, JsonParser json) throws IOException, InvalidEventException {
      switch (field) {
        case "visitor_id" -> visitorId = reader.id(field, json);
        case "job" -> job = reader.id(field, json);
        case "requested_at" -> requestedAt = reader.time(field, json);
        case "completed_at" -> completedAt = reader.time(field, json);
        default -> json.skipChildren();
      }
    }

    private ErasureReceipt toReceipt() throws InvalidEventException {
      EventReader.require("visitor_id", visitorId);
      EventReader.require("job", job);
      EventReader.require("requested_at", requestedAt);
      EventReader.require("completed_at", completedAt);
      return new ErasureReceipt(visitorId, job, requestedAt, completedAt);
    }
  }
}
