package io.millrace.serving;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.features.decision.BundleList;
import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.OrderRisk;
import io.millrace.features.decision.OrderRiskJson;
import io.millrace.features.decision.Profile;
import io.millrace.features.decision.ProfileJson;
import io.millrace.features.decision.QualityFigures;
import io.millrace.features.decision.QualityJson;
import io.millrace.features.decision.RecommendationList;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.SimilarItems;
import io.millrace.features.decision.TrendList;
import io.millrace.features.decision.VisitorRisk;
import io.millrace.features.decision.VisitorRiskJson;
import io.millrace.features.redis.RedisSettings;
import io.millrace.features.redis.RedisTopology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * Reads decisions from Redis (one server, sentinels or a cluster), one {@code GET} each. A key that
 * is not there, or that was deleted, is an empty answer. Safe for use by many threads.
 *
 * <pre>{@code
 * try (DecisionReader decisions = DecisionReader.open(RedisSettings.parse("127.0.0.1:6379"))) {
 *   for (RecommendationList.Item item : decisions.forVisitor("visitor-7")) {
 *     show(item.itemId(), item.reason());
 *   }
 * }
 * }</pre>
 *
 * <p>Every method throws {@link JedisException} if Redis does not answer within the timeout of the
 * settings, as while a master that died has no successor yet, and {@link
 * io.millrace.features.decision.UnreadableDecisionException} if a key holds what this engine did
 * not write.
 */
public final class DecisionReader implements AutoCloseable {
  private static final int DEFAULT_CONNECTIONS = 16;

  private final UnifiedJedis redis;
  private final String prefix;
  private final boolean cluster;

  private DecisionReader(UnifiedJedis redis, RedisSettings settings) {
    this.redis = redis;
    this.prefix = settings.keyPrefix();
    this.cluster = settings.topology() == RedisTopology.CLUSTER;
  }

  /**
   * A reader with up to 16 connections to each server. With sentinels and with a cluster, one
   * connection is made at once to find the servers.
   *
   * @throws JedisException if no sentinel or no node of the cluster answers
   */
  public static DecisionReader open(RedisSettings settings) {
    return open(settings, DEFAULT_CONNECTIONS);
  }

  /**
   * A reader as that of {@link #open(RedisSettings)}.
   *
   * @param maxConnections threads that can read from a server at the same moment, 1 or more
   * @throws JedisException if no sentinel or no node of the cluster answers
   */
  public static DecisionReader open(RedisSettings settings, int maxConnections) {
    if (maxConnections < 1) {
      throw new IllegalArgumentException(
          "maxConnections is " + maxConnections + "; give 1 or more");
    }
    UnifiedJedis redis = RedisClients.open(settings, maxConnections);
    return new DecisionReader(redis, settings);
  }

  /** What is recommended to a visitor of late; empty for one the engine does not know. */
  public Optional<RecommendationList> recommendations(String visitorId) {
    return get(RedisKeys.rec(visitorId), DecisionJson::readRecommendations);
  }

  /**
   * What to show a visitor: the recommendations, or what is trending in the store where there are
   * none. Empty only while nothing is trending.
   */
  public List<RecommendationList.Item> forVisitor(String visitorId) {
    return recommendations(visitorId)
        .map(RecommendationList::items)
        .filter(items -> !items.isEmpty())
        .orElseGet(() -> trend().map(TrendList::asRecommendations).orElse(List.of()));
  }

  /** What goes with an item. */
  public Optional<SimilarItems> similarItems(String itemId) {
    return get(RedisKeys.sim(itemId), DecisionJson::readSimilarItems);
  }

  /**
   * What goes with each of some items (a cart), in one {@code MGET}; in a cluster, in one a slot.
   *
   * @return in the order asked, without the items that nothing goes with
   */
  public Map<String, SimilarItems> similarItems(Collection<String> itemIds) {
    return getAll(itemIds, RedisKeys::sim, DecisionJson::readSimilarItems);
  }

  /** What is bought together with an item. */
  public Optional<BundleList> bundle(String itemId) {
    return get(RedisKeys.bundle(itemId), DecisionJson::readBundle);
  }

