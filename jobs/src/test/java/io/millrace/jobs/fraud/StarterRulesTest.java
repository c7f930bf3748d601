package io.millrace.jobs.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.millrace.features.event.FraudRule;
import io.millrace.features.rule.CompiledRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StarterRulesTest {
  // Tests run in the module's folder; the pages stand beside it.
  private static final Path PAGE = Path.of("..", "docs", "fraud.md");

  @Test
  void makeSense() {
    assertThat(StarterRules.all())
        .isNotEmpty()
        .allSatisfy(rule -> assertThatCode(() -> CompiledRule.of(rule)).doesNotThrowAnyException());
  }

  @Test
  void haveIdsOfTheirOwn() {
    assertThat(ids()).doesNotHaveDuplicates();
  }

  @Test
  void standInTheTableOfTheirPage() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf("\n## Rules\n");
    String rules = page.substring(begin, page.indexOf("\n## ", begin + 1));
    List<String> named =
        Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE)
            .matcher(rules)
            .results()
            .map((MatchResult row) -> row.group(1))
            .toList();
    assertThat(named).isEqualTo(ids());
  }

  private static List<String> ids() {
    return StarterRules.all().stream().map(FraudRule::ruleId).toList();
  }
}
