package io.millrace.operators.redis;

import java.util.Set;
import java.util.regex.Pattern;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** What an error of Redis means for the write that met it. */
enum RedisFault {
  /** Redis is away or cannot write for now: try again until it can. */
  UNAVAILABLE,
  /** Redis has forgotten the script: load it and try again. */
  NO_SCRIPT,
  /** The key holds a list, a hash, …: set this write aside. */
  WRONG_TYPE,
  /** Login or a permission is refused: a person has to act. */
  DENIED,
  /** Anything else: trying again will not help. */
  REFUSED;

  private static final Set<String> TEMPORARY =
      Set.of(
          "LOADING",
          "BUSY",
          "TRYAGAIN",
          "MOVED",
          "ASK",
          "CLUSTERDOWN",
          "READONLY",
          "MASTERDOWN",
          "OOM",
          "MISCONF",
          "NOREPLICAS");

  private static final Pattern PLACE_IN_SCRIPT = Pattern.compile("^@user_script: ?\\d+: -?");

  private static final Set<String> ACCESS = Set.of("NOAUTH", "WRONGPASS", "NOPERM", "DENIED");

  static RedisFault of(JedisException error) {
    if (error instanceof JedisConnectionException) {
      return UNAVAILABLE;
    }
    String message = messageOf(error);
    int end = message.indexOf(' ');
    String code = end < 0 ? message : message.substring(0, end);
    if (TEMPORARY.contains(code) || message.startsWith("ERR max number of clients")) {
      return UNAVAILABLE;
    }
    // Redis 6.2 has no code for what a script may not do.
    if (ACCESS.contains(code)
        || message.startsWith("ERR AUTH")
        || message.contains("The user executing the script can't")) {
      return DENIED;
    }
    return switch (code) {
      case "NOSCRIPT" -> NO_SCRIPT;
      case "WRONGTYPE" -> WRONG_TYPE;
      default -> REFUSED;
    };
  }

  /** The message, without the place in the script that Redis 6.2 puts before some. */
  static String messageOf(JedisException error) {
    String message = error.getMessage() == null ? "" : error.getMessage();
    return PLACE_IN_SCRIPT.matcher(message).replaceFirst("");
  }
}
