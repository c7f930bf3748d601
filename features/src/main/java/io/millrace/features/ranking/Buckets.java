package io.millrace.features.ranking;

import static java.util.stream.Collectors.joining;

import io.millrace.features.ranking.ListOrder.Kind;
import io.millrace.features.session.Hashes;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How visitors are split, by a hash of their ids: everybody is in one bucket, always the same one
 * as long as the buckets are. Immutable, safe for use by many threads.
 */
public final class Buckets implements Serializable {
  /** Most there may be. */
  public static final int MOST = 16;

  /** Of the hash that splits, so that it goes with no other draw of visitors. */
  private static final long SALT = 0x6275636B65740001L;

  private static final double ROUNDING = 1e-6;
  private static final double EXACT = 1e-12;

  private final Bucket[] buckets;

  private Buckets(Bucket[] buckets) {
    this.buckets = buckets;
  }

  /** Everybody in one, which is called as its order is. */
  public static Buckets all(ListOrder order) {
    return new Buckets(new Bucket[] {new Bucket(order.toString().replace(':', '-'), 1, order)});
  }

  /**
   * Reads {@code control:0.1:neighbours,main:0.9:learned}.
   *
   * @throws IllegalArgumentException if that is not what it is, two have one name, or the shares do
   *     not add up to 1
   */
  public static Buckets parse(String text) {
    Bucket[] buckets =
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .map(Bucket::parse)
            .toArray(Bucket[]::new);
    if (buckets.length > MOST) {
      throw new IllegalArgumentException(
          "there are " + buckets.length + " buckets; give " + MOST + " at most");
    }
    Set<String> names = new HashSet<>();
    double sum = 0;
    for (Bucket bucket : buckets) {
      if (!names.add(bucket.name())) {
        throw new IllegalArgumentException(
            "two buckets are called " + bucket.name() + "; give each a name of its own");
      }
      sum += bucket.share();
    }
    if (Math.abs(sum - 1) > ROUNDING) {
      throw new IllegalArgumentException(
          "the shares of the buckets add up to " + sum + "; give shares that add up to 1");
    }
    return new Buckets(rounded(buckets, sum));
  }

  /** Thirds, say, are written with a few digits; they are meant to add up. */
  private static Bucket[] rounded(Bucket[] buckets, double sum) {
    return Math.abs(sum - 1) < EXACT
        ? buckets
        : Arrays.stream(buckets)
            .map(bucket -> new Bucket(bucket.name(), bucket.share() / sum, bucket.order()))
            .toArray(Bucket[]::new);
  }

  /** The bucket a visitor is in. */
  public Bucket of(String visitor) {
    double left = buckets.length == 1 ? 0 : Hashes.share(visitor, SALT);
    for (Bucket bucket : buckets) {
      left -= bucket.share();
      if (left < 0) {
        return bucket;
      }
    }
    return buckets[buckets.length - 1];
  }

  /** Whether lists of any are ordered by what was learned last. */
  public boolean learn() {
    return Arrays.stream(buckets).anyMatch(bucket -> bucket.order().kind() == Kind.LEARNED);
  }

  /** Whether lists of any are ordered by other than the neighbours. */
  public boolean rank() {
    return Arrays.stream(buckets).anyMatch(bucket -> bucket.order().kind() != Kind.NEIGHBOURS);
  }

  /** The versions some are frozen at. */
  public Set<Long> frozen() {
    Set<Long> versions = new HashSet<>();
    for (Bucket bucket : buckets) {
      if (bucket.order().kind() == Kind.FROZEN) {
        versions.add(bucket.order().version());
      }
    }
    return versions;
  }

  /** The share of each by its name, in order. */
  public Map<String, Double> shares() {
    Map<String, Double> shares = new LinkedHashMap<>();
    for (Bucket bucket : buckets) {
      shares.put(bucket.name(), bucket.share());
    }
    return shares;
  }

  /** All of them. */
  public List<Bucket> list() {
    return List.of(buckets);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return Arrays.stream(buckets).map(Bucket::toString).collect(joining(","));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Buckets that && Arrays.equals(buckets, that.buckets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(buckets);
  }
}
