package io.millrace.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineDirsTest {
  @TempDir Path dir;

  @Test
  void keepsASecondEngineOut() {
    try (EngineDirs dirs = EngineDirs.in(dir)) {
      assertThat(dirs.kept()).isTrue();
      assertThatThrownBy(() -> EngineDirs.in(dir)).hasMessageContaining("another engine uses");
    }
    EngineDirs.in(dir).close();
    assertThat(dir).exists();
  }

  @Test
  void removesFreshFoldersButKeepsLogsOfAFailure() throws IOException {
    EngineDirs clean = fresh();
    Path root = clean.logs().getParent();
    clean.close();
    assertThat(root).doesNotExist();

    EngineDirs failed = fresh();
    failed.keepLogs();
    failed.close();
    assertThat(failed.logs().resolve("a.log")).exists();
    assertThat(failed.kafka()).doesNotExist();
    Files.delete(failed.logs().resolve("a.log"));
    Files.delete(failed.logs());
    Files.delete(failed.logs().getParent());
  }

  @Test
  void refusesDataDirectoryThatIsAFile() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "");
    assertThatThrownBy(() -> EngineDirs.in(file)).hasMessageContaining("cannot be used");
  }

  @Test
  void saysWhichPortIsTakenAndWhatToDo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Ports.requireFree("Redis", taken.getLocalPort()))
          .hasMessageContaining("Redis cannot listen on port " + taken.getLocalPort())
          .hasMessageContaining("--ports auto");
    }
    Ports.requireFree("Redis", Ports.free());
  }

  private static EngineDirs fresh() throws IOException {
    EngineDirs dirs = EngineDirs.fresh();
    Files.createDirectories(dirs.logs());
    Files.writeString(dirs.logs().resolve("a.log"), "x");
    Files.createDirectories(dirs.kafka().resolve("messages"));
    return dirs;
  }
}
