package io.millrace.operators.types;

import io.millrace.features.event.ErasureReceipt;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a receipt, version 1: the fields in order. */
final class ErasureReceiptSerializer extends FlatSerializer<ErasureReceipt> {
  @Override
  public void serialize(ErasureReceipt receipt, DataOutputView target) throws IOException {
    FlatData.writeText(receipt.visitorId(), target);
    FlatData.writeText(receipt.job(), target);
    target.writeLong(receipt.requestedAt());
    target.writeLong(receipt.completedAt());
  }

  @Override
  public ErasureReceipt deserialize(DataInputView source) throws IOException {
    return new ErasureReceipt(
        FlatData.readText(source), FlatData.readText(source), source.readLong(), source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<ErasureReceipt> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<ErasureReceipt> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new ErasureReceiptSerializer());
    }
  }
}
