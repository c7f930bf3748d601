package io.millrace.features.fraud;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What may be wrong with a declaration; each refusal names the part, the value and the remedy. */
final class DeclarationChecks {
  private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  private final String declaration;
  private final Map<String, Integer> places;
  private final List<FraudEntity> entities;
  private final List<FraudFeature> features;

  /** All but the name are looked at as they grow. */
  DeclarationChecks(
      String declaration,
      Map<String, Integer> places,
      List<FraudEntity> entities,
      List<FraudFeature> features) {
    this.declaration = declaration;
    this.places = places;
    this.entities = entities;
    this.features = features;
  }

  static void name(String what, String name) {
    if (name == null || !SNAKE_CASE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "%s %s: name it in snake_case: a letter first, then letters, digits and _, 63 at most"
              .formatted(what, name));
    }
  }

  void given(String signal) {
    name("signal", signal);
    if (!entities.isEmpty()) {
      throw refused("signal " + signal, "it follows an entity; declare what is given first");
    }
    newSignal("signal " + signal, signal);
  }

  void entity(FraudEntity entity) {
    name("entity", entity.name());
    name("key of entity %s:".formatted(entity.name()), entity.key());
    String what = "entity " + entity.name();
    if (entity.rules() instanceof LabelledRules rules && rules.explainedBy() != null) {
      explains(what, rules.explainedBy());
    }
    entity.rules().signals().forEach(signal -> newSignal(what, entity.name() + '_' + signal));
  }

  /** What explains a fraud must be known before labels are. */
  private void explains(String what, String signal) {
    if (!places.containsKey(signal)) {
      throw refused(
          what,
          "its frauds are explained by signal %s, which is not declared before it; %s"
              .formatted(signal, FraudDeclaration.nearest(signal, places)));
    }
    for (FraudEntity other : entities) {
      if (other.rules() instanceof LabelledRules rules
          && rules.signals().stream().anyMatch(each -> signal.equals(other.name() + '_' + each))) {
        throw refused(
            what,
            "its frauds are explained by signal %s, which labels move; take one they do not"
                .formatted(signal));
      }
    }
  }

  private void newSignal(String what, String signal) {
    if (places.containsKey(signal)) {
      throw refused(what, "there is a signal %s already; rename one".formatted(signal));
    }
  }

  void feature(FraudFeature feature) {
    name("feature", feature.name());
    String what = "feature " + feature.name();
    if (features.stream().anyMatch(other -> other.name().equals(feature.name()))) {
      throw refused(what, "there are two of that name; rename one");
    }
    if (feature.signals().isEmpty()) {
      throw refused(what, "it has no signal; bin one, or several to cross them");
    }
    for (BinnedSignal each : feature.signals()) {
      if (!places.containsKey(each.signal())) {
        throw refused(
            what,
            "signal %s is not declared before it; %s"
                .formatted(each.signal(), FraudDeclaration.nearest(each.signal(), places)));
      }
    }
    // A snapshot carries a mean for each feature beside the weights.
    long sum = 1 + feature.size() + 1;
    for (FraudFeature other : features) {
      sum += other.size() + 1;
    }
    if (sum > FraudDeclaration.MAX_WEIGHTS) {
      throw refused(
          what,
          "it brings the numbers of a snapshot to %d of at most %d; take fewer bins or cross fewer"
                  .formatted(sum, FraudDeclaration.MAX_WEIGHTS)
              + " signals");
    }
  }

  void whole() {
    if (features.isEmpty()) {
      throw new IllegalArgumentException(
          "declaration %s: no feature; declare one or more".formatted(declaration));
    }
  }

  private IllegalArgumentException refused(String what, String why) {
    return new IllegalArgumentException("declaration %s: %s: %s".formatted(declaration, what, why));
  }
}
