package io.millrace.features.fraud;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * One payment that waits for its label, by the rules of {@link Maturing}, as a value of its own:
 * where payments are keyed, each has one, and {@link #due} says when to look at it again. Not safe
 * for use by several threads.
 */
public final class MaturingPayment {
  private static final int LAYOUT = 1;

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

  /**
   * Of which nothing is known yet.
   *
   * @param payment 64-bit hash of its id
   */
  public MaturingPayment(long payment) {
    this.payment = payment;
  }

  long payment() {
    return payment;
  }

  /** Whether it is here, and not a label of it alone. */
  public boolean isKnown() {
    return active.length > 0;
  }

  /**
   * The payment is made; a second time changes nothing.
   *
   * @param paymentTime of the payment, milliseconds since the epoch
   * @param paymentActive its active weights, one or more; not to be changed
   */
  public void arrive(long paymentTime, int[] paymentActive) {
    if (!isKnown()) {
      time = paymentTime;
      active = paymentActive;
    }
  }

  /**
   * Somebody says what it was.
   *
   * @param given when, milliseconds since the epoch
   */
  public void label(long given, boolean fraud) {
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

  /** When the next lesson is due, or it is to be forgotten; milliseconds since the epoch. */
  public long due(MaturingSettings settings) {
    return nextDue(settings).time();
  }

  /**
   * The lessons due by a time that have not been given.
   *
   * @return in the order of their times; often none
   */
  public List<Lesson> advance(long until, MaturingSettings settings) {
    List<Lesson> lessons = new ArrayList<>();
    while (!hasNothingToTeach(settings) && due(settings) <= until) {
      Lesson lesson = next(settings);
      if (lesson != null) {
        lessons.add(lesson);
      }
    }
    return lessons;
  }

  /** Whether at a time it is to be forgotten. */
  public boolean isOver(long at, MaturingSettings settings) {
    return hasNothingToTeach(settings) && due(settings) <= at;
  }

  Due nextDue(MaturingSettings settings) {
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
  boolean hasNothingToTeach(MaturingSettings settings) {
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

  /** The state value. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(64);
    out.writeByte(LAYOUT);
    write(out);
    return out.toBytes();
  }

  /** Reads a state value. */
  public static MaturingPayment ofBytes(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("a maturing payment", LAYOUT);
    return read(in);
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
