package io.millrace.jobs.cli;

import static java.util.Locale.ROOT;

import io.millrace.features.algebra.Weighted;
import io.millrace.features.decision.Profile;
import io.millrace.features.profile.MadeFeature;
import io.millrace.serving.DecisionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is known of one visitor, in a line to read. */
final class ProfileLines {
  private static final List<String> COUNTS =
      List.of("session_depth", "views_1d", "carts_1d", "orders", "spend");
  private static final int CATEGORIES = 3;

  private ProfileLines() {}

  /** The line; none while nothing is known. */
  static List<String> read(DecisionReader decisions, String visitor) {
    return decisions.profile(visitor).map(ProfileLines::describe).stream().toList();
  }

  static String describe(Profile profile) {
    Map<String, Object> features = profile.features();
    List<String> parts = new ArrayList<>();
    parts.add(String.valueOf(features.get(MadeFeature.LIFECYCLE.featureName())));
    for (String name : COUNTS) {
      if (features.containsKey(name)) {
        parts.add(name + " " + features.get(name));
      }
    }
    if (features.get(MadeFeature.CATEGORIES.featureName()) instanceof List<?> categories) {
      categories.stream()
          .limit(CATEGORIES)
          .map(Weighted.class::cast)
          .map(of -> String.format(ROOT, "%s %.0f %%", of.value(), 100 * of.weight()))
          .forEach(parts::add);
    }
    if (features.get(MadeFeature.PRICE_AFFINITY.featureName()) instanceof Number affinity) {
      parts.add(String.format(ROOT, "price level %.2f", affinity.doubleValue()));
    }
    return "known of them: " + String.join(" · ", parts);
  }
}
