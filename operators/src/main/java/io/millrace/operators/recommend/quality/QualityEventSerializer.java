package io.millrace.operators.recommend.quality;

import io.millrace.features.quality.QualityEvent;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: the bytes of an event, in its own layout. */
final class QualityEventSerializer extends FlatSerializer<QualityEvent> {
  @Override
  public void serialize(QualityEvent event, DataOutputView target) throws IOException {
    FlatData.writeBytes(event.toBytes(), target);
  }

  @Override
  public QualityEvent deserialize(DataInputView source) throws IOException {
    return QualityEvent.ofBytes(FlatData.readBytes(source));
  }

  @Override
  public TypeSerializerSnapshot<QualityEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<QualityEvent> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new QualityEventSerializer());
    }
  }
}
