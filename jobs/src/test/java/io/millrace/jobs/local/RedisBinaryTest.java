package io.millrace.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.Failure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisBinaryTest {
  @TempDir private Path dir;
  private Path noFolder;

  @BeforeEach
  void blockUnpacking() throws IOException {
    noFolder = Files.writeString(dir.resolve("a-file"), "in the way").resolve("bin");
  }

  @Test
  void prefersTheOneThatComesWithTheEngine() throws IOException {
    Path other = server("path", "exit 0");

    assertThat(RedisBinary.find(dir.resolve("bin"), other.getParent().toString()))
        .startsWith(dir.resolve("bin"));
  }

  @Test
  void fallsBackToTheOneOnThePath() throws IOException {
    Path other = server("path", "exit 0");
    String path = dir.resolve("nothing") + File.pathSeparator + other.getParent();

    assertThat(RedisBinary.find(noFolder, path)).isEqualTo(other);
  }

  @Test
  void saysWhyNoneRunsAndWhatToInstall() throws IOException {
    Path broken = server("path", "echo 'libssl.so.3: cannot open shared object file'; exit 127");

    assertThatThrownBy(() -> RedisBinary.find(noFolder, broken.getParent().toString()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("cannot be unpacked to " + noFolder)
        .hasMessageContaining("libssl.so.3: cannot open shared object file")
        .hasMessageContaining("Install OpenSSL 3")
        .hasMessageContaining("--redis URL");
    assertThatThrownBy(() -> RedisBinary.find(noFolder, null))
        .hasMessageContaining("no Redis server can run");
  }

  private Path server(String folder, String body) throws IOException {
    Path file = Files.createDirectories(dir.resolve(folder)).resolve("redis-server");
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
