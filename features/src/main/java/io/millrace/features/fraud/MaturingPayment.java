package io.millrace.features.fraud;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.LongStream;

/**
 * A payment of {@link Maturing}, its labels that were not taken into account yet, and what next.
 */
final class MaturingPayment {
  /** Labels ahead of their time; of more the earliest go. */
  private static final int MAX_LABELS = 4;

  private static final long NO_LABEL = Long.MIN_VALUE;
  private static final int[] UNKNOWN = {};

  private final long payment;
  private long time;
  private int[] active = UNKNOWN;

  /** Ascending times at which labels were given, doubled, and 1 more for fraud. */
  private long[] labels = {};

  private boolean learned;
  private boolean taught;

  /** Of the label taken into account last. */
  private long basis = NO_LABEL;

  /** When something is to be done, and the order among those of one time. */
  record Due(long time, long paymentTime, long payment) implements Comparable<Due> {
    private static final Comparator<Due> ORDER =
        Comparator.comparingLong(Due::time)
            .thenComparingLong(Due::paymentTime)
            .thenComparingLong(Due::payment);

    @Override
    public int compareTo(Due other) {
      return ORDER.compare(this, other);
    }
  }

  MaturingPayment(long payment) {
    this.payment = payment;
  }

  long payment() {
    return payment;
  }

  /** Whether it is here, and not a label of it alone. */
  boolean isKnown() {
    return active.length > 0;
  }

  void arrive(long paymentTime, int[] paymentActive) {
    time = paymentTime;
    active = paymentActive;
  }

  void label(long given, boolean fraud) {
    long label = given * 2 + (fraud ? 1 : 0);
    if (learned && label <= basis) {
      return;
    }
    boolean eitherIsFraud = fraud || Arrays.binarySearch(labels, given * 2 + 1) >= 0;
    long[] more =
        LongStream.concat(LongStream.of(label), Arrays.stream(labels))
            .map(each -> given(each) == given ? given * 2 + (eitherIsFraud ? 1 : 0) : each)
            .sorted()
            .distinct()
            .toArray();
    labels = more.length > MAX_LABELS ? Arrays.copyOfRange(more, 1, more.length) : more;
  }

  private static long given(long label) {
    return label >> 1;
  }

  private long maturity(MaturingSettings settings) {
    return time + settings.horizon().toMillis();
  }

  private long end(MaturingSettings settings) {
    long from = isKnown() ? time : labels.length == 0 ? 0 : given(labels[labels.length - 1]);
    return from + settings.horizon().toMillis() + settings.corrections().toMillis();
  }

  Due due(MaturingSettings settings) {
    long at;
    if (isKnown() && !learned) {
      at = maturity(settings);
    } else if (isKnown() && hasCorrection(settings)) {
      at = given(labels[0]);
    } else {
      // A correction at the very end is heard.
      at = end(settings) + 1;
    }
    return new Due(at, time, payment);
  }

  private boolean hasCorrection(MaturingSettings settings) {
    return labels.length > 0 && given(labels[0]) <= end(settings);
  }

  /** Whether nothing is left to be done at its due time but to forget it. */
  boolean isOver(MaturingSettings settings) {
    return !isKnown() || learned && !hasCorrection(settings);
  }

  /** What is due of it; null if the label says what was taught. */
  Lesson next(MaturingSettings settings) {
    if (!learned) {
      learned = true;
      while (labels.length > 0 && given(labels[0]) <= maturity(settings)) {
        taught = takeLabel();
      }
      return new Lesson(payment, time, active, taught, false);
    }
    boolean fraud = takeLabel();
    if (fraud == taught) {
      return null;
    }
    taught = fraud;
    return new Lesson(payment, time, active, fraud, true);
  }

  private boolean takeLabel() {
    basis = labels[0];
    labels = Arrays.copyOfRange(labels, 1, labels.length);
    return (basis & 1) != 0;
  }

  void write(ByteWriter out) {
    out.writeLong(payment);
    out.writeByte((learned ? 1 : 0) | (taught ? 2 : 0));
    out.writeSignedVarLong(time);
    out.writeLong(basis);
    out.writeVarLong(active.length);
    int before = 0;
    for (int each : active) {
      out.writeSignedVarLong(each - before);
      before = each;
    }
    out.writeVarLong(labels.length);
    for (long label : labels) {
      out.writeSignedVarLong(label);
    }
  }

  static MaturingPayment read(ByteReader in) {
    MaturingPayment read = new MaturingPayment(in.readLong());
    int flags = in.readByte();
    read.learned = (flags & 1) != 0;
    read.taught = (flags & 2) != 0;
    read.time = in.readSignedVarLong();
    read.basis = in.readLong();
    read.active = new int[in.readVarInt()];
    int before = 0;
    for (int i = 0; i < read.active.length; i++) {
      before += (int) in.readSignedVarLong();
      read.active[i] = before;
    }
    read.labels = new long[in.readVarInt()];
    for (int i = 0; i < read.labels.length; i++) {
      read.labels[i] = in.readSignedVarLong();
    }
    return read;
  }
}
