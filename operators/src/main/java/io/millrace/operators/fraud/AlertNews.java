package io.millrace.operators.fraud;

import io.millrace.features.event.Control;
import io.millrace.features.event.Erasure;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.types.EventTypes;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import io.millrace.operators.types.FlatTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What whoever alerts is told beside suspicions: of a control, or whom to forget.
 *
 * @param control else null
 * @param erasure else null
 */
record AlertNews(Fact<Control> control, Erasure erasure) {
  static final FlatTypeInfo<AlertNews> TYPE = new FlatTypeInfo<>(AlertNews.class, new Serializer());

  static AlertNews of(Fact<Control> control) {
    return new AlertNews(control, null);
  }

  static AlertNews of(Erasure erasure) {
    return new AlertNews(null, erasure);
  }

  /** Bytes of news, version 1: whether it is a control, then the control or the erasure. */
  static final class Serializer extends FlatSerializer<AlertNews> {
    private static final FlatSerializer<Fact<Control>> CONTROL =
        Fact.typeInfo(EventTypes.CONTROL).serializer();
    private static final FlatSerializer<Erasure> ERASURE = EventTypes.ERASURE.serializer();

    @Override
    public void serialize(AlertNews news, DataOutputView target) throws IOException {
      target.writeBoolean(news.control != null);
      if (news.control != null) {
        CONTROL.serialize(news.control, target);
      } else {
        ERASURE.serialize(news.erasure, target);
      }
    }

    @Override
    public AlertNews deserialize(DataInputView source) throws IOException {
      return source.readBoolean()
          ? AlertNews.of(CONTROL.deserialize(source))
          : AlertNews.of(ERASURE.deserialize(source));
    }

    @Override
    public TypeSerializerSnapshot<AlertNews> snapshotConfiguration() {
      return new Snapshot();
    }
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<AlertNews> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new Serializer());
    }
  }
}
