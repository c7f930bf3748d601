package io.millrace.operators.fraud;

import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import io.millrace.features.event.VisitorEvent;
import io.millrace.operators.fraud.Passage.Hit;
import io.millrace.operators.fraud.Passage.Phase;
import io.millrace.operators.types.EventTypes;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Bytes of a passage, version 1: what is there of it, a bit each, then the phase and those in
 * order.
 */
final class PassageSerializer extends FlatSerializer<Passage> {
  private static final int ID = 1;
  private static final int EVENT = 1 << 1;
  private static final int TRAIL = 1 << 2;
  private static final int SIGNALS = 1 << 3;
  private static final int OUTCOME = 1 << 4;
  private static final int VISITOR = 1 << 5;

  private static final Phase[] PHASES = Phase.values();
  private static final Severity[] SEVERITIES = Severity.values();
  private static final Action[] ACTIONS = Action.values();
  private static final FlatSerializer<VisitorEvent> EVENTS = EventTypes.VISITOR_EVENT.serializer();

  @Override
  public void serialize(Passage passage, DataOutputView target) throws IOException {
    target.writeByte(present(passage));
    target.writeByte(passage.phase().ordinal());
    if (passage.id() != null) {
      FlatData.writeText(passage.id(), target);
    }
    if (passage.event() != null) {
      EVENTS.serialize(passage.event(), target);
      target.writeLong(passage.origin());
    }
    if (passage.trail() != null) {
      passage.trail().write(target);
    }
    if (passage.signals() != null) {
      writeSignals(passage.signals(), target);
    }
    FlatData.writeVarint(passage.hits().size(), target);
    for (Hit hit : passage.hits()) {
      FlatData.writeText(hit.rule(), target);
      target.writeByte(hit.severity().ordinal());
      target.writeByte(hit.action().ordinal());
    }
    if (passage.outcome() != null) {
      write(passage.outcome(), target);
    }
    if (passage.visitor() != null) {
      FlatData.writeText(passage.visitor(), target);
      target.writeLong(passage.upTo());
    }
  }

  private static int present(Passage passage) {
    return (passage.id() != null ? ID : 0)
        | (passage.event() != null ? EVENT : 0)
        | (passage.trail() != null ? TRAIL : 0)
        | (passage.signals() != null ? SIGNALS : 0)
        | (passage.outcome() != null ? OUTCOME : 0)
        | (passage.visitor() != null ? VISITOR : 0);
  }

  static void writeSignals(double[] signals, DataOutputView target) throws IOException {
    FlatData.writeVarint(signals.length, target);
    for (double signal : signals) {
      target.writeDouble(signal);
    }
  }

  static double[] readSignals(DataInputView source) throws IOException {
    double[] signals = new double[FlatData.readVarint(source)];
    for (int i = 0; i < signals.length; i++) {
      signals[i] = source.readDouble();
    }
    return signals;
  }

  private static void write(Outcome outcome, DataOutputView target) throws IOException {
    target.writeLong(outcome.time());
    target.writeLong(outcome.tie());
    target.writeBoolean(outcome.fraud());
    target.writeBoolean(outcome.correction());
    target.writeLong(outcome.explained());
  }

  private static Outcome readOutcome(DataInputView source) throws IOException {
    return new Outcome(
        source.readLong(),
        source.readLong(),
        source.readBoolean(),
        source.readBoolean(),
        source.readLong());
  }

  @Override
  public Passage deserialize(DataInputView source) throws IOException {
    int present = source.readByte();
    Phase phase = PHASES[source.readByte()];
    String id = (present & ID) != 0 ? FlatData.readText(source) : null;
    VisitorEvent event = null;
    long origin = 0;
    if ((present & EVENT) != 0) {
      event = EVENTS.deserialize(source);
      origin = source.readLong();
    }
    Trail trail = (present & TRAIL) != 0 ? Trail.read(source) : null;
    double[] signals = (present & SIGNALS) != 0 ? readSignals(source) : null;
    List<Hit> hits = readHits(source);
    Outcome outcome = (present & OUTCOME) != 0 ? readOutcome(source) : null;
    String visitor = null;
    long upTo = 0;
    if ((present & VISITOR) != 0) {
      visitor = FlatData.readText(source);
      upTo = source.readLong();
    }
    return new Passage(phase, id, event, trail, origin, signals, hits, outcome, visitor, upTo);
  }

  private static List<Hit> readHits(DataInputView source) throws IOException {
    int count = FlatData.readVarint(source);
    if (count == 0) {
      return List.of();
    }
    List<Hit> hits = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      hits.add(
          new Hit(
              FlatData.readText(source),
              SEVERITIES[source.readByte()],
              ACTIONS[source.readByte()]));
    }
    return hits;
  }

  @Override
  public TypeSerializerSnapshot<Passage> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<Passage> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new PassageSerializer());
    }
  }
}
