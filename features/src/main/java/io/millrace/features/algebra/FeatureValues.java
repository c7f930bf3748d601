package io.millrace.features.algebra;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** The values of all features of a set as of one moment, by their number in the set. */
public final class FeatureValues {
  private final FeatureSet set;
  private final double[] numbers;
  private final String[] texts;

  /** The heaviest values where there are any. */
  private final Map<Integer, List<Weighted>> tops = new HashMap<>(0);

  private final boolean[] approximate;
  private final long[] since;

  FeatureValues(FeatureSet set) {
    this.set = set;
    numbers = new double[set.features().size()];
    texts = new String[numbers.length];
    approximate = new boolean[numbers.length];
    since = new long[numbers.length];
    Arrays.fill(numbers, Double.NaN);
    Arrays.fill(since, EntityFeatures.ALWAYS);
  }

  void put(int feature, double number) {
    // One way to write zero, so that the same value has the same bits.
    numbers[feature] = number + 0.0;
  }

  void put(int feature, String text) {
    texts[feature] = text;
  }

  void put(int feature, List<Weighted> top) {
    if (!top.isEmpty()) {
      tops.put(feature, top);
    }
  }

  void mark(int feature, boolean isApproximate, long completeSince) {
    approximate[feature] |= isApproximate;
    since[feature] = Math.max(since[feature], completeSince);
  }

  /** Features of the set. */
  public int size() {
    return numbers.length;
  }

  /** Whether a feature has a value: an event carried what it needs. */
  public boolean isPresent(int feature) {
    return !Double.isNaN(numbers[feature]) || texts[feature] != null || tops.containsKey(feature);
  }

  /** The value of a feature, NaN if it is absent or none; flags are 1 and 0, times in ms. */
  public double number(int feature) {
    return numbers[feature];
  }

  /** The value of a feature that is a text, null if it is absent or none. */
  public String text(int feature) {
    return texts[feature];
  }

  /** The heaviest values, heaviest first; empty if the feature is absent or none of these. */
  public List<Weighted> top(int feature) {
    return tops.getOrDefault(feature, List.of());
  }

  /**
   * Whether the value is exact only to a bucket of the tail, an estimate, or of the retained events
   * where others may matter.
   */
  public boolean isApproximate(int feature) {
    return approximate[feature];
  }

  /**
   * The value is complete for events after this time only, {@link EntityFeatures#ALWAYS} where that
   * is no restriction.
   */
  public long since(int feature) {
    return since[feature];
  }

  /** All about the value of a feature. */
  public FeatureValue value(int feature) {
    return new FeatureValue(
        set.features().get(feature).name(),
        isPresent(feature),
        numbers[feature],
        texts[feature],
        top(feature),
        approximate[feature],
        since[feature]);
  }

  /**
   * All about the value of a feature.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public FeatureValue value(String feature) {
    return value(set.indexOf(feature));
  }

  private List<FeatureValue> all() {
    return IntStream.range(0, size()).mapToObj(this::value).toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureValues that && all().equals(that.all());
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(numbers), Arrays.hashCode(texts), tops);
  }

  @Override
  public String toString() {
    return all().toString();
  }
}
