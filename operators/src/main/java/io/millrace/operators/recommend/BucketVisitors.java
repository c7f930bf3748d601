package io.millrace.operators.recommend;

import io.millrace.features.ranking.Buckets;
import io.millrace.features.session.Hashes;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;

/** Which visitors were counted in their bucket already, since visitors are split as they are. */
final class BucketVisitors {
  private final long split;

  /** By visitor: the split they were counted under. */
  private final ValueState<Long> counted;

  /**
   * Made in the operator's {@code initializeState}.
   *
   * @param retention wall-clock time without a list after which a visitor is a new one
   */
  BucketVisitors(Buckets buckets, Duration retention, StateInitializationContext context) {
    split = Hashes.of(buckets.toString());
    ValueStateDescriptor<Long> descriptor =
        new ValueStateDescriptor<>("counted-in-bucket", LongSerializer.INSTANCE);
    // Who comes again and again must not be counted again and again.
    descriptor.enableTimeToLive(
        StateTtlConfig.newBuilder(retention)
            .setUpdateType(StateTtlConfig.UpdateType.OnReadAndWrite)
            .cleanupInRocksdbCompactFilter(10_000)
            .build());
    counted = context.getKeyedStateStore().getState(descriptor);
  }

  /** A number for how visitors are split, and what is done with each bucket. */
  long split() {
    return split;
  }

  /** Whether the visitor who is the operator's current key has not been counted yet; is now. */
  boolean count() throws IOException {
    Long before = counted.value();
    if (before != null && before == split) {
      return false;
    }
    counted.update(split);
    return true;
  }

  /** Forgets the visitor who is the operator's current key. */
  void forget() {
    counted.clear();
  }
}
