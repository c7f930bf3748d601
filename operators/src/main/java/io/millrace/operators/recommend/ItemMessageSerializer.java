package io.millrace.operators.recommend;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.catalogue.Listing;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import io.millrace.operators.types.FlatTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Bytes of news of an item, version 1: a byte that says which, then the item and the entry in its
 * state layout, or the item alone, or the order line.
 */
final class ItemMessageSerializer extends FlatSerializer<ItemMessage> {
  static final FlatTypeInfo<ItemMessage> TYPE =
      new FlatTypeInfo<>(ItemMessage.class, new ItemMessageSerializer());

  private static final int DELETED = 0;
  private static final int LISTED = 1;
  private static final int ORDERED = 2;

  @Override
  public void serialize(ItemMessage message, DataOutputView target) throws IOException {
    if (message.order() != null) {
      target.writeByte(ORDERED);
      OrderLineSerializer.TYPE.serializer().serialize(message.order(), target);
      return;
    }
    target.writeByte(message.listing() == null ? DELETED : LISTED);
    FlatData.writeText(message.item(), target);
    if (message.listing() != null) {
      ByteWriter listing = new ByteWriter(128);
      message.listing().write(listing);
      FlatData.writeBytes(listing.toBytes(), target);
    }
  }

  @Override
  public ItemMessage deserialize(DataInputView source) throws IOException {
    int kind = source.readByte();
    if (kind == ORDERED) {
      return ItemMessage.of(OrderLineSerializer.TYPE.serializer().deserialize(source));
    }
    String item = FlatData.readText(source);
    Listing listing =
        kind == LISTED ? Listing.read(new ByteReader(FlatData.readBytes(source))) : null;
    return new ItemMessage(item, listing, null);
  }

  @Override
  public TypeSerializerSnapshot<ItemMessage> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<ItemMessage> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new ItemMessageSerializer());
    }
  }
}
