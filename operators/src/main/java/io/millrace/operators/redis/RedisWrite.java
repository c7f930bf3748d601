package io.millrace.operators.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.features.decision.Version;
import io.millrace.operators.types.FlatTypeInfo;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A key of Redis and what it shall hold: a value that begins with its version, or a tombstone, with
 * which a reader finds nothing. A value replaces one of the same or an older version. A tombstone
 * replaces whatever is there and takes the larger of the two versions.
 *
 * <p>Immutable; nobody changes the bytes once they are handed over.
 */
@TypeInfo(RedisWrite.Type.class)
public final class RedisWrite {
  /** How it crosses the network. */
  public static final FlatTypeInfo<RedisWrite> TYPE =
      new FlatTypeInfo<>(RedisWrite.class, new RedisWriteSerializer());

  private static final byte[] VALUE_PREFIX = Version.VALUE_PREFIX.getBytes(US_ASCII);
  private static final int VERSION_START = VALUE_PREFIX.length;
  private static final int VERSION_END = VERSION_START + Version.LENGTH;

  private final String key;
  private final byte[] value;
  private final long ttlMillis;
  private final long origin;

  private RedisWrite(String key, byte[] value, long ttlMillis, long origin) {
    this.key = key;
    this.value = value;
    this.ttlMillis = ttlMillis;
    this.origin = origin;
  }

  /**
   * Sets a value.
   *
   * @param key without the prefix of the store, see {@link io.millrace.features.decision.RedisKeys}
   * @param value UTF-8 JSON whose first field is {@code version}, as {@link
   *     io.millrace.features.decision.DecisionJson} writes it
   * @param ttl how long the value lives, at least 1 ms
   * @param origin wall clock when the event that caused this entered the engine, milliseconds since
   *     the epoch; 0 if there is none
   * @throws IllegalArgumentException if the key is empty, the value does not begin with a version,
   *     or the ttl is under 1 ms
   */
  public static RedisWrite set(String key, byte[] value, Duration ttl, long origin) {
    checkKey(key);
    checkValue(key, value);
    long ttlMillis = ttl.toMillis();
    if (ttlMillis < 1) {
      throw new IllegalArgumentException(
          "the ttl of " + key + " is " + ttlMillis + " ms; give 1 ms or more");
    }
    return new RedisWrite(key, value, ttlMillis, origin);
  }

  /**
   * Deletes a key in a way that older writes cannot undo.
   *
   * @param key without the prefix of the store
   * @param version 20 digits, see {@link Version}
   * @param origin as for {@link #set}
   * @throws IllegalArgumentException if the key is empty or the version is none
   */
  public static RedisWrite tombstone(String key, String version, long origin) {
    checkKey(key);
    String value = Version.VALUE_PREFIX + Version.check(version) + "\",\"deleted\":true}";
    return new RedisWrite(key, value.getBytes(US_ASCII), 0, origin);
  }

  /** A write as it came over the network; its parts were checked when it was made. */
  static RedisWrite restored(String key, byte[] value, long ttlMillis, long origin) {
    return new RedisWrite(key, value, ttlMillis, origin);
  }

  /** The key, without the prefix of the store. */
  public String key() {
    return key;
  }

  /** The version, 20 digits. */
  public String version() {
    return new String(value, VERSION_START, Version.LENGTH, US_ASCII);
  }

  /** The value as it goes to Redis; not to be changed. */
  public byte[] value() {
    return value;
  }

  /** How long the value lives in milliseconds, 0 for a tombstone (Redis keeps that an hour). */
  public long ttlMillis() {
    return ttlMillis;
  }

  /** Wall clock of the cause's arrival, milliseconds since the epoch, 0 if there is none. */
  public long origin() {
    return origin;
  }

  /** Whether this deletes the key. */
  public boolean isTombstone() {
    return ttlMillis == 0;
  }

  /** Whether this write's version is smaller than the other's. */
  boolean isOlderThan(RedisWrite other) {
    return Arrays.compare(
            value, VERSION_START, VERSION_END, other.value, VERSION_START, VERSION_END)
        < 0;
  }

  private static void checkKey(String key) {
    Objects.requireNonNull(key, "key");
    if (key.isEmpty()) {
      throw new IllegalArgumentException("the key is empty; name it as RedisKeys does");
    }
  }

  private static void checkValue(String key, byte[] value) {
    Objects.requireNonNull(value, "value");
    boolean fits =
        value.length > VERSION_END
            && Arrays.equals(value, 0, VERSION_START, VALUE_PREFIX, 0, VERSION_START)
            && value[VERSION_END] == '"';
    for (int i = VERSION_START; fits && i < VERSION_END; i++) {
      fits = value[i] >= '0' && value[i] <= '9';
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "the value of " + key + " does not begin with {\"version\":\"<20 digits>\"");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RedisWrite that
        && key.equals(that.key)
        && ttlMillis == that.ttlMillis
        && origin == that.origin
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return (isTombstone() ? "delete " : "set ") + key + " at version " + version();
  }

  /** Leads Flink to {@link #TYPE} wherever it has to infer it; public because Flink makes it. */
  public static final class Type extends TypeInfoFactory<RedisWrite> {
    @Override
    public TypeInformation<RedisWrite> createTypeInfo(
        java.lang.reflect.Type type, Map<String, TypeInformation<?>> parameters) {
      return TYPE;
    }
  }
}
