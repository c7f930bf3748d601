package io.millrace.jobs.evaluate;

import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a payment and its features, version 1: the fields in order. */
final class PaymentFeaturesSerializer extends FlatSerializer<PaymentFeatures> {
  @Override
  public void serialize(PaymentFeatures payment, DataOutputView target) throws IOException {
    target.writeLong(payment.row());
    target.writeLong(payment.id());
    target.writeLong(payment.time());
    FlatData.writeText(payment.customer(), target);
    FlatData.writeText(payment.terminal(), target);
    target.writeDouble(payment.amount());
    target.writeBoolean(payment.fraud());
    FlatData.writeVarint(payment.features().length, target);
    for (double feature : payment.features()) {
      target.writeDouble(feature);
    }
  }

  @Override
  public PaymentFeatures deserialize(DataInputView source) throws IOException {
    return new PaymentFeatures(
        source.readLong(),
        source.readLong(),
        source.readLong(),
        FlatData.readText(source),
        FlatData.readText(source),
        source.readDouble(),
        source.readBoolean(),
        features(source));
  }

  private static double[] features(DataInputView source) throws IOException {
    double[] features = new double[FlatData.readVarint(source)];
    for (int i = 0; i < features.length; i++) {
      features[i] = source.readDouble();
    }
    return features;
  }

  @Override
  public TypeSerializerSnapshot<PaymentFeatures> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<PaymentFeatures> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new PaymentFeaturesSerializer());
    }
  }
}
