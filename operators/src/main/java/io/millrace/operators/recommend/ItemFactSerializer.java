package io.millrace.operators.recommend;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import io.millrace.operators.types.FlatTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of an item fact, version 1: item, flags, boost, orders, and the category if it has one. */
final class ItemFactSerializer extends FlatSerializer<ItemFact> {
  static final FlatTypeInfo<ItemFact> TYPE =
      new FlatTypeInfo<>(ItemFact.class, new ItemFactSerializer());

  private static final int HIDDEN = 1;
  private static final int OUT_OF_STOCK = 1 << 1;
  private static final int ADULT = 1 << 2;
  private static final int EXCLUDED = 1 << 3;
  private static final int CATEGORY = 1 << 4;

  @Override
  public void serialize(ItemFact fact, DataOutputView target) throws IOException {
    FlatData.writeText(fact.item(), target);
    target.writeByte(
        (fact.hidden() ? HIDDEN : 0)
            | (fact.outOfStock() ? OUT_OF_STOCK : 0)
            | (fact.adult() ? ADULT : 0)
            | (fact.excluded() ? EXCLUDED : 0)
            | (fact.category() != null ? CATEGORY : 0));
    target.writeFloat(fact.boost());
    FlatData.writeVarint(fact.orders(), target);
    if (fact.category() != null) {
      FlatData.writeText(fact.category(), target);
    }
  }

  @Override
  public ItemFact deserialize(DataInputView source) throws IOException {
    String item = FlatData.readText(source);
    int flags = source.readByte();
    float boost = source.readFloat();
    int orders = FlatData.readVarint(source);
    return new ItemFact(
        item,
        (flags & HIDDEN) != 0,
        (flags & OUT_OF_STOCK) != 0,
        (flags & ADULT) != 0,
        (flags & EXCLUDED) != 0,
        (flags & CATEGORY) != 0 ? FlatData.readText(source) : null,
        boost,
        orders);
  }

  @Override
  public TypeSerializerSnapshot<ItemFact> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<ItemFact> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new ItemFactSerializer());
    }
  }
}
