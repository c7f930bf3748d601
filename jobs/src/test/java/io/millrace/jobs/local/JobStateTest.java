package io.millrace.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobStateTest {
  @TempDir Path dir;

  @Test
  void findsNewestCompleteCheckpointOrSavepoint() throws IOException {
    assertThat(JobState.newest(dir.resolve("absent"))).isEmpty();
    state("savepoints/savepoint-1-a", "x", 1_000);
    Path newest = state("checkpoints/job/chk-7", "x", 3_000);
    state("checkpoints/job/chk-6", "x", 2_000);
    state("checkpoints/job/chk-8", "", 4_000);
    Files.createDirectories(dir.resolve("checkpoints/job/chk-9"));
    assertThat(JobState.newest(dir)).contains(newest);
    Path later = state("savepoints/savepoint-2-b", "x", 5_000);
    assertThat(JobState.newest(dir)).contains(later);
  }

  private Path state(String folder, String metadata, long written) throws IOException {
    Path state = Files.createDirectories(dir.resolve(folder));
    Path file = Files.writeString(state.resolve("_metadata"), metadata);
    Files.setLastModifiedTime(file, FileTime.fromMillis(written));
    return state;
  }
}
