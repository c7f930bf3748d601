package io.millrace.jobs.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FeaturesPageTest {
  // Tests run in the module's folder; the pages stand beside it.
  private static final Path PAGE = Path.of("..", "docs", "features.md");

  @Test
  void matchesTheDeclarations() throws IOException {
    String page = Files.exists(PAGE) ? Files.readString(PAGE) : "";
    assertThat(page)
        .withFailMessage(
            "docs/features.md is stale; regenerate it from the repository root with%n"
                + "  java -cp 'jobs/target/classes:jobs/target/lib/*'"
                + " io.millrace.jobs.profile.FeaturesPage docs/features.md")
        .isEqualTo(FeaturesPage.markdown());
  }
}
