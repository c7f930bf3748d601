package io.millrace.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.Failure;
import io.millrace.jobs.replay.ClickLog.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClickSetTest {
  private static final String TIMED = "SessionId\tItemId\tTime\n1\ta\t1591000000\n";
  @TempDir private Path folder;

  @Test
  void findsTheFolderItselfAndItsSubfolders() throws IOException {
    write("train.tsv", TIMED, "test.tsv", TIMED);
    write("b/train_sessions.csv", "0\ta b\n", "b/test_sessions.csv", "0\ta b\n");
    Files.createDirectories(folder.resolve("other"));
    assertThat(ClickSet.in(folder))
        .extracting(ClickSet::layout)
        .containsExactly(Layout.TIMED, Layout.SESSION_LINES);
    assertThat(ClickSet.in(folder)).extracting(ClickSet::name).contains("b");
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    write("train.tsv", TIMED, "notes.txt", "");
    assertThatThrownBy(() -> ClickSet.in(folder))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("test*.tsv.gz");
    assertThatThrownBy(() -> ClickSet.in(folder.resolve("nowhere")))
        .hasMessageContaining("there is no folder");
  }

  @Test
  void refusesTwoFilesThatBothCouldBeMeant() throws IOException {
    write("train.tsv", TIMED, "train2.tsv", TIMED);
    assertThatThrownBy(() -> ClickSet.in(folder)).hasMessageContaining("not clear which");
  }

  private void write(String name, String text, String otherName, String otherText)
      throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), text);
    Files.writeString(folder.resolve(otherName), otherText);
  }
}
