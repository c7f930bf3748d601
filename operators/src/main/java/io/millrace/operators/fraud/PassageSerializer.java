package io.millrace.operators.fraud;

import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import io.millrace.features.event.Order;
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
 * Bytes of a passage, version 1: the phase, the order, the part, what else is there of it, a bit
 * each, and those in order.
 */
final class PassageSerializer extends FlatSerializer<Passage> {
  private static final int EVENT_ID = 1;
  private static final int PAYMENT = 1 << 1;
  private static final int SIGNALS = 1 << 2;

  private static final Phase[] PHASES = Phase.values();
  private static final Severity[] SEVERITIES = Severity.values();
  private static final Action[] ACTIONS = Action.values();
  private static final FlatSerializer<VisitorEvent> EVENTS = EventTypes.VISITOR_EVENT.serializer();

  @Override
  public void serialize(Passage passage, DataOutputView target) throws IOException {
    target.writeByte(passage.phase().ordinal());
    FlatData.writeText(passage.order(), target);
    target.writeByte(passage.part());
    target.writeByte(present(passage));
    if (passage.payment() != null) {
      EVENTS.serialize(passage.payment(), target);
      target.writeLong(passage.origin());
      target.writeLong(passage.asked());
    } else if (passage.eventId() != null) {
      FlatData.writeText(passage.eventId(), target);
    }
    if (passage.signals() != null) {
      writeSignals(passage.signals(), target);
    }
    writeHits(passage.hits(), target);
    if (passage.phase() == Phase.FORGET) {
      passage.trail().write(target);
      target.writeLong(passage.upTo());
    }
  }

  private static int present(Passage passage) {
    return (passage.payment() != null ? PAYMENT : passage.eventId() != null ? EVENT_ID : 0)
        | (passage.signals() != null ? SIGNALS : 0);
  }

  private static void writeSignals(double[] signals, DataOutputView target) throws IOException {
    FlatData.writeVarint(signals.length, target);
    for (double signal : signals) {
      target.writeDouble(signal);
    }
  }

  private static double[] readSignals(DataInputView source) throws IOException {
    double[] signals = new double[FlatData.readVarint(source)];
    for (int i = 0; i < signals.length; i++) {
      signals[i] = source.readDouble();
    }
    return signals;
  }

  private static void writeHits(List<Hit> hits, DataOutputView target) throws IOException {
    FlatData.writeVarint(hits.size(), target);
    for (Hit hit : hits) {
      FlatData.writeText(hit.rule(), target);
      target.writeByte(hit.severity().ordinal());
      target.writeByte(hit.action().ordinal());
    }
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
  public Passage deserialize(DataInputView source) throws IOException {
    Phase phase = PHASES[source.readByte()];
    String order = FlatData.readText(source);
    int part = source.readByte();
    int present = source.readByte();
    Order payment = null;
    String eventId = null;
    long origin = 0;
    long asked = 0;
    if ((present & PAYMENT) != 0) {
      payment = (Order) EVENTS.deserialize(source);
      eventId = payment.eventId();
      origin = source.readLong();
      asked = source.readLong();
    } else if ((present & EVENT_ID) != 0) {
      eventId = FlatData.readText(source);
    }
    double[] signals = (present & SIGNALS) != 0 ? readSignals(source) : null;
    List<Hit> hits = readHits(source);
    Trail trail = null;
    long upTo = 0;
    if (phase == Phase.FORGET) {
      trail = Trail.read(source);
      upTo = source.readLong();
    }
    return new Passage(
        phase, order, eventId, payment, origin, part, asked, signals, hits, trail, upTo);
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
