package io.millrace.operators.fraud;

import io.millrace.features.fraud.LabelledRisk;
import io.millrace.features.fraud.LabelledRules;
import io.millrace.operators.state.StateCodec;

/** What labels say of an entity, in its own bytes. */
final class LabelledRiskCodec implements StateCodec<LabelledRisk> {
  private final LabelledRules rules;

  LabelledRiskCodec(LabelledRules rules) {
    this.rules = rules;
  }

  @Override
  public LabelledRisk empty() {
    return new LabelledRisk(rules);
  }

  @Override
  public byte[] encode(LabelledRisk risk) {
    return risk.isEmpty() ? null : risk.toBytes();
  }

  @Override
  public LabelledRisk decode(byte[] bytes) {
    return LabelledRisk.ofBytes(bytes, rules);
  }
}
