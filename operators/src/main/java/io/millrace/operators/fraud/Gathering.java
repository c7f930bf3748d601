package io.millrace.operators.fraud;

import io.millrace.features.fraud.FraudDeclaration;
import io.millrace.operators.fraud.GatheredOrder.Payment;
import io.millrace.operators.fraud.Passage.Phase;
import io.millrace.operators.state.HeapValues;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.types.FlatData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * By order: brings payments and what the entities that were asked tell of them together, in
 * whichever order they come.
 *
 * <p>Metrics: {@code payments_given_up}, of which not everybody told.
 */
final class Gathering {
  /**
   * Wall-clock time after which nobody tells any more. Who is asked always tells; but an event that
   * comes again after it was forgotten that it came, under another visitor, may be asked about
   * twice.
   */
  private static final Duration GIVEN_UP = Duration.ofDays(1);

  private final HeapValues<GatheredOrder> orders;
  private final ProcessingTimeService clock;
  private final Counter incomplete;

  /**
   * Opens it in an operator's {@code initializeState}.
   *
   * @param name of the state
   * @param declaration whose signals are told
   */
  Gathering(
      String name,
      FraudDeclaration declaration,
      AbstractStreamOperator<?> operator,
      StateInitializationContext context)
      throws Exception {
    clock = operator.getProcessingTimeService();
    incomplete = operator.getMetricGroup().counter("payments_given_up");
    Codec codec = new Codec(declaration.fingerprint(), clock.getCurrentProcessingTime());
    orders = new HeapValues<>(name, codec, operator, context);
  }

  /**
   * Adds a payment, or what one who was asked tells of it.
   *
   * @return the payment with everything that was told once nothing is missing, else null
   */
  Passage add(Passage passage) {
    if (!passage.isTold() && passage.asked() == 0) {
      return passage;
    }
    GatheredOrder order = orders.get(passage.order());
    Passage whole = order.add(passage, clock.getCurrentProcessingTime());
    if (order.isEmpty()) {
      orders.remove(passage.order());
    }
    return whole;
  }

  /** Forgets the payments of an order as a passage says. */
  void forget(Passage passage) {
    GatheredOrder order = orders.peek(passage.order());
    if (order != null) {
      order.forget(passage.upTo());
    }
  }

  /** Writes what is not whole; to be called where the operator snapshots its state. */
  void snapshot() throws Exception {
    long from = clock.getCurrentProcessingTime() - GIVEN_UP.toMillis();
    orders.removeIf(
        order -> {
          incomplete.inc(order.giveUp(from));
          return order.isEmpty();
        });
    orders.snapshot();
  }

  /**
   * Bytes of an order, version 1: the declaration's fingerprint, and of each payment the phase, the
   * event, the parts to be ignored, whether it was sent, and the passages. What was gathered by
   * another declaration means nothing.
   */
  private static final class Codec implements StateCodec<GatheredOrder> {
    private static final int LAYOUT = 1;

    private static final Phase[] PHASES = Phase.values();

    private final String fingerprint;

    /** Since when what is read is waited for. */
    private final long now;

    private final PassageSerializer passages = new PassageSerializer();
    private final DataOutputSerializer out = new DataOutputSerializer(1_024);

    private Codec(String fingerprint, long now) {
      this.fingerprint = fingerprint;
      this.now = now;
    }

    @Override
    public GatheredOrder empty() {
      return new GatheredOrder();
    }

    @Override
    public byte[] encode(GatheredOrder order) {
      if (order.isEmpty()) {
        return null;
      }
      try {
        out.clear();
        out.writeByte(LAYOUT);
        FlatData.writeText(fingerprint, out);
        FlatData.writeVarint(order.payments().size(), out);
        for (Payment payment : order.payments()) {
          out.writeByte(payment.phase.ordinal());
          FlatData.writeText(payment.eventId, out);
          out.writeLong(payment.ignored);
          out.writeBoolean(payment.sent != null);
          if (payment.sent != null) {
            passages.serialize(payment.sent, out);
          }
          FlatData.writeVarint(payment.told.size(), out);
          for (Passage each : payment.told) {
            passages.serialize(each, out);
          }
        }
        return out.getCopyOfBuffer();
      } catch (IOException e) {
        throw new UncheckedIOException("what is gathered of an order cannot be written", e);
      }
    }

    @Override
    public GatheredOrder decode(byte[] bytes) {
      try {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int layout = in.readByte();
        if (layout != LAYOUT) {
          throw new IllegalStateException(
              "what is gathered of an order has layout version %d; this release reads %d: restore with the release that wrote it"
                  .formatted(layout, LAYOUT));
        }
        if (!FlatData.readText(in).equals(fingerprint)) {
          return null;
        }
        GatheredOrder read = new GatheredOrder();
        for (int rest = FlatData.readVarint(in); rest > 0; rest--) {
          Payment payment = new Payment(PHASES[in.readByte()], FlatData.readText(in), now);
          payment.ignored = in.readLong();
          payment.sent = in.readBoolean() ? passages.deserialize(in) : null;
          for (int told = FlatData.readVarint(in); told > 0; told--) {
            payment.told.add(passages.deserialize(in));
          }
          read.payments().add(payment);
        }
        return read;
      } catch (IOException e) {
        throw new UncheckedIOException("what is gathered of an order cannot be read", e);
      }
    }
  }
}
