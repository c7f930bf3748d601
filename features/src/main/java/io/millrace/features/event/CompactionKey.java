package io.millrace.features.event;

import io.millrace.features.event.InvalidEventException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The Kafka key of a message on a compacted topic, where Kafka keeps the newest message of each
 * key: it has to be the id of what the message is about, or Kafka would keep the wrong one.
 */
public final class CompactionKey {
  private CompactionKey() {}

  /**
   * Refuses a message whose key is not the id in its payload.
   *
   * @param field the field that holds the id
   * @param id its value
   * @param key the Kafka key, null for none
   * @throws InvalidEventException with {@link Reason#KEY_MISMATCH}
   */
  public static void check(String field, String id, byte[] key) throws InvalidEventException {
    if (!Arrays.equals(key, id.getBytes(StandardCharsets.UTF_8))) {
      String sent =
          key == null
              ? "missing"
              : "'" + EventReader.shorten(new String(key, StandardCharsets.UTF_8)) + "'";
      throw new InvalidEventException(
          Reason.KEY_MISMATCH,
          field,
          "the Kafka key is "
              + sent
              + " and "
              + field
              + " '"
              + EventReader.shorten(id)
              + "'; send "
              + field
              + " as the key");
    }
  }

  /**
   * The id in the key of a message without payload, which deletes.
   *
   * @param field the field that would hold the id
   * @param key the Kafka key, null for none
   * @throws InvalidEventException if it is no id
   */
  public static String deleted(String field, byte[] key) throws InvalidEventException {
    if (key == null) {
      throw new InvalidEventException(
          Reason.MISSING_FIELD,
          field,
          "the message has neither payload nor key; to delete, send " + field + " as the key");
    }
    try {
      String id = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
      return FieldReader.checkedId(field, id);
    } catch (CharacterCodingException e) {
      throw new InvalidEventException(
          Reason.INVALID_UTF8, field, "the Kafka key is not UTF-8; send " + field + " as the key");
    }
  }
}
