package io.millrace.features.fraud;

import io.millrace.features.session.Hashes;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Names all that gives a declaration's weights their meaning: a hash over every part in the order
 * declared, each behind what it is. Numbers enter bit by bit, so nothing depends on how a release
 * of Java prints them.
 */
final class Fingerprint {
  /** To be raised when a signal is computed otherwise under the same name. */
  private static final int LAYOUT = 1;

  private final StringBuilder parts = new StringBuilder().append(LAYOUT);

  private Fingerprint() {}

  /** 16 hexadecimal digits. */
  static String of(FraudDeclaration declaration) {
    Fingerprint print = new Fingerprint();
    declaration.given().forEach(signal -> print.part("given", signal));
    declaration.entities().forEach(print::entity);
    declaration.features().forEach(print::feature);
    return HexFormat.of().toHexDigits(Hashes.of(print.parts.toString()));
  }

  private void entity(FraudEntity entity) {
    part("entity", entity.name());
    part("key", entity.key());
    if (entity.rules() instanceof SpendingRules rules) {
      part("rules", "spending");
      numbers(rules.populationMean(), rules.shrinkage(), rules.large(), millis(rules.episode()));
    } else if (entity.rules() instanceof LabelledRules rules) {
      part("rules", "labelled");
      numbers(millis(rules.maturity()), millis(rules.episode()));
      numbers(millis(rules.shortWindow()), millis(rules.longWindow()));
      numbers(rules.prior(), rules.priorWeight(), rules.maxRows());
      if (rules.explainedBy() != null) {
        part("explained by", rules.explainedBy());
        numbers(rules.explainedAbove());
      }
    }
  }

  private static double millis(Duration duration) {
    return duration.toMillis();
  }

  private void feature(FraudFeature feature) {
    part("feature", feature.name());
    for (BinnedSignal each : feature.signals()) {
      part("signal", each.signal());
      numbers(each.bins().edges());
    }
  }

  /** Names are in snake_case, so the marks around them are none of theirs. */
  private void part(String what, String name) {
    parts.append(';').append(what).append('=').append(name);
  }

  private void numbers(double... numbers) {
    for (double each : numbers) {
      // 0 and -0 are the same number.
      parts.append(',').append(Long.toHexString(Double.doubleToLongBits(each + 0.)));
    }
  }
}
