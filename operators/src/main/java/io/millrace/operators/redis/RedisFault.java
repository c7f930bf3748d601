package io.millrace.operators.redis;

import io.millrace.features.redis.RedisNode;
import java.security.cert.CertificateException;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** What an error of Redis means for the write that met it. */
enum RedisFault {
  /** Redis is away or cannot write for now: try again until it can. */
  UNAVAILABLE,
  /** Too few replicas hold the write: try again until they do. */
  UNREPLICATED,
  /** Redis has forgotten the script: load it and try again. */
  NO_SCRIPT,
  /** The key holds a list, a hash, …: set this write aside. */
  WRONG_TYPE,
  /** Login or a permission is refused: a person has to act. */
  DENIED,
  /** One side does not accept the other's certificate, or no TLS is talked: a person has to act. */
  TLS_REFUSED,
  /** Something else is at the address: a person has to act. */
  WRONG_ADDRESS,
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
          "UNBLOCKED",
          "OOM",
          "MISCONF",
          "NOREPLICAS");

  private static final Pattern PLACE_IN_SCRIPT = Pattern.compile("^@user_script: ?\\d+: -?");

  private static final Set<String> ACCESS = Set.of("NOAUTH", "WRONGPASS", "NOPERM", "DENIED");

  /** A key that expires or moves while the script runs. */
  private static final String KEY_LEFT = "attempted to access a non local key";

  private static final String NO_TLS = "Unsupported or unrecognized SSL message";

  private static final Pattern FATAL_ALERT =
      Pattern.compile(
          "fatal alert: \\w*(certificate|unknown_ca|handshake_failure|protocol_version)");

  static RedisFault of(JedisException error) {
    if (error instanceof ReplicasMissingException) {
      return UNREPLICATED;
    }
    if (error instanceof WrongAddressException) {
      return WRONG_ADDRESS;
    }
    if (error instanceof JedisConnectionException) {
      return tlsRefused(error) ? TLS_REFUSED : UNAVAILABLE;
    }
    String message = messageOf(error);
    int end = message.indexOf(' ');
    String code = end < 0 ? message : message.substring(0, end);
    if (TEMPORARY.contains(code)
        || message.startsWith("ERR max number of clients")
        || message.contains(KEY_LEFT)) {
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

  private static boolean tlsRefused(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof CertificateException
          || (cause instanceof SSLException
              && (message.contains(NO_TLS) || FATAL_ALERT.matcher(message).find()))) {
        return true;
      }
    }
    return false;
  }

  /** The message, without the place in the script that Redis 6.2 puts before some. */
  static String messageOf(JedisException error) {
    String message = error.getMessage() == null ? "" : error.getMessage();
    return PLACE_IN_SCRIPT.matcher(message).replaceFirst("");
  }

  /** The message with what is at the bottom of it, on one line. */
  static String describe(JedisException error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = messageOf(error);
    boolean said = root == error || message.contains(String.valueOf(root.getMessage()));
    return said ? message : message + " (" + root.getMessage() + ")";
  }

  /** The same error, with the name of the server where it was met. */
  static JedisException at(RedisNode node, JedisException error) {
    String message = String.valueOf(error.getMessage());
    if (message.contains(node.toString())) {
      return error;
    }
    JedisException named = error;
    if (error instanceof JedisConnectionException) {
      named = new JedisConnectionException(node + ": " + message, error.getCause());
    } else if (error instanceof JedisDataException) {
      named = new JedisDataException(message + " (" + node + ")", error.getCause());
    }
    if (named != error) {
      named.addSuppressed(error);
    }
    return named;
  }
}
