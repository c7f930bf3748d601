package io.millrace.operators.recommend.ranking;

import io.millrace.features.ranking.InvalidExampleException;
import io.millrace.features.ranking.RankingExample;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of an example, version 1: its state layout. One of other features is none. */
final class RankingExampleSerializer extends FlatSerializer<RankingExample> {
  @Override
  public void serialize(RankingExample example, DataOutputView target) throws IOException {
    FlatData.writeBytes(example.toBytes(), target);
  }

  @Override
  public RankingExample deserialize(DataInputView source) throws IOException {
    try {
      return RankingExample.ofBytes(FlatData.readBytes(source));
    } catch (InvalidExampleException e) {
      throw new IOException("not the bytes of an example: " + e.getMessage(), e);
    }
  }

  @Override
  public TypeSerializerSnapshot<RankingExample> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<RankingExample> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new RankingExampleSerializer());
    }
  }
}
