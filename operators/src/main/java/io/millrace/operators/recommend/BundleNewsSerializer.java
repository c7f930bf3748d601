package io.millrace.operators.recommend;

import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of news for the bundles, version 1: which kind, then itself. */
final class BundleNewsSerializer extends FlatSerializer<BundleNews> {
  @Override
  public void serialize(BundleNews news, DataOutputView target) throws IOException {
    target.writeBoolean(news.forget() != null);
    if (news.forget() != null) {
      Forget.TYPE.serializer().serialize(news.forget(), target);
    } else {
      ItemFactSerializer.TYPE.serializer().serialize(news.fact(), target);
    }
  }

  @Override
  public BundleNews deserialize(DataInputView source) throws IOException {
    return source.readBoolean()
        ? BundleNews.of(Forget.TYPE.serializer().deserialize(source))
        : BundleNews.of(ItemFactSerializer.TYPE.serializer().deserialize(source));
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
