package io.millrace.jobs.evaluate;

import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRuleCodec;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.rule.RuleBook;
import io.millrace.jobs.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules as the topic has them, a file of one object or of one a line. For a recording they hold all
 * the time and alert, whatever they say of when and whether they do in the store.
 */
final class RuleFile {
  private final FraudRuleCodec codec = new FraudRuleCodec(Clock.systemUTC());
  private final RuleBook book = new RuleBook();
  private final List<FraudRule> rules = new ArrayList<>();

  private RuleFile() {}

  /**
   * The rules of some files.
   *
   * @throws Failure of wrong usage if one cannot be read, is none, or has the id of another; names
   *     the field and the reason
   */
  static List<FraudRule> read(List<Path> files) {
    RuleFile reader = new RuleFile();
    for (Path file : files) {
      reader.read(file);
    }
    return reader.rules;
  }

  private void read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw Failure.usage("--rule: " + file + " cannot be read: " + e);
    }
    List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    boolean oneEach = lines.size() > 1 && lines.stream().allMatch(line -> line.endsWith("}"));
    int number = 0;
    for (String rule : oneEach ? lines : List.of(text)) {
      number++;
      try {
        add(codec.decode(rule.getBytes(StandardCharsets.UTF_8)));
      } catch (InvalidEventException e) {
        throw Failure.usage(
            "--rule: %s%s is refused: %s (%s, field %s)"
                .formatted(
                    file,
                    oneEach ? " rule " + number : "",
                    e.getMessage(),
                    e.reason().wireName(),
                    e.field().isEmpty() ? "-" : e.field()));
      }
    }
  }

  private void add(FraudRule rule) throws InvalidEventException {
    if (rules.stream().anyMatch(other -> other.ruleId().equals(rule.ruleId()))) {
      throw new InvalidEventException(
          InvalidEventException.Reason.INVALID_RULE,
          "rule_id",
          "rule_id '" + rule.ruleId() + "' is there twice; name each rule once");
    }
    FraudRule always = always(rule);
    book.put(always, 0);
    rules.add(always);
  }

  private static FraudRule always(FraudRule rule) {
    return new FraudRule(
        rule.ruleId(),
        rule.version(),
        rule.owner(),
        FraudRule.State.ACTIVE,
        null,
        null,
        rule.entity(),
        rule.on(),
        rule.where(),
        rule.aggregate(),
        rule.compare(),
        rule.threshold(),
        rule.steps(),
        rule.within(),
        rule.severity(),
        rule.action());
  }
}