  /**
   * What is bought together with each of some items (a cart), in one {@code MGET}.
   *
   * @return in the order asked, without the items that nothing is bought together with
   */
  public Map<String, BundleList> bundles(Collection<String> itemIds) {
    return getAll(itemIds, RedisKeys::bundle, DecisionJson::readBundle);
  }

  /** What is known of a visitor; empty for one the engine does not know. */
  public Optional<Profile> profile(String visitorId) {
    return get(RedisKeys.profile(visitorId), ProfileJson::read);
  }

  /** How risky an order is and what to do about it; empty for one that was not judged yet. */
  public Optional<OrderRisk> orderRisk(String orderId) {
    return get(RedisKeys.decision(orderId), OrderRiskJson::read);
  }

  /** How risky a visitor is; empty for one of whom the engine knows nothing. */
  public Optional<VisitorRisk> visitorRisk(String visitorId) {
    return get(RedisKeys.risk(visitorId), VisitorRiskJson::read);
  }

  /**
   * How good lists were in the newest minute whose clicks were judged.
   *
   * @param bucket of visitors, or {@link RedisKeys#QUALITY_ALL}
   */
  public Optional<QualityFigures> quality(String bucket) {
    return get(RedisKeys.quality(bucket), value -> QualityJson.read(bucket, value));
  }

  /** What is trending in the whole store. */
  public Optional<TrendList> trend() {
    return get(RedisKeys.TREND_ALL, DecisionJson::readTrend);
  }

  /**
   * What is trending in a category.
   *
   * @param category any level of it: {@code a}, {@code a/b}
   */
  public Optional<TrendList> trend(String category) {
    return get(RedisKeys.trend(category), DecisionJson::readTrend);
  }

  /** Jedis would divide an {@code MGET} as well, but not bring the values back in order. */
  private List<byte[]> getBySlot(byte[][] keys) {
    Map<Integer, List<Integer>> bySlot = new LinkedHashMap<>();
    for (int i = 0; i < keys.length; i++) {
      bySlot.computeIfAbsent(JedisClusterCRC16.getSlot(keys[i]), made -> new ArrayList<>()).add(i);
    }
    byte[][] values = new byte[keys.length][];
    for (List<Integer> places : bySlot.values()) {
      List<byte[]> found = getOfASlot(places.stream().map(i -> keys[i]).toArray(byte[][]::new));
      for (int i = 0; i < found.size(); i++) {
        values[places.get(i)] = found.get(i);
      }
    }
    return Arrays.asList(values);
  }

  private List<byte[]> getOfASlot(byte[][] keys) {
    try {
      return redis.mget(keys);
    } catch (JedisDataException e) {
      if (keys.length == 1 || !String.valueOf(e.getMessage()).startsWith("TRYAGAIN")) {
        throw e;
      }
      // The slot is moving, and some of its keys have left: each alone is found where it is.
      return Arrays.asList(Stream.of(keys).map(redis::get).toArray(byte[][]::new));
    }
  }

  private <T> Map<String, T> getAll(
      Collection<String> itemIds, UnaryOperator<String> keyOf, Function<byte[], T> reader) {
    Map<String, T> found = new LinkedHashMap<>();
    if (itemIds.isEmpty()) {
      return found;
    }
    byte[][] keys = itemIds.stream().map(keyOf).map(this::key).toArray(byte[][]::new);
    List<byte[]> values = cluster ? getBySlot(keys) : redis.mget(keys);
    int i = 0;
    for (String itemId : itemIds) {
      read(values.get(i++), reader).ifPresent(value -> found.put(itemId, value));
    }
    return found;
  }

  private <T> Optional<T> get(String key, Function<byte[], T> reader) {
    return read(redis.get(key(key)), reader);
  }

  private static <T> Optional<T> read(byte[] value, Function<byte[], T> reader) {
    return value == null ? Optional.empty() : Optional.ofNullable(reader.apply(value));
  }

  private byte[] key(String key) {
    return (prefix + key).getBytes(UTF_8);
  }

  /** Closes the connections. */
  @Override
  public void close() {
    redis.close();
  }
}
