package io.millrace.operators.recommend;

import io.millrace.operators.forget.Forget;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of news for the postings, version 1: which kind, then itself. */
final class PostingNewsSerializer extends FlatSerializer<PostingNews> {
  private static final int FILL_IN = 0;
  private static final int FORGET = 1;
  private static final int REPUBLISH = 2;

  @Override
  public void serialize(PostingNews news, DataOutputView target) throws IOException {
    if (news.forget() != null) {
      target.writeByte(FORGET);
      Forget.TYPE.serializer().serialize(news.forget(), target);
    } else if (news.fillIn() != null) {
      target.writeByte(FILL_IN);
      FillIn.TYPE.serializer().serialize(news.fillIn(), target);
    } else {
      target.writeByte(REPUBLISH);
    }
  }

  @Override
  public PostingNews deserialize(DataInputView source) throws IOException {
    int kind = source.readByte();
    return switch (kind) {
      case FILL_IN -> PostingNews.of(FillIn.TYPE.serializer().deserialize(source));
      case FORGET -> PostingNews.of(Forget.TYPE.serializer().deserialize(source));
      case REPUBLISH -> PostingNews.republish();
      default -> throw new IOException("news of kind " + kind + " is of a later release");
    };
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
