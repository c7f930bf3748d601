package io.millrace.operators.recommend;

import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a notice, version 1: control and visitor, empty for none, then the time. */
final class VisitorNoticeSerializer extends FlatSerializer<VisitorNotice> {
  @Override
  public void serialize(VisitorNotice notice, DataOutputView target) throws IOException {
    FlatData.writeText(notice.controlId() == null ? "" : notice.controlId(), target);
    FlatData.writeText(notice.visitor() == null ? "" : notice.visitor(), target);
    target.writeLong(notice.until());
  }

  @Override
  public VisitorNotice deserialize(DataInputView source) throws IOException {
    String control = FlatData.readText(source);
    String visitor = FlatData.readText(source);
    return new VisitorNotice(
        control.isEmpty() ? null : control, visitor.isEmpty() ? null : visitor, source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<VisitorNotice> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<VisitorNotice> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new VisitorNoticeSerializer());
    }
  }
}
