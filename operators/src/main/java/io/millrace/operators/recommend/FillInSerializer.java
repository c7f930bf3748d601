package io.millrace.operators.recommend;

import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Bytes of a fill-in, version 1: kind, item, what the evidence is out of, then the items with score
 * and evidence.
 */
final class FillInSerializer extends FlatSerializer<FillIn> {
  private static final FillIn.Kind[] KINDS = FillIn.Kind.values();

  @Override
  public void serialize(FillIn fillIn, DataOutputView target) throws IOException {
    PartialAnswer answer = fillIn.answer();
    target.writeByte(fillIn.kind().ordinal());
    FlatData.writeText(answer.source(), target);
    FlatData.writeVarint(answer.sessions(), target);
    FlatData.writeVarint(answer.items().length, target);
    for (int i = 0; i < answer.items().length; i++) {
      FlatData.writeText(answer.items()[i], target);
      target.writeFloat(answer.scores()[i]);
      target.writeShort(answer.evidence()[i]);
    }
  }

  @Override
  public FillIn deserialize(DataInputView source) throws IOException {
    FillIn.Kind kind = KINDS[source.readByte()];
    String item = FlatData.readText(source);
    int of = FlatData.readVarint(source);
    String[] items = new String[FlatData.readVarint(source)];
    float[] scores = new float[items.length];
    short[] evidence = new short[items.length];
    for (int i = 0; i < items.length; i++) {
      items[i] = FlatData.readText(source);
      scores[i] = source.readFloat();
      evidence[i] = source.readShort();
    }
    return new FillIn(kind, new PartialAnswer(item, of, items, scores, evidence));
  }

  @Override
  public TypeSerializerSnapshot<FillIn> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<FillIn> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new FillInSerializer());
    }
  }
}
