package io.millrace.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.event.FraudRule;
import io.millrace.jobs.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFileTest {
  private static final String RULE =
      "{'rule_id':'r7','version':3,'owner':'ana','state':'paused','effective_from':1764000000000,"
          + "'entity':'card','on':'orders','where':'total > 100','severity':'high',"
          + "'action':'review'}";

  @TempDir Path dir;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text.replace('\'', '"'));
  }

  private void assertRefused(String text, String... parts) throws IOException {
    Path file = file("bad.json", text);
    assertThatThrownBy(() -> RuleFile.read(List.of(file)))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.WRONG_USAGE))
        .message()
        .contains(parts);
  }

  @Test
  void aRuleHoldsForAllOfARecording() throws IOException {
    List<FraudRule> rules = RuleFile.read(List.of(file("one.json", RULE.replace(",", ",\n"))));
    assertThat(rules).hasSize(1);
    assertThat(rules.get(0).ruleId()).isEqualTo("r7");
    assertThat(rules.get(0).state()).isEqualTo(FraudRule.State.ACTIVE);
    assertThat(rules.get(0).holdsAt(0)).isTrue();
    assertThat(rules.get(0).where()).isEqualTo("total > 100");
  }

  @Test
  void readsARuleALineAndSeveralFiles() throws IOException {
    Path two = file("two.jsonl", RULE + "\n\n" + RULE.replace("r7", "r8") + "\n");
    Path one = file("one.json", RULE.replace("r7", "r9"));
    assertThat(RuleFile.read(List.of(two, one)))
        .extracting(FraudRule::ruleId)
        .containsExactly("r7", "r8", "r9");
  }

  @Test
  void namesTheFieldAndTheReasonOfARuleThatIsNone() throws IOException {
    assertRefused(RULE.replace("'owner':'ana',", ""), "--rule: ", "owner", "missing_field");
    assertRefused(RULE.replace("'high'", "'huge'"), "field severity", "invalid_rule");
    assertRefused(RULE.replace("total >", "totl >"), "field where", "totl");
    assertRefused(RULE + "\n" + RULE.replace("}", ",}"), "rule 2 is refused", "malformed_json");
    assertRefused(RULE + "\n" + RULE, "rule 2 is refused", "rule_id 'r7' is there twice");
    assertThatThrownBy(() -> RuleFile.read(List.of(dir.resolve("none.json"))))
        .hasMessageContaining("none.json cannot be read");
  }
}
