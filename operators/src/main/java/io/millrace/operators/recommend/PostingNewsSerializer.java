package io.millrace.operators.recommend;

import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of news for the postings, version 1: which kind, then itself. */
final class PostingNewsSerializer extends FlatSerializer<PostingNews> {
  @Override
  public void serialize(PostingNews news, DataOutputView target) throws IOException {
    target.writeBoolean(news.forget() != null);
    if (news.forget() != null) {
      Forget.TYPE.serializer().serialize(news.forget(), target);
    } else {
      FillIn.TYPE.serializer().serialize(news.fillIn(), target);
    }
  }

  @Override
  public PostingNews deserialize(DataInputView source) throws IOException {
    return source.readBoolean()
        ? PostingNews.of(Forget.TYPE.serializer().deserialize(source))
        : PostingNews.of(FillIn.TYPE.serializer().deserialize(source));
  }

  @Override
  public TypeSerializerSnapshot<PostingNews> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<PostingNews> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new PostingNewsSerializer());
    }
  }
}
