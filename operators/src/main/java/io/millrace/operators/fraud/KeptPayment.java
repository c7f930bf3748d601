package io.millrace.operators.fraud;

import io.millrace.features.fraud.MaturingPayment;
import io.millrace.features.session.Hashes;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.types.FlatData;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** A payment that waits for its label, and whom it will be told to. */
final class KeptPayment {
  private MaturingPayment maturing;
  private long mark;
  private Trail trail;

  /** Null where nothing is known of it. */
  MaturingPayment maturing() {
    return maturing;
  }

  /** Whatever whoever keeps it wants to know of it later. */
  long mark() {
    return mark;
  }

  /** The entities that are judged by it, null if none are told. */
  Trail trail() {
    return trail;
  }

  /** The payment of an order, of which nothing may be known yet. */
  MaturingPayment of(String order) {
    if (maturing == null) {
      maturing = new MaturingPayment(Hashes.of(order));
    }
    return maturing;
  }

  void tell(Trail toTell, long paymentMark) {
    trail = toTell;
    mark = paymentMark;
  }

  void forget() {
    maturing = null;
    trail = null;
  }

  /**
   * Its bytes, version 1: the payment with its length, the mark, whether there is a trail, and it.
   */
  static final class Codec implements StateCodec<KeptPayment> {
    private static final int LAYOUT = 1;

    private final DataOutputSerializer out = new DataOutputSerializer(256);

    @Override
    public KeptPayment empty() {
      return new KeptPayment();
    }

    @Override
    public byte[] encode(KeptPayment payment) {
      if (payment.maturing == null) {
        return null;
      }
      try {
        out.clear();
        out.writeByte(LAYOUT);
        FlatData.writeBytes(payment.maturing.toBytes(), out);
        out.writeLong(payment.mark);
        out.writeBoolean(payment.trail != null);
        if (payment.trail != null) {
          payment.trail.write(out);
        }
        return out.getCopyOfBuffer();
      } catch (IOException e) {
        throw new UncheckedIOException("a payment that matures cannot be written", e);
      }
    }

    @Override
    public KeptPayment decode(byte[] bytes) {
      try {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int layout = in.readByte();
        if (layout != LAYOUT) {
          throw new IllegalStateException(
              "a payment that matures has layout version %d; this release reads %d: restore with the release that wrote it"
                  .formatted(layout, LAYOUT));
        }
        KeptPayment read = new KeptPayment();
        read.maturing = MaturingPayment.ofBytes(FlatData.readBytes(in));
        read.mark = in.readLong();
        read.trail = in.readBoolean() ? Trail.read(in) : null;
        return read;
      } catch (IOException e) {
        throw new UncheckedIOException("a payment that matures cannot be read", e);
      }
    }
  }
}
