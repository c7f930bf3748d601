package io.millrace.jobs.local;

import io.millrace.jobs.Failure;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/**
 * Finds a Redis server that can run on this machine: the one that comes with the engine, else
 * {@code redis-server} on the PATH.
 */
final class RedisBinary {
  private static final long PROBE_SECONDS = 10;

  private RedisBinary() {}

  /**
   * A server that has shown that it can start.
   *
   * @param dir where the engine's own is unpacked
   * @param path folders to search besides, as in the environment's PATH; may be null
   * @throws Failure if none can; says why and what to install
   */
  static Path find(Path dir, String path) {
    List<String> faults = new ArrayList<>();
    for (Path candidate : candidates(dir, path, faults)) {
      String fault = probe(candidate);
      if (fault == null) {
        return candidate;
      }
      faults.add(candidate + ": " + fault);
    }
    throw Failure.failed(
        "no Redis server can run on this machine ("
            + String.join("; ", faults)
            + "). Install OpenSSL 3 (libssl3) for the one that comes with the engine, or a"
            + " redis-server of version 6.2 or later on the PATH, or use a server that exists"
            + " (--redis URL)");
  }

  private static List<Path> candidates(Path dir, String path, List<String> faults) {
    List<Path> candidates = new ArrayList<>();
    try {
      Files.createDirectories(dir);
      candidates.add(ExecutableProvider.newJarResourceProvider(dir.toFile()).get().toPath());
    } catch (IOException | RuntimeException e) {
      faults.add("the one that comes with the engine cannot be unpacked to " + dir + ": " + e);
    }
    for (String folder : path == null ? new String[0] : path.split(File.pathSeparator)) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder, "redis-server");
      if (Files.isExecutable(candidate)) {
        candidates.add(candidate.toAbsolutePath());
        break;
      }
    }
    return candidates;
  }

  /** Null if the server starts, else why it does not. */
  private static String probe(Path binary) {
    try {
      Process process =
          new ProcessBuilder(binary.toString(), "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      if (!process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "did not answer --version within " + PROBE_SECONDS + " s";
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.exitValue() == 0 ? null : said.strip();
    } catch (IOException e) {
      return e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted while looking for a Redis server", e);
    }
  }
}
