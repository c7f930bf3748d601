package io.millrace.operators.recommend;

import io.millrace.features.event.Control;
import io.millrace.operators.forget.Forget;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.types.EventTypes;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of news for the mergers, version 1: which kind, then itself. */
final class MergerNewsSerializer extends FlatSerializer<MergerNews> {
  private static final int TREND = 0;
  private static final int ITEM = 1;
  private static final int CONTROL = 2;
  private static final int FORGET = 3;
  private static final int MODEL = 4;
  private static final TypeSerializer<Fact<Control>> CONTROLS =
      Fact.typeInfo(EventTypes.CONTROL).serializer();

  @Override
  public void serialize(MergerNews news, DataOutputView target) throws IOException {
    if (news.trend() != null) {
      target.writeByte(TREND);
      RecommendTypes.TREND_TOP.serializer().serialize(news.trend(), target);
    } else if (news.item() != null) {
      target.writeByte(ITEM);
      ItemFactSerializer.TYPE.serializer().serialize(news.item(), target);
    } else if (news.control() != null) {
      target.writeByte(CONTROL);
      CONTROLS.serialize(news.control(), target);
    } else if (news.model() != null) {
      target.writeByte(MODEL);
      EventTypes.MODEL_SNAPSHOT.serializer().serialize(news.model(), target);
    } else {
      target.writeByte(FORGET);
      Forget.TYPE.serializer().serialize(news.forget(), target);
    }
  }

  @Override
  public MergerNews deserialize(DataInputView source) throws IOException {
    int kind = source.readByte();
    return switch (kind) {
      case TREND -> MergerNews.of(RecommendTypes.TREND_TOP.serializer().deserialize(source));
      case ITEM -> MergerNews.of(ItemFactSerializer.TYPE.serializer().deserialize(source));
      case CONTROL -> MergerNews.of(CONTROLS.deserialize(source));
      case FORGET -> MergerNews.of(Forget.TYPE.serializer().deserialize(source));
      case MODEL -> MergerNews.of(EventTypes.MODEL_SNAPSHOT.serializer().deserialize(source));
      default -> throw new IOException("news of kind " + kind + " is of a later release");
    };
  }

  @Override
  public TypeSerializerSnapshot<MergerNews> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<MergerNews> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new MergerNewsSerializer());
    }
  }
}
