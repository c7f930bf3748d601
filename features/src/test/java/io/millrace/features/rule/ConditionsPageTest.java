package io.millrace.features.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.FraudRule.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/events.md} says what rules and their conditions take. */
class ConditionsPageTest {
  // Tests run in the module's folder; the pages stand beside it.
  private static final Path PAGE = Path.of("..", "docs", "events.md");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** The page from a text on to the next of another. */
  private static String part(String from, String to) throws IOException {
    String page = Files.readString(PAGE);
    assertThat(page).containsOnlyOnce(from);
    String rest = page.substring(page.indexOf(from) + from.length());
    return rest.substring(0, rest.indexOf(to));
  }

  private static List<String> code(String text) {
    return CODE.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
  }

  /** The cells of the rows of a table, by its heading. */
  private static List<String[]> rows(String heading) throws IOException {
    return part(heading, "\n\n")
        .lines()
        .filter(line -> line.startsWith("| "))
        .map(line -> line.substring(2, line.lastIndexOf('|')).split(" \\| ?", -1))
        .toList();
  }

  private static String kind(EventField<?> field) {
    if (field.presenceOnly()) {
      return "`present(…)` only";
    }
    return switch (field.type()) {
      case TEXT -> "text";
      case NUMBER -> "number";
      case FLAG -> "true or false";
    };
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void namesTheFieldsOfEachTopicByTheirTypes(Source source) throws Exception {
    EventFields<?> fields = EventFields.of(source);
    Map<String, Set<String>> byKind = new TreeMap<>();
    for (int i = 0; i < fields.size(); i++) {
      EventField<?> field = fields.field(i);
      byKind.computeIfAbsent(kind(field), made -> new TreeSet<>()).add(field.name());
    }

    assertThat(
            rows("| of `" + source.wireName() + "` | |").stream()
                .collect(Collectors.toMap(row -> row[0], row -> new TreeSet<>(code(row[1])))))
        .isEqualTo(byKind);
  }

  @Test
  void namesTheFieldOfEveryEntity() throws Exception {
    Map<String, List<String>> byEntity = new TreeMap<>();
    for (Entity entity : Entity.values()) {
      byEntity.put(
          entity.wireName(),
          Stream.of(Source.ORDERS, Source.CLICKSTREAM)
              .map(source -> EntityFields.name(entity, source))
              .filter(name -> name != null)
              .toList());
    }

    assertThat(
            rows("| `entity` | in `orders` | in `clickstream` |").stream()
                .collect(
                    Collectors.toMap(
                        row -> code(row[0]).get(0), row -> code(row[1] + " " + row[2]))))
        .isEqualTo(byEntity);
  }

  @Test
  void namesEveryOperatorAndFunction() throws Exception {
    List<String> written = code(part("### Conditions", "## fraud-labels"));

    assertThat(Operator.values())
        .allSatisfy(operator -> assertThat(written).anyMatch(has(operator.sign())));
    assertThat(Call.values()).allSatisfy(call -> assertThat(written).anyMatch(has(call.word())));
  }

  private static Predicate<String> has(String part) {
    return text -> text.contains(part);
  }

  @Test
  void namesEveryBound() throws Exception {
    String rules = part("\n## fraud-rules", "## fraud-labels");

    assertThat(
            List.of(
                Expression.MAX_CHARS,
                Expression.MAX_PARTS,
                Expression.MAX_DEPTH,
                RuleBook.MAX_RULES,
                DistinctWindow.MAX_VALUES,
                NumberWindow.MAX_ENTRIES,
                NumberWindow.SLOTS))
        .allSatisfy(bound -> assertThat(rules).contains(String.format(Locale.ROOT, "%,d", bound)));
  }

  @Test
  void whatItShowsIsACondition() throws Exception {
    Set<String> parsed = new TreeSet<>();
    for (String shown : code(part("### Conditions", "## fraud-labels"))) {
      if (shown.matches("\\w.* (==|!=|in) .*") && !shown.matches(".*\\b[ab]\\b.*")) {
        Expression.parse(EventFields.of(Source.ORDERS), shown);
        parsed.add(shown);
      }
    }
    assertThat(parsed).hasSizeGreaterThan(3);
  }
}
