package io.millrace.operators.profile;

import io.millrace.features.algebra.Layouts;
import io.millrace.features.profile.VisitorProfile;
import io.millrace.operators.state.StateCodec;

/**
 * How a visitor's profile lies in state.
 *
 * @param maxRows events that are retained
 */
record VisitorProfileCodec(Layouts layouts, int maxRows) implements StateCodec<VisitorProfile> {
  @Override
  public VisitorProfile empty() {
    return new VisitorProfile(layouts, maxRows);
  }

  @Override
  public VisitorProfile decode(byte[] bytes) {
    return VisitorProfile.ofBytes(bytes, layouts, maxRows);
  }

  @Override
  public byte[] encode(VisitorProfile value) {
    return value.isEmpty() ? null : value.toBytes();
  }
}
