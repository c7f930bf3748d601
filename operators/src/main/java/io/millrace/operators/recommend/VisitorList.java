package io.millrace.operators.recommend;

import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.RecommendationList;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.Version;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.operators.types.FlatTypeInfo;

/**
 * What becomes of a visitor's list: a new one, or none any more.
 *
 * @param visitor whose
 * @param version 20 digits, see {@link Version}
 * @param list null where it goes
 * @param origin where the delay is measured from, milliseconds since the epoch; 0 for nowhere
 */
public record VisitorList(String visitor, String version, RecommendationList list, long origin) {
  /** How it crosses the network. */
  public static final FlatTypeInfo<VisitorList> TYPE =
      new FlatTypeInfo<>(VisitorList.class, new VisitorListSerializer());

  static VisitorList of(RecommendationList list, long origin) {
    return new VisitorList(list.visitorId(), list.version(), list, origin);
  }

  static VisitorList gone(String visitor, String version) {
    return new VisitorList(visitor, version, null, 0);
  }

  RedisWrite toWrite() {
    String key = RedisKeys.rec(visitor);
    return list == null
        ? RedisWrite.tombstone(key, version, origin)
        : RedisWrite.set(key, DecisionJson.write(list), RedisKeys.REC_TTL, origin);
  }
}
