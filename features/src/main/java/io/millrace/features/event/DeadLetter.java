package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A message that could not be read, with where it came from and why. At most {@link
 * #MAX_PAYLOAD_BYTES} of the payload are kept; of a larger one the prefix, its length and its
 * SHA-256.
 *
 * @param topic topic the message came from
 * @param partition partition of that topic
 * @param offset offset in that partition
 * @param reason class of the fault
 * @param field field at fault, empty if it is the whole message
 * @param detail one sentence for the person who mends it
 * @param payload the payload or its prefix
 * @param payloadBytes length of the whole payload
 * @param sha256 hex digest of the whole payload, null where {@code payload} is whole
 * @param receivedAt wall clock, milliseconds since the epoch
 */
public record DeadLetter(
    String topic,
    int partition,
    long offset,
    InvalidEventException.Reason reason,
    String field,
    String detail,
    byte[] payload,
    int payloadBytes,
    String sha256,
    long receivedAt) {

  /** Bytes of a payload that are kept. */
  public static final int MAX_PAYLOAD_BYTES = 512 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  /** The dead letter of a message that {@link ClickCodec} or another codec refused. */
  public static DeadLetter of(
      String topic,
      int partition,
      long offset,
      byte[] payload,
      InvalidEventException fault,
      long receivedAt) {
    byte[] whole = payload == null ? new byte[0] : payload;
    boolean fits = whole.length <= MAX_PAYLOAD_BYTES;
    return new DeadLetter(
        topic,
        partition,
        offset,
        fault.reason(),
        fault.field(),
        wellFormed(fault.getMessage()),
        fits ? whole : Arrays.copyOf(whole, MAX_PAYLOAD_BYTES),
        whole.length,
        fits ? null : sha256(whole),
        receivedAt);
  }

  /** The JSON form of the contract, UTF-8. */
  public byte[] toJson() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256 + payload.length * 4 / 3);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("topic", topic);
      json.writeNumberField("partition", partition);
      json.writeNumberField("offset", offset);
      json.writeStringField("reason", reason.wireName());
      json.writeStringField("field", field);
      json.writeStringField("detail", detail);
      json.writeStringField("payload_base64", Base64.getEncoder().encodeToString(payload));
      if (sha256 != null) {
        json.writeNumberField("payload_bytes", payloadBytes);
        json.writeStringField("sha256", sha256);
      }
      json.writeNumberField("received_at", receivedAt);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  /** A detail quotes what was sent, cut to length: half a surrogate pair becomes a '?'. */
  private static String wellFormed(String detail) {
    return new String(detail.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
