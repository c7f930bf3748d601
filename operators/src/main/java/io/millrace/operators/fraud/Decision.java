package io.millrace.operators.fraud;

import io.millrace.features.decision.OrderRisk;
import io.millrace.operators.types.EventTypes;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import io.millrace.operators.types.FlatTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The decision on an order, or that it is to be forgotten.
 *
 * @param risk null where the order is to be forgotten
 * @param orderId which
 * @param time event time of the decision, or up to which it is to be forgotten
 * @param origin when the order entered the engine, 0 where it is to be forgotten
 */
record Decision(OrderRisk risk, String orderId, long time, long origin) {
  static final FlatTypeInfo<Decision> TYPE = new FlatTypeInfo<>(Decision.class, new Serializer());

  static Decision of(OrderRisk risk, long origin) {
    return new Decision(risk, risk.orderId(), risk.eventTime(), origin);
  }

  static Decision forget(String orderId, long upTo) {
    return new Decision(null, orderId, upTo, 0);
  }

  /** Its bytes, version 1: whether there is a risk, it or the order, the time and the origin. */
  static final class Serializer extends FlatSerializer<Decision> {
    private static final FlatSerializer<OrderRisk> RISK = EventTypes.ORDER_RISK.serializer();

    @Override
    public void serialize(Decision decision, DataOutputView target) throws IOException {
      target.writeBoolean(decision.risk != null);
      if (decision.risk != null) {
        RISK.serialize(decision.risk, target);
      } else {
        FlatData.writeText(decision.orderId, target);
      }
      target.writeLong(decision.time);
      target.writeLong(decision.origin);
    }

    @Override
    public Decision deserialize(DataInputView source) throws IOException {
      OrderRisk risk = source.readBoolean() ? RISK.deserialize(source) : null;
      String order = risk != null ? risk.orderId() : FlatData.readText(source);
      return new Decision(risk, order, source.readLong(), source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Decision> snapshotConfiguration() {
      return new Snapshot();
    }
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<Decision> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new Serializer());
    }
  }
}
