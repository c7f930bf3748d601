package io.millrace.jobs.local;

import io.millrace.jobs.Failure;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the repository is: the launcher tells it as {@code millrace.home}. */
public final class MillraceHome {
  private static final String PROPERTY = "millrace.home";

  private MillraceHome() {}

  /** The folder with the broker's jars. */
  public static Path brokerLib() {
    String home = System.getProperty(PROPERTY, System.getProperty("user.dir"));
    Path lib = Path.of(home, "jobs", "broker", "target", "lib");
    if (!Files.isDirectory(lib)) {
      throw Failure.failed(
          "the Kafka broker's jars are not in "
              + lib
              + "; build them with ./mvnw -DskipTests package -pl jobs/broker, or start with"
              + " ./millrace");
    }
    return lib;
  }
}
