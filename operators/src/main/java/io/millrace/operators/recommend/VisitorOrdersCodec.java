package io.millrace.operators.recommend;

import io.millrace.features.order.VisitorOrders;
import io.millrace.operators.state.StateCodec;

/** How a visitor's orders rest in state; none take no state. */
final class VisitorOrdersCodec implements StateCodec<VisitorOrders> {
  @Override
  public VisitorOrders empty() {
    return new VisitorOrders();
  }

  @Override
  public VisitorOrders decode(byte[] bytes) {
    return VisitorOrders.ofBytes(bytes);
  }

  @Override
  public byte[] encode(VisitorOrders value) {
    return value.isEmpty() ? null : value.toBytes();
  }
}
