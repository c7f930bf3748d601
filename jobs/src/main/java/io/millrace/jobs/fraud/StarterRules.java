package io.millrace.jobs.fraud;

import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRuleCodec;
import io.millrace.features.event.InvalidEventException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules that come with the engine, to begin with: one JSON line each in {@value #RESOURCE}
 * beside this class, as they go to the topic {@code fraud-rules}.
 */
public final class StarterRules {
  static final String RESOURCE = "starter-rules.jsonl";

  private StarterRules() {}

  /**
   * All of them, in the order of the file.
   *
   * @throws IllegalStateException if a line is no rule, which a test rules out
   */
  public static List<FraudRule> all() {
    FraudRuleCodec codec = new FraudRuleCodec(Clock.systemUTC());
    List<FraudRule> rules = new ArrayList<>();
    for (String line : text().lines().toList()) {
      try {
        rules.add(codec.decode(line.getBytes(StandardCharsets.UTF_8)));
      } catch (InvalidEventException e) {
        throw new IllegalStateException(
            RESOURCE + " line " + (rules.size() + 1) + ": " + e.getMessage(), e);
      }
    }
    return List.copyOf(rules);
  }

  private static String text() {
    try (InputStream in = StarterRules.class.getResourceAsStream(RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " cannot be read", e);
    }
  }
}
