package io.millrace.jobs.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsPageTest {
  // Tests run in the module's folder; the pages stand beside it.
  private static final Path PAGE = Path.of("..", "docs", "options.md");

  @Test
  void matchesTheCode() throws IOException {
    String page = Files.exists(PAGE) ? Files.readString(PAGE) : "";
    assertThat(page)
        .withFailMessage(
            "docs/options.md is stale; regenerate it from the repository root with%n"
                + "  java -cp 'jobs/target/classes:jobs/target/lib/*'"
                + " io.millrace.jobs.options.OptionsPage docs/options.md")
        .isEqualTo(OptionsPage.markdown());
  }

  @Test
  void namesEveryKeyOnce() {
    Set<String> keys = new HashSet<>();
    OptionRegistry.all()
        .forEach(option -> assertThat(keys.add(option.key())).as(option.key()).isTrue());
  }
}
