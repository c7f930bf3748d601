package io.millrace.jobs.local;

import io.millrace.jobs.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The folders of one engine, held against a second engine by a lock. Fresh ones are removed at the
 * end; their logs stay where something failed.
 */
public final class EngineDirs implements AutoCloseable {
  private final Path root;
  private final boolean kept;
  private final FileChannel lockFile;
  private boolean failed;

  private EngineDirs(Path root, boolean kept, FileChannel lockFile) {
    this.root = root;
    this.kept = kept;
    this.lockFile = lockFile;
  }

  /** New folders in the system's folder for temporary files. */
  public static EngineDirs fresh() {
    try {
      return open(Files.createTempDirectory("millrace-"), false);
    } catch (IOException e) {
      throw Failure.failed("no temporary folder can be made: " + e.getMessage(), e);
    }
  }

  /**
   * The folders of a data directory, made where they are missing.
   *
   * @throws Failure if it cannot be written or another engine uses it
   */
  public static EngineDirs in(Path root) {
    try {
      return open(Files.createDirectories(root.toAbsolutePath().normalize()), true);
    } catch (IOException e) {
      throw Failure.failed(
          "the data directory "
              + root
              + " cannot be used: "
              + e
              + "; give --data-dir a folder that can be written",
          e);
    }
  }

  private static EngineDirs open(Path root, boolean kept) throws IOException {
    FileChannel file =
        FileChannel.open(
            root.resolve("engine.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!lock(file)) {
      file.close();
      throw Failure.failed(
          "another engine uses the data directory " + root + "; stop it or give another one");
    }
    return new EngineDirs(root, kept, file);
  }

  /** Held until the channel is closed. */
  private static boolean lock(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Whether the data outlive the engine. */
  public boolean kept() {
    return kept;
  }

  /** Folder of the log files. */
  public Path logs() {
    return root.resolve("logs");
  }

  Path kafka() {
    return root.resolve("kafka");
  }

  Path redis() {
    return root.resolve("redis");
  }

  Path flink() {
    return root.resolve("flink");
  }

  /** Keeps the logs beyond the end, because something went wrong. */
  public void keepLogs() {
    failed = true;
  }

  /** Removes what is not to be kept and lets others use the folders. */
  @Override
  public void close() {
    try {
      if (!kept) {
        remove(failed ? logs() : null);
      }
      lockFile.close();
    } catch (IOException e) {
      // Temporary files that cannot be removed harm nobody; the system clears them in time.
      failed = true;
    }
  }

  private void remove(Path except) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        boolean keep = except != null && (file.startsWith(except) || except.startsWith(file));
        if (!keep) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
