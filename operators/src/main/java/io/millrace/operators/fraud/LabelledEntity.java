package io.millrace.operators.fraud;

import io.millrace.features.fraud.LabelledRisk;
import io.millrace.features.watch.KindLabels;
import io.millrace.features.watch.SignalPlan;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.types.FlatData;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * What labels say of one entity.
 *
 * @param risk of the payments that are labelled
 * @param awaited payments that are not settled
 */
record LabelledEntity(LabelledRisk risk, AwaitedEvents awaited) {

  /** Its bytes, version 1: the risk with its length, and the payments that wait. */
  static final class Codec implements StateCodec<LabelledEntity> {
    private static final int LAYOUT = 1;

    private final SignalPlan plan;
    private final KindLabels labels;
    private final DataOutputSerializer out = new DataOutputSerializer(512);

    Codec(SignalPlan plan, int which) {
      this.plan = plan;
      this.labels = plan.labels().get(which);
    }

    @Override
    public LabelledEntity empty() {
      return new LabelledEntity(new LabelledRisk(labels.rules()), new AwaitedEvents());
    }

    @Override
    public byte[] encode(LabelledEntity entity) {
      if (entity.risk().isEmpty() && entity.awaited().isEmpty()) {
        return null;
      }
      try {
        out.clear();
        out.writeByte(LAYOUT);
        FlatData.writeBytes(entity.risk().toBytes(), out);
        entity.awaited().write(out, plan);
        return out.getCopyOfBuffer();
      } catch (IOException e) {
        throw new UncheckedIOException("a labelled entity cannot be written", e);
      }
    }

    @Override
    public LabelledEntity decode(byte[] bytes) {
      try {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int layout = in.readByte();
        if (layout != LAYOUT) {
          throw new IllegalStateException(
              "a labelled entity has layout version %d; this release reads %d: restore with the release that wrote it"
                  .formatted(layout, LAYOUT));
        }
        return new LabelledEntity(
            LabelledRisk.ofBytes(FlatData.readBytes(in), labels.rules()),
            AwaitedEvents.read(in, plan));
      } catch (IOException e) {
        throw new UncheckedIOException("a labelled entity cannot be read", e);
      }
    }
  }
}
