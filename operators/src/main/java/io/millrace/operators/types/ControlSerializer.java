package io.millrace.operators.types;

import io.millrace.features.event.Control;
import io.millrace.features.event.Control.Kind;
import io.millrace.features.event.Control.Target;
import io.millrace.features.event.Control.Value;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Bytes of a control, version 1: kind, control id, type and rest of the target, actor, then the
 * text and the number of the value and the expiry, each where present.
 */
final class ControlSerializer extends FlatSerializer<Control> {
  private static final Kind[] KINDS = Kind.values();

  @Override
  public void serialize(Control control, DataOutputView target) throws IOException {
    Value value = control.value();
    target.writeByte(control.kind().ordinal());
    FlatData.writeText(control.controlId(), target);
    FlatData.writeText(control.target().type(), target);
    FlatData.writeText(control.target().rest(), target);
    FlatData.writeText(control.actor(), target);
    OptionalFields.writeTexts(target, value == null ? null : value.text());
    OptionalFields.writeDoubles(target, value == null ? null : value.number());
    OptionalFields.writeLongs(target, control.expiresAt());
  }

  @Override
  public Control deserialize(DataInputView source) throws IOException {
    Kind kind = KINDS[source.readByte()];
    String controlId = FlatData.readText(source);
    Target target = new Target(FlatData.readText(source), FlatData.readText(source));
    String actor = FlatData.readText(source);
    String text = OptionalFields.readTexts(1, source)[0];
    Double number = OptionalFields.readDoubles(1, source)[0];
    Long expiresAt = OptionalFields.readLongs(1, source)[0];
    Value value = text == null && number == null ? null : new Value(number, text);
    return new Control(controlId, kind, target, actor, value, expiresAt);
  }

  @Override
  public TypeSerializerSnapshot<Control> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<Control> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new ControlSerializer());
    }
  }
}
