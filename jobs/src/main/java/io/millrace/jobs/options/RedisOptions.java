package io.millrace.jobs.options;

import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Where Redis is and how values are written to it. */
public final class RedisOptions {
  /** The server. */
  public static final Option<String> URL =
      Option.stringOption(
          "redis.url",
          "redis://127.0.0.1:6379",
          "redis://HOST:PORT[/DATABASE], redis-sentinel://HOST:PORT,HOST:PORT/MASTER[/DATABASE]"
              + " or redis-cluster://HOST:PORT,HOST:PORT; an ACL user as USER@ before the first"
              + " host; rediss in place of redis for TLS",
          "The Redis server, the sentinels that know it, or some nodes of the cluster; `up` and"
              + " `demo` use it instead of one of their own where this is set.");

  /** The password. */
  public static final Option<String> PASSWORD =
      Option.secretOption(
          "redis.password",
          "Password of Redis, or of the ACL user in the address; taken from the environment or the --config file only, never shown.");

  /** A file that holds the password. */
  public static final Option<String> PASSWORD_FILE =
      Option.stringOption(
          "redis.password-file",
          "",
          "a file",
          "File whose first line is the password of Redis, read at the start.");

  /** Stands before every key. */
  public static final Option<String> KEY_PREFIX =
      Option.stringOption(
          "redis.key-prefix", "", "any text", "Text set before every key, to share a server.");

  /** First four digits of every version. */
  public static final Option<Integer> EPOCH =
      Option.intOption(
          "redis.epoch",
          1,
          0,
          9_999,
          "First four digits of every version; raise it to rebuild all values on purpose.");

  /** A file that holds certificates of authorities. */
  public static final Option<String> TLS_CA_FILE =
      Option.stringOption(
          "redis.tls-ca-file",
          "",
          "a file",
          "PEM file with the certificates of the authorities to trust when TLS is talked, read at"
              + " the start; without it those that the JDK trusts.");

  /** Replicas that have to hold a write. */
  public static final Option<Integer> WAIT_REPLICAS =
      Option.intOption(
          "redis.wait-replicas",
          0,
          0,
          100,
          "Replicas of a master that have to hold a write before a checkpoint completes that"
              + " counts on it; while too few do, the job waits.");

  /** How long a master waits for replicas. */
  public static final Option<Duration> WAIT_TIMEOUT =
      Option.durationOption(
          "redis.wait-timeout",
          Duration.ofSeconds(1),
          Duration.ofMillis(1),
          Duration.ofMinutes(1),
          "How long a master waits for its replicas until the write is sent again to whoever is"
              + " master then.");

  static final List<Option<?>> ALL =
      List.of(
          URL,
          PASSWORD,
          PASSWORD_FILE,
          TLS_CA_FILE,
          KEY_PREFIX,
          EPOCH,
          WAIT_REPLICAS,
          WAIT_TIMEOUT);

  private RedisOptions() {}

  /**
   * The settings for the sink and for readers.
   *
   * @throws Failure of wrong usage if the address is malformed, a file unreadable, or the parts do
   *     not go together
   */
  public static RedisSettings settings(Options options) {
    RedisSettings settings;
    try {
      settings = RedisSettings.parse(options.get(URL)).withKeyPrefix(options.get(KEY_PREFIX));
    } catch (IllegalArgumentException e) {
      throw Failure.usage("redis.url: " + e.getMessage());
    }
    String password = password(options);
    settings = password.isEmpty() ? settings : settings.withPassword(password);
    if (settings.user() != null && settings.password() == null) {
      throw Failure.usage(
          "redis.url names the user '"
              + settings.user()
              + "', who has no password; set "
              + PASSWORD.environmentVariable()
              + " or "
              + PASSWORD_FILE.key());
    }
    return withCaCertificates(settings, options.get(TLS_CA_FILE));
  }

  /**
   * Makes sure that an address given on the command line, where others can see it, has no password.
   *
   * @param where it was given
   * @throws Failure of wrong usage if it has one, or is malformed; never shows it
   */
  public static void refusePassword(String where, String url) {
    String password;
    try {
      password = RedisSettings.parse(url).password();
    } catch (IllegalArgumentException e) {
      throw Failure.usage(where + ": " + e.getMessage());
    }
    if (password != null) {
      throw Failure.usage(
          where
              + " has a password in its address, and a command line can be seen by others; name the"
              + " user alone, as redis://USER@HOST:PORT, and set "
              + PASSWORD.environmentVariable()
              + " or "
              + PASSWORD_FILE.key());
    }
  }

  private static RedisSettings withCaCertificates(RedisSettings settings, String file) {
    if (file.isEmpty()) {
      return settings;
    }
    try {
      return settings.withCaCertificates(Files.readString(Path.of(file)));
    } catch (IOException e) {
      throw Failure.usage("redis.tls-ca-file: " + file + " cannot be read as text");
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          "redis.tls-ca-file: " + file + ", with redis.url " + settings + ": " + e.getMessage());
    }
  }

  private static String password(Options options) {
    String file = options.get(PASSWORD_FILE);
    if (file.isEmpty()) {
      return options.get(PASSWORD);
    }
    if (options.isSet(PASSWORD)) {
      throw Failure.usage("redis.password and redis.password-file are both set; set one of them");
    }
    try {
      return Files.readAllLines(Path.of(file)).stream().findFirst().orElse("").strip();
    } catch (IOException e) {
      throw Failure.usage("redis.password-file: " + file + " cannot be read");
    }
  }
}
