package io.millrace.jobs.options;

import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where Redis is and how values are written to it. */
public final class RedisOptions {
  /** The server. */
  public static final Option<String> URL =
      Option.stringOption(
          "redis.url",
          "redis://127.0.0.1:6379",
          "redis://[user@]HOST:PORT[/DATABASE], rediss:// for TLS",
          "The Redis server; `up` and `demo` use it instead of one of their own where this is"
              + " set.");

  /** The password. */
  public static final Option<String> PASSWORD =
      Option.secretOption(
          "redis.password",
          "Password of Redis; taken from the environment or the --config file only, never shown.");

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

  static final List<Option<?>> ALL = List.of(URL, PASSWORD, PASSWORD_FILE, KEY_PREFIX, EPOCH);

  private RedisOptions() {}

  /**
   * The settings for the sink and for readers.
   *
   * @throws Failure of wrong usage if the address is malformed or the password file unreadable
   */
  public static RedisSettings settings(Options options) {
    RedisSettings settings;
    try {
      settings = RedisSettings.parse(options.get(URL)).withKeyPrefix(options.get(KEY_PREFIX));
    } catch (IllegalArgumentException e) {
      throw Failure.usage("redis.url: " + e.getMessage());
    }
    String password = password(options);
    return password.isEmpty() ? settings : settings.withPassword(password);
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
