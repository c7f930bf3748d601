package io.millrace.operators.recommend;

import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.RecommendationList;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a visitor's list, version 1: visitor, version, origin, and the JSON of the contract. */
final class VisitorListSerializer extends FlatSerializer<VisitorList> {
  @Override
  public void serialize(VisitorList list, DataOutputView target) throws IOException {
    FlatData.writeText(list.visitor(), target);
    FlatData.writeText(list.version(), target);
    target.writeLong(list.origin());
    target.writeBoolean(list.list() != null);
    if (list.list() != null) {
      FlatData.writeBytes(DecisionJson.write(list.list()), target);
    }
  }

  @Override
  public VisitorList deserialize(DataInputView source) throws IOException {
    String visitor = FlatData.readText(source);
    String version = FlatData.readText(source);
    long origin = source.readLong();
    RecommendationList list =
        source.readBoolean() ? DecisionJson.readRecommendations(FlatData.readBytes(source)) : null;
    return new VisitorList(visitor, version, list, origin);
  }

  @Override
  public TypeSerializerSnapshot<VisitorList> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<VisitorList> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new VisitorListSerializer());
    }
  }
}
