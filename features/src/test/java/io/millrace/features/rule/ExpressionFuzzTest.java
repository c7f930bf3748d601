package io.millrace.features.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.millrace.features.event.FraudRule.Source;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is written is a condition or is refused, in bounded time; nothing else is thrown. */
class ExpressionFuzzTest {
  private static final long SEED = 88_172;
  private static final String[] WORDS = {
    "total",
    "currency",
    "status",
    "guest",
    "null",
    "true",
    "false",
    "in",
    "present",
    "lower",
    "abs",
    "hour",
    "starts_with",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "&&",
    "||",
    "!",
    "(",
    ")",
    ",",
    "+",
    "-",
    "*",
    "/",
    "'paid'",
    "'",
    "\\",
    "1",
    "0",
    "1e308",
    "1e-400",
    ".",
    "é",
    "𝒳",
    "\u0000",
    "payment.bin",
    "payment..",
    "\"",
    "x"
  };

  private int valid;
  private int refused;

  private void check(String where) {
    for (Source source : Source.values()) {
      try {
        Expression read = Expression.parse(EventFields.of(source), where);
        new Clause(EventFields.of(source), read);
        valid++;
      } catch (InvalidExpressionException e) {
        assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(400);
        assertThat(e.position()).isBetween(1, where.length() + 1);
        assertThat(e.marked()).contains("\n");
        refused++;
      } catch (RuntimeException | StackOverflowError e) {
        fail("seed " + SEED + ": " + where, e);
      }
    }
  }

  @Test
  void survivesRandomCharacters() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int rest = random.nextInt(60); rest > 0; rest--) {
        text.append((char) (random.nextInt(8) == 0 ? random.nextInt(65_536) : random.nextInt(128)));
      }
      check(text.toString());
    }
    assertThat(refused).isGreaterThan(39_000);
  }

  @Test
  void survivesRandomWords() {
    Random random = new Random(SEED);
    for (int i = 0; i < 60_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int rest = 1 + random.nextInt(i % 2 == 0 ? 5 : 40); rest > 0; rest--) {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextBoolean() ? " " : "");
      }
      check(text.toString());
    }
    assertThat(valid).isPositive();
  }

  @Test
  void survivesBrokenConditions() {
    Random random = new Random(SEED);
    RandomExpressions expressions = new RandomExpressions(random, Source.ORDERS);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(expressions.condition(3).text());
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, WORDS[random.nextInt(WORDS.length)]);
        default -> text.setLength(at);
      }
      check(text.toString());
    }
    assertThat(valid).isGreaterThan(1_000);
    assertThat(refused).isGreaterThan(10_000);
  }

  @Test
  void takesNoLongerWhateverItIs() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int i = 0; i < 100; i++) {
            for (String word : WORDS) {
              check(word.repeat(2_100 / word.length()));
              check((word + " ").repeat(2_000 / (word.length() + 1)));
            }
            check("guest" + " && guest".repeat(99));
            check("x".repeat(100_000));
          }
        });
  }
}
