package io.millrace.operators.profile;

import io.millrace.features.order.VisitorPurchases;
import io.millrace.operators.state.StateCodec;

/** How what a visitor paid lies in state. */
final class VisitorPurchasesCodec implements StateCodec<VisitorPurchases> {
  @Override
  public VisitorPurchases empty() {
    return new VisitorPurchases();
  }

  @Override
  public VisitorPurchases decode(byte[] bytes) {
    return VisitorPurchases.ofBytes(bytes);
  }

  @Override
  public byte[] encode(VisitorPurchases value) {
    return value.isEmpty() ? null : value.toBytes();
  }
}
