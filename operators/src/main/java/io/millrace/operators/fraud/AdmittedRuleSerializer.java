package io.millrace.operators.fraud;

import io.millrace.features.event.FraudRule;
import io.millrace.operators.types.EventTypes;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a rule that was admitted, version 1: id, time, whether it is there, and itself. */
final class AdmittedRuleSerializer extends FlatSerializer<AdmittedRule> {
  private static final FlatSerializer<FraudRule> RULE = EventTypes.FRAUD_RULE.serializer();

  @Override
  public void serialize(AdmittedRule admitted, DataOutputView target) throws IOException {
    FlatData.writeText(admitted.ruleId(), target);
    target.writeLong(admitted.since());
    target.writeBoolean(admitted.rule() != null);
    if (admitted.rule() != null) {
      RULE.serialize(admitted.rule(), target);
    }
  }

  @Override
  public AdmittedRule deserialize(DataInputView source) throws IOException {
    String id = FlatData.readText(source);
    long since = source.readLong();
    return new AdmittedRule(id, source.readBoolean() ? RULE.deserialize(source) : null, since);
  }

  @Override
  public TypeSerializerSnapshot<AdmittedRule> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<AdmittedRule> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new AdmittedRuleSerializer());
    }
  }
}
