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

/**
 * Bytes of an example, in its own layout, whose version is this one's. One of other features reads
 * as null, and is no bytes where a migration writes it again.
 */
final class RankingExampleSerializer extends FlatSerializer<RankingExample> {
  private static final byte[] NONE = {};

  private final int version;

  RankingExampleSerializer() {
    this(RankingExample.LAYOUT);
  }

  private RankingExampleSerializer(int version) {
    this.version = version;
  }

  @Override
  public void serialize(RankingExample example, DataOutputView target) throws IOException {
    FlatData.writeBytes(example == null ? NONE : example.toBytes(), target);
  }

  @Override
  public RankingExample deserialize(DataInputView source) throws IOException {
    byte[] bytes = FlatData.readBytes(source);
    try {
      return bytes.length == 0 ? null : RankingExample.ofBytes(bytes, version);
    } catch (InvalidExampleException e) {
      throw new IOException("not the bytes of an example: " + e.getMessage(), e);
    }
  }

  @Override
  public TypeSerializerSnapshot<RankingExample> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Reads both versions. */
  public static final class Snapshot extends FlatSnapshot<RankingExample> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(RankingExample.LAYOUT, RankingExampleSerializer::new);
    }
  }
}
