package io.millrace.jobs.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a job's checkpoints and savepoints lie, and which of them is the newest. */
final class JobState {
  private static final String METADATA = "_metadata";
  // checkpoints/JOB/chk-7/_metadata and savepoints/savepoint-1-2/_metadata
  private static final int DEPTH = 4;

  private JobState() {}

  static Path checkpoints(Path dir) {
    return dir.resolve("checkpoints");
  }

  static Path savepoints(Path dir) {
    return dir.resolve("savepoints");
  }

  /** The form in which Flink takes a local path; it escapes blanks itself. */
  static String uri(Path path) {
    return "file://" + path.toAbsolutePath();
  }

  /** The folder of the newest complete checkpoint or savepoint below {@code dir}. */
  static Optional<Path> newest(Path dir) throws IOException {
    if (!Files.isDirectory(dir)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(dir, DEPTH)) {
      return files
          .filter(file -> METADATA.equals(file.getFileName().toString()))
          .filter(file -> file.toFile().length() > 0)
          .max(Comparator.comparing(JobState::written))
          .map(Path::getParent);
    }
  }

  private static FileTime written(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
