package io.millrace.features.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.features.event.InvalidEventException.Reason;
import org.junit.jupiter.api.Test;

class CompactionKeyTest {
  private static InvalidEventException mismatch(String id, byte[] key) {
    return catchThrowableOfType(
        InvalidEventException.class, () -> CompactionKey.check("item_id", id, key));
  }

  private static InvalidEventException undeletable(byte[] key) {
    return catchThrowableOfType(
        InvalidEventException.class, () -> CompactionKey.deleted("item_id", key));
  }

  @Test
  void theKeyIsTheId() {
    assertThatCode(() -> CompactionKey.check("item_id", "ä漢", "ä漢".getBytes(UTF_8)))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesAnotherKeyOrNone() {
    assertThat(mismatch("i1", "i2".getBytes(UTF_8)))
        .hasMessage("the Kafka key is 'i2' and item_id 'i1'; send item_id as the key");
    assertThat(mismatch("i1", null))
        .hasMessage("the Kafka key is missing and item_id 'i1'; send item_id as the key");
    assertThat(mismatch("i1", new byte[0])).isNotNull();
    assertThat(mismatch("i1", new byte[] {(byte) 0xFF}).reason()).isEqualTo(Reason.KEY_MISMATCH);
    assertThat(mismatch("x".repeat(128), new byte[100_000])).isNotNull();
    assertThat(mismatch("i1", new byte[100_000]).getMessage()).hasSizeLessThan(400);
  }

  @Test
  void deletesByTheKey() throws Exception {
    assertThat(CompactionKey.deleted("item_id", "ä漢".getBytes(UTF_8))).isEqualTo("ä漢");
  }

  @Test
  void refusesToDeleteWithoutAnId() {
    assertThat(undeletable(null).reason()).isEqualTo(Reason.MISSING_FIELD);
    assertThat(undeletable(null).field()).isEqualTo("item_id");
    assertThat(undeletable(new byte[0]).reason()).isEqualTo(Reason.OUT_OF_RANGE);
    assertThat(undeletable(new byte[129]).reason()).isEqualTo(Reason.OUT_OF_RANGE);
    assertThat(undeletable(new byte[] {(byte) 0xFF}).reason()).isEqualTo(Reason.INVALID_UTF8);
  }
}
