package io.millrace.operators.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.decision.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisWriteTest {
  private static final String VERSION = Version.of(1, 1_764_000_000_000L);
  private static final RedisWrite SET =
      RedisWrite.set(
          "rec:{visitor ü}",
          bytes("{\"version\":\"" + VERSION + "\",\"items\":[]}"),
          Duration.ofDays(30),
          1_764_000_000_123L);
  private static final RedisWrite TOMBSTONE = RedisWrite.tombstone("sim:{i}", VERSION, 0);

  @Test
  void takesTheVersionFromTheValue() {
    assertThat(SET.version()).isEqualTo(VERSION);
    assertThat(SET.ttlMillis()).isEqualTo(2_592_000_000L);
    assertThat(SET.isTombstone()).isFalse();
  }

  @Test
  void makesTheTombstoneOfTheContract() {
    assertThat(TOMBSTONE.value())
        .isEqualTo(bytes("{\"version\":\"00011764000000000000\",\"deleted\":true}"));
    assertThat(TOMBSTONE.version()).isEqualTo(VERSION);
    assertThat(TOMBSTONE.isTombstone()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"items\":[],\"version\":\"00011764000000000000\"}",
        "{\"version\":\"0001176400000000000\",\"items\":[]}",
        "{\"version\":\"0001176400000000000x\",\"items\":[]}",
        "{\"version\":\"000117640000000000000\",\"items\":[]}",
        "{\"version\":\"00011764000000000000"
      })
  void refusesAValueThatDoesNotBeginWithItsVersion(String value) {
    assertThatThrownBy(() -> RedisWrite.set("rec:{v}", bytes(value), Duration.ofDays(1), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the value of rec:{v} does not begin with {\"version\"");
  }

  @Test
  void refusesWhatRedisWouldRefuse() {
    assertThatThrownBy(() -> RedisWrite.set("k", SET.value(), Duration.ofNanos(5), 0))
        .hasMessageContaining("the ttl of k is 0 ms");
    assertThatThrownBy(() -> RedisWrite.set("", SET.value(), Duration.ofDays(1), 0))
        .hasMessageContaining("the key is empty");
    assertThatThrownBy(() -> RedisWrite.tombstone("k", "12", 0))
        .hasMessageContaining("version is 12");
  }

  @Test
  void crossesTheNetworkUnchanged() throws IOException {
    TypeSerializer<RedisWrite> serializer = serializer();
    DataOutputSerializer out = new DataOutputSerializer(16);
    for (RedisWrite write : List.of(SET, TOMBSTONE)) {
      serializer.serialize(write, out);
    }
    DataOutputSerializer copied = new DataOutputSerializer(16);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    serializer.copy(in, copied);
    serializer.copy(in, copied);

    DataInputDeserializer arrived = new DataInputDeserializer(copied.getCopyOfBuffer());
    assertThat(serializer.deserialize(arrived)).isEqualTo(SET);
    assertThat(serializer.deserialize(arrived)).isEqualTo(TOMBSTONE);
    assertThat(arrived.available()).isZero();
  }

  @Test
  void restoresItsSerializerFromASnapshot() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer().snapshotConfiguration());

    TypeSerializerSnapshot<RedisWrite> restored =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

    assertThat(restored.restoreSerializer()).isEqualTo(serializer());
    assertThat(
            serializer()
                .snapshotConfiguration()
                .resolveSchemaCompatibility(restored)
                .isCompatibleAsIs())
        .isTrue();
  }

  @Test
  void refusesASnapshotOfALaterFormat() {
    assertThatThrownBy(
            () ->
                new RedisWriteSerializer.Snapshot()
                    .readSnapshot(2, new DataInputDeserializer(new byte[0]), null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("written in version 2");
  }

  private static TypeSerializer<RedisWrite> serializer() {
    return RedisWrite.TYPE.serializer();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
