package io.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.features.decision.Version;
import io.millrace.operators.redis.RedisWrite;
import java.time.Duration;

/** Writes for tests, and the text that Redis holds once they are applied. */
final class Writes {
  static final Duration TTL = Duration.ofMinutes(10);

  private Writes() {}

  static RedisWrite set(String key, long version, String content) {
    return RedisWrite.set(key, value(version, content).getBytes(UTF_8), TTL, 0);
  }

  static String value(long version, String content) {
    return "{\"version\":\"" + Version.of(1, version) + "\",\"content\":\"" + content + "\"}";
  }

  static RedisWrite tombstone(String key, long version) {
    return RedisWrite.tombstone(key, Version.of(1, version), 0);
  }

  static String deleted(long version) {
    return "{\"version\":\"" + Version.of(1, version) + "\",\"deleted\":true}";
  }
}
