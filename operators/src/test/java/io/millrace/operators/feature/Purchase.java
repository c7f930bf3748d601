package io.millrace.operators.feature;

import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import io.millrace.operators.types.FlatTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** An event of the tests: somebody pays something in a shop. */
record Purchase(String card, long time, long tie, String shop, double amount) {
  static final FlatTypeInfo<Purchase> TYPE = new FlatTypeInfo<>(Purchase.class, new Current());

  /** As it was before there were shops. */
  static final FlatTypeInfo<Purchase> OLD_TYPE = new FlatTypeInfo<>(Purchase.class, new Old());

  private static void write(Purchase purchase, DataOutputView target) throws IOException {
    FlatData.writeText(purchase.card, target);
    target.writeLong(purchase.time);
    target.writeLong(purchase.tie);
    target.writeDouble(purchase.amount);
  }

  private static final class Current extends FlatSerializer<Purchase> {
    @Override
    public void serialize(Purchase purchase, DataOutputView target) throws IOException {
      FlatData.writeText(purchase.shop, target);
      write(purchase, target);
    }

    @Override
    public Purchase deserialize(DataInputView source) throws IOException {
      String shop = FlatData.readText(source);
      String card = FlatData.readText(source);
      return new Purchase(card, source.readLong(), source.readLong(), shop, source.readDouble());
    }

    @Override
    public TypeSerializerSnapshot<Purchase> snapshotConfiguration() {
      return new Snapshot();
    }
  }

  private static final class Old extends FlatSerializer<Purchase> {
    @Override
    public void serialize(Purchase purchase, DataOutputView target) throws IOException {
      write(purchase, target);
    }

    @Override
    public Purchase deserialize(DataInputView source) throws IOException {
      String card = FlatData.readText(source);
      return new Purchase(card, source.readLong(), source.readLong(), "", source.readDouble());
    }

    @Override
    public TypeSerializerSnapshot<Purchase> snapshotConfiguration() {
      return new OldSnapshot();
    }
  }

  /** Two versions. */
  public static final class Snapshot extends FlatSnapshot<Purchase> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(2, version -> version == 1 ? new Old() : new Current());
    }
  }

  /** The first alone. */
  public static final class OldSnapshot extends FlatSnapshot<Purchase> {
    /** For Flink, which makes it by name. */
    public OldSnapshot() {
      super(1, version -> new Old());
    }
  }
}
