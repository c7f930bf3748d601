package io.millrace.jobs.cli;

import io.millrace.jobs.local.Engine;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Where this process logs. Must be told before the first logger is made. */
final class LogFiles {
  private static final String PROPERTY = "millrace.log.dir";

  private LogFiles() {}

  /** Logs into a folder, which comes into being with the first line. */
  static void into(Path dir) {
    System.setProperty(PROPERTY, dir.toString());
  }

  /** The log file. */
  static Path place() {
    return Path.of(System.getProperty(PROPERTY, System.getProperty("java.io.tmpdir")))
        .resolve(Engine.LOG_FILE);
  }

  /** Writes down what the user is told only the first line of. */
  static void record(Exception e) {
    LoggerFactory.getLogger(Millrace.class).error("the command failed", e);
  }
}
