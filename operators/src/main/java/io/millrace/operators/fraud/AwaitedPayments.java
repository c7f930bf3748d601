package io.millrace.operators.fraud;

import io.millrace.operators.state.StateCodec;
import io.millrace.operators.types.FlatData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Payments of which an entity's labels will tell, in the order in which they asked. */
final class AwaitedPayments {
  private final List<AwaitedPayment> payments = new ArrayList<>();

  void add(AwaitedPayment payment) {
    payments.add(payment);
  }

  boolean isEmpty() {
    return payments.isEmpty();
  }

  /** Takes some away, which wait no longer. */
  List<AwaitedPayment> take(Predicate<AwaitedPayment> which) {
    List<AwaitedPayment> taken = new ArrayList<>();
    payments.removeIf(payment -> which.test(payment) && taken.add(payment));
    return taken;
  }

  /**
   * Their bytes, version 1: the declaration's fingerprint, how many, and each. What was asked by
   * another declaration means nothing.
   */
  static final class Codec implements StateCodec<AwaitedPayments> {
    private static final int LAYOUT = 1;

    private final String fingerprint;
    private final DataOutputSerializer out = new DataOutputSerializer(256);

    Codec(String fingerprint) {
      this.fingerprint = fingerprint;
    }

    @Override
    public AwaitedPayments empty() {
      return new AwaitedPayments();
    }

    @Override
    public byte[] encode(AwaitedPayments awaited) {
      if (awaited.isEmpty()) {
        return null;
      }
      try {
        out.clear();
        out.writeByte(LAYOUT);
        FlatData.writeText(fingerprint, out);
        FlatData.writeVarint(awaited.payments.size(), out);
        for (AwaitedPayment payment : awaited.payments) {
          out.writeLong(payment.time());
          out.writeLong(payment.tie());
          FlatData.writeText(payment.order(), out);
          FlatData.writeText(payment.eventId(), out);
        }
        return out.getCopyOfBuffer();
      } catch (IOException e) {
        throw new UncheckedIOException("payments that wait for labels cannot be written", e);
      }
    }

    @Override
    public AwaitedPayments decode(byte[] bytes) {
      try {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int layout = in.readByte();
        if (layout != LAYOUT) {
          throw new IllegalStateException(
              "payments that wait for labels have layout version %d; this release reads %d: restore with the release that wrote them"
                  .formatted(layout, LAYOUT));
        }
        if (!FlatData.readText(in).equals(fingerprint)) {
          return null;
        }
        AwaitedPayments read = new AwaitedPayments();
        for (int rest = FlatData.readVarint(in); rest > 0; rest--) {
          read.add(
              new AwaitedPayment(
                  in.readLong(), in.readLong(), FlatData.readText(in), FlatData.readText(in)));
        }
        return read;
      } catch (IOException e) {
        throw new UncheckedIOException("payments that wait for labels cannot be read", e);
      }
    }
  }
}
