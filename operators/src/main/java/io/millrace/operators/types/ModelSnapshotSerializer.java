package io.millrace.operators.types;

import io.millrace.features.event.ModelSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a model's version, version 1: the fields in order. */
final class ModelSnapshotSerializer extends FlatSerializer<ModelSnapshot> {
  @Override
  public void serialize(ModelSnapshot model, DataOutputView target) throws IOException {
    FlatData.writeText(model.modelId(), target);
    target.writeLong(model.version());
    FlatData.writeText(model.fingerprint(), target);
    target.writeLong(model.examples());
    target.writeLong(model.eventTime());
    FlatData.writeVarint(model.weights().length, target);
    for (double weight : model.weights()) {
      target.writeDouble(weight);
    }
  }

  @Override
  public ModelSnapshot deserialize(DataInputView source) throws IOException {
    String id = FlatData.readText(source);
    long version = source.readLong();
    String fingerprint = FlatData.readText(source);
    long examples = source.readLong();
    long eventTime = source.readLong();
    double[] weights = new double[FlatData.readVarint(source)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = source.readDouble();
    }
    return new ModelSnapshot(id, version, fingerprint, examples, eventTime, weights);
  }

  @Override
  public TypeSerializerSnapshot<ModelSnapshot> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<ModelSnapshot> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new ModelSnapshotSerializer());
    }
  }
}
