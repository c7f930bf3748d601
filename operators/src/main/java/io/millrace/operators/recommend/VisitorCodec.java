package io.millrace.operators.recommend;

import io.millrace.features.session.Visitor;
import io.millrace.operators.state.StateCodec;

/** How what is remembered of a visitor rests in state; nothing takes no state. */
final class VisitorCodec implements StateCodec<Visitor> {
  @Override
  public Visitor empty() {
    return new Visitor();
  }

  @Override
  public Visitor decode(byte[] bytes) {
    return Visitor.ofBytes(bytes);
  }

  @Override
  public byte[] encode(Visitor value) {
    return value.isEmpty() ? null : value.toBytes();
  }
}
