package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonParser;
import io.millrace.features.event.FraudLabel.Source;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;

/**
 * The JSON form of {@link FraudLabel}: strict on its four fields, indifferent to others. Instances
 * are cheap and safe for use by many threads; they serialize if their clock does.
 */
public final class FraudLabelCodec implements Serializable {
  private final FieldReader reader;

  /** A codec that takes times up to an hour ahead of {@code clock}. */
  public FraudLabelCodec(Clock clock) {
    this.reader = new FieldReader(clock);
  }

  /**
   * Reads one label.
   *
   * @param payload UTF-8 JSON, may be null (an empty message)
   * @throws InvalidEventException if it is not a valid label; names the field and the remedy
   */
  public FraudLabel decode(byte[] payload) throws InvalidEventException {
    Fields fields = new Fields();
    EventReader.readObject(payload, fields::read);
    return fields.toLabel();
  }

  /** Writes one label. */
  public static byte[] encode(FraudLabel label) {
    return EventWriter.toCompleteBytes(
        out -> {
          out.text("order_id", label.orderId());
          out.flag("is_fraud", label.fraud());
          out.number("label_time", label.labelTime());
          out.text("source", label.source().wireName());
        });
  }

  /** The fields of one label while it is read. */
  private final class Fields {
    private String orderId;
    private Boolean fraud;
    private Long labelTime;
    private Source source;

    private void read(String field, JsonParser json) throws IOException, InvalidEventException {
      switch (field) {
        case "order_id" -> orderId = reader.id(field, json);
        case "is_fraud" -> fraud = reader.flag(field, json);
        case "label_time" -> labelTime = reader.time(field, json);
        case "source" -> source = reader.name(field, json, Source.NAMES);
        default -> json.skipChildren();
      }
    }

    private FraudLabel toLabel() throws InvalidEventException {
      EventReader.require("order_id", orderId);
      EventReader.require("is_fraud", fraud);
      EventReader.require("label_time", labelTime);
      EventReader.require("source", source);
      return new FraudLabel(orderId, fraud, labelTime, source);
    }
  }
}
