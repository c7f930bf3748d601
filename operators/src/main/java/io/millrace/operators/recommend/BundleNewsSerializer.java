package io.millrace.operators.recommend;

import io.millrace.operators.forget.Forget;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of news for the bundles, version 1: which kind, then itself. */
final class BundleNewsSerializer extends FlatSerializer<BundleNews> {
  private static final int FACT = 0;
  private static final int FORGET = 1;
  private static final int REPUBLISH = 2;

  @Override
  public void serialize(BundleNews news, DataOutputView target) throws IOException {
    if (news.forget() != null) {
      target.writeByte(FORGET);
      Forget.TYPE.serializer().serialize(news.forget(), target);
    } else if (news.fact() != null) {
      target.writeByte(FACT);
      ItemFactSerializer.TYPE.serializer().serialize(news.fact(), target);
    } else {
      target.writeByte(REPUBLISH);
    }
  }

  @Override
  public BundleNews deserialize(DataInputView source) throws IOException {
    int kind = source.readByte();
    return switch (kind) {
      case FACT -> BundleNews.of(ItemFactSerializer.TYPE.serializer().deserialize(source));
      case FORGET -> BundleNews.of(Forget.TYPE.serializer().deserialize(source));
      case REPUBLISH -> BundleNews.republish();
      default -> throw new IOException("news of kind " + kind + " is of a later release");
    };
  }

  @Override
  public TypeSerializerSnapshot<BundleNews> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<BundleNews> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new BundleNewsSerializer());
    }
  }
}
