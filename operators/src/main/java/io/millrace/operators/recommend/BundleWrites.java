package io.millrace.operators.recommend;

import io.millrace.features.decision.BundleList;
import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.session.Hashes;
import io.millrace.operators.redis.RedisWrite;
import java.util.ArrayList;
import java.util.List;

/** A bundle as Redis is told of it. */
final class BundleWrites {
  /** The hash of an empty bundle. */
  static final long NOTHING = 0;

  private BundleWrites() {}

  /** The value of a bundle, a tombstone if it is empty. */
  static RedisWrite of(PartialAnswer bundle, String version) {
    String key = RedisKeys.bundle(bundle.source());
    if (bundle.items().length == 0) {
      return RedisWrite.tombstone(key, version, 0);
    }
    List<BundleList.Item> items = new ArrayList<>(bundle.items().length);
    for (int i = 0; i < bundle.items().length; i++) {
      items.add(
          new BundleList.Item(
              bundle.items()[i],
              bundle.scores()[i],
              Evidence.orders(bundle.evidence()[i], bundle.sessions())));
    }
    byte[] json = DecisionJson.write(new BundleList(version, bundle.source(), items));
    return RedisWrite.set(key, json, RedisKeys.BUNDLE_TTL, 0);
  }

  /** A hash of all that a bundle says, {@link #NOTHING} if that is nothing. */
  static long hash(PartialAnswer bundle) {
    if (bundle.items().length == 0) {
      return NOTHING;
    }
    long hash = bundle.sessions();
    for (int i = 0; i < bundle.items().length; i++) {
      long numbers = (long) Float.floatToIntBits(bundle.scores()[i]) << 32 | bundle.evidence()[i];
      hash = Hashes.mix(hash + Hashes.of(bundle.items()[i]));
      hash = Hashes.mix(hash + numbers);
    }
    return hash == NOTHING ? 1 : hash;
  }
}
