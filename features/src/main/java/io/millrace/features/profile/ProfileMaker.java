package io.millrace.features.profile;

import io.millrace.features.algebra.EntityFeatures;
import io.millrace.features.algebra.Feature;
import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.algebra.FeatureValues;
import io.millrace.features.algebra.Weighted;
import io.millrace.features.catalogue.FacetTable;
import io.millrace.features.decision.Profile;
import io.millrace.features.decision.ProfileJson;
import io.millrace.features.decision.Version;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes what is told of a visitor out of what is known. Not safe for use by several threads. */
public final class ProfileMaker {
  private final FeatureSet set;
  private final FacetTable facets;
  private final ProfileSettings settings;
  private final int epoch;
  private final int firstTime;
  private final int lastTime;
  private final int activeDays;
  private final int items;
  private final int[] standing = new int[Standing.size()];

  /**
   * @param set of {@link VisitorFeatures}
   * @param facets of the items, which may change
   * @param epoch of the versions
   * @throws IllegalArgumentException if features that a profile is made of are missing, or have the
   *     name of one that is made
   */
  public ProfileMaker(FeatureSet set, FacetTable facets, ProfileSettings settings, int epoch) {
    this.set = set;
    this.facets = facets;
    this.settings = settings;
    this.epoch = epoch;
    for (MadeFeature made : MadeFeature.values()) {
      requireFree(made.featureName(), set);
    }
    firstTime = set.indexOf(VisitorFeatures.FIRST_TIME);
    lastTime = set.indexOf(VisitorFeatures.LAST_TIME);
    activeDays = set.indexOf(VisitorFeatures.ACTIVE_DAYS);
    items = set.indexOf(VisitorFeatures.ITEMS);
    for (Standing.By by : Standing.By.values()) {
      standing[by.ordinal()] = set.indexOf(Standing.feature(by));
    }
  }

  private static void requireFree(String name, FeatureSet set) {
    if (set.features().stream().anyMatch(feature -> feature.name().equals(name))) {
      throw new IllegalArgumentException(
          "feature %s of set %s has the name of one that every profile has; rename it"
              .formatted(name, set.name()));
    }
  }

  /**
   * What is told of a visitor.
   *
   * @param json the value for Redis, but for the quintiles, which {@link ProfileJson#withMore} adds
   * @param standing among the population, by {@link Standing.By}
   */
  public record Made(byte[] json, int[] standing) {}

  /**
   * What is computed of a visitor as of the moment that the profile is as of; to make and to tell
   * when something is due takes one look.
   *
   * @param values of all features
   * @param lifecycle null if there is nothing to tell
   */
  public record Look(FeatureValues values, Lifecycle lifecycle) {
    /** Event time at which something changes if nothing happens, Long.MAX_VALUE for never. */
    public long due() {
      return lifecycle == null ? Long.MAX_VALUE : lifecycle.until();
    }

    /** Whether there is anything to tell. */
    public boolean tellsNothing() {
      return lifecycle == null;
    }
  }

  /** Looks at a visitor. */
  public Look look(VisitorProfile profile) {
    FeatureValues values = values(profile);
    return new Look(values, values.isPresent(firstTime) ? lifecycle(values, profile.asOf()) : null);
  }

  /**
   * What is told of a visitor.
   *
   * @param look at the profile as it is, which must tell something
   */
  public Made make(String visitor, VisitorProfile profile, Look look) {
    FeatureValues values = look.values();
    Profile told =
        new Profile(
            Version.of(epoch, profile.newestTime()),
            visitor,
            profile.asOf(),
            approximate(values),
            since(values),
            features(values, look.lifecycle()));
    return new Made(ProfileJson.write(told), Standing.of(values, standing));
  }

  /** Event time before which nothing is due for a visitor, whatever they were known to be. */
  public long firstLook(VisitorProfile profile) {
    return profile.newestTime() + Lifecycle.leastWait(settings);
  }

  private static FeatureValues values(VisitorProfile profile) {
    EntityFeatures features = profile.features();
    return profile.asOf() > features.newestTime()
        ? features.values(profile.asOf(), Long.MAX_VALUE)
        : features.values();
  }

  private Lifecycle lifecycle(FeatureValues values, long now) {
    return Lifecycle.of(
        (long) values.number(firstTime),
        (long) values.number(lastTime),
        (long) values.number(activeDays),
        now,
        settings);
  }

  private Set<String> approximate(FeatureValues values) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      if (values.isApproximate(i) && values.isPresent(i)) {
        names.add(set.features().get(i).name());
      }
    }
    return names;
  }

  private Map<String, Long> since(FeatureValues values) {
    Map<String, Long> since = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      if (values.since(i) != EntityFeatures.ALWAYS) {
        since.put(set.features().get(i).name(), values.since(i));
      }
    }
    return since;
  }

  private Map<String, Object> features(FeatureValues values, Lifecycle lifecycle) {
    Map<String, Object> features = new LinkedHashMap<>(2 * set.features().size());
    List<Feature> declared = set.features();
    for (int i = 0; i < declared.size(); i++) {
      Object value = value(values, i);
      if (value != null) {
        features.put(declared.get(i).name(), value);
      }
    }
    Interests interests = Interests.of(values.top(items), facets);
    if (!interests.categories().isEmpty()) {
      features.put(MadeFeature.CATEGORIES.featureName(), interests.categories());
    }
    if (!interests.brands().isEmpty()) {
      features.put(MadeFeature.BRANDS.featureName(), interests.brands());
    }
    if (!Double.isNaN(interests.priceAffinity())) {
      features.put(MadeFeature.PRICE_AFFINITY.featureName(), interests.priceAffinity());
    }
    features.put(MadeFeature.LIFECYCLE.featureName(), lifecycle.stage().wireName());
    return features;
  }

  /** Null if it is absent. */
  private static Object value(FeatureValues values, int feature) {
    double number = values.number(feature);
    if (!Double.isNaN(number)) {
      return number;
    }
    String text = values.text(feature);
    if (text != null) {
      return text;
    }
    List<Weighted> top = values.top(feature);
    return top.isEmpty() ? null : top;
  }
}
