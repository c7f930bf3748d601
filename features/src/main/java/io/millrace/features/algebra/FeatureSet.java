package io.millrace.features.algebra;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The features of one kind of entity, such as a card or a visitor, checked against the schema of
 * its events. What the features have in common is worked out once, here; {@link EntityFeatures}
 * holds the state of one entity.
 */
public final class FeatureSet {
  /** Features a set may have. */
  public static final int MAX_FEATURES = 512;

  /** Different filters a set may have: a row keeps a bit for each. */
  public static final int MAX_FILTERS = 60;

  private final String name;
  private final Schema schema;
  private final List<Feature> features;
  private final Map<String, Integer> places = new HashMap<>();
  private final Plan plan;

  private FeatureSet(String name, Schema schema, List<Feature> features) {
    this.name = name;
    this.schema = schema;
    this.features = features;
    features.forEach(feature -> places.put(feature.name(), places.size()));
    plan = new PlanCompiler(schema, features).compile();
  }

  /**
   * Checks the features and puts them together.
   *
   * @throws IllegalArgumentException if one cannot be computed; the message names it, what is wrong
   *     and the remedy
   */
  public static FeatureSet of(String name, Schema schema, Feature... features) {
    return of(name, schema, List.of(features));
  }

  /** As {@link #of(String, Schema, Feature...)}. */
  public static FeatureSet of(String name, Schema schema, List<Feature> features) {
    Names.check("feature set", name);
    new FeatureChecks(name, schema, features).check();
    return new FeatureSet(name, schema, List.copyOf(features));
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** What its events may carry. */
  public Schema schema() {
    return schema;
  }

  /** Its features, in the order declared. */
  public List<Feature> features() {
    return features;
  }

  /**
   * The number of a feature, from 0.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public int indexOf(String feature) {
    Integer place = places.get(feature);
    if (place == null) {
      throw new IllegalArgumentException(
          "feature %s is not in set %s; %s"
              .formatted(feature, name, Names.nearest(feature, places.keySet())));
    }
    return place;
  }

  /**
   * The most bytes that the state of one entity takes, whatever comes.
   *
   * @param maxRows rows retained at most
   */
  public long maxBytes(int maxRows) {
    return plan.maxBytes(maxRows);
  }

  Plan plan() {
    return plan;
  }
}
