package io.millrace.operators.fraud;

import io.millrace.features.fraud.Lesson;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a lesson, version 1: the fields in order, active weights as their distances. */
final class DueLessonSerializer extends FlatSerializer<DueLesson> {
  @Override
  public void serialize(DueLesson due, DataOutputView target) throws IOException {
    target.writeLong(due.due());
    target.writeLong(due.fingerprint());
    Lesson lesson = due.lesson();
    target.writeLong(lesson.payment());
    target.writeLong(lesson.time());
    target.writeBoolean(lesson.fraud());
    target.writeBoolean(lesson.correction());
    FlatData.writeVarint(lesson.active().length, target);
    for (int active : lesson.active()) {
      FlatData.writeVarint(active, target);
    }
  }

  @Override
  public DueLesson deserialize(DataInputView source) throws IOException {
    long due = source.readLong();
    long fingerprint = source.readLong();
    long payment = source.readLong();
    long time = source.readLong();
    boolean fraud = source.readBoolean();
    boolean correction = source.readBoolean();
    int[] active = new int[FlatData.readVarint(source)];
    for (int i = 0; i < active.length; i++) {
      active[i] = FlatData.readVarint(source);
    }
    return new DueLesson(due, fingerprint, new Lesson(payment, time, active, fraud, correction));
  }

  @Override
  public TypeSerializerSnapshot<DueLesson> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<DueLesson> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new DueLessonSerializer());
    }
  }
}
