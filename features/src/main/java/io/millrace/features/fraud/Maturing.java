package io.millrace.features.fraud;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Payments whose labels are not known for certain yet, each with its active weights.
 *
 * <p>All is by event time. A payment at t is learned at t + horizon, with the newest of the labels
 * given by then, else as genuine. A label given later that contradicts what was taught last is one
 * more lesson, a correction, at the time at which it was given; so is the next that contradicts
 * that one. Labels given earlier than one that was taken into account are void; of two given at the
 * same time the one of fraud counts. Corrections are heard until t + horizon + {@link
 * MaturingSettings#corrections}; then the payment is forgotten.
 *
 * <p>Order: lessons come when {@link #advance} passes their time, in the order of (time, time of
 * the payment, payment). As long as payments and labels arrive before it passes theirs, the order
 * in which they arrive changes nothing, and a label may arrive before its payment. What arrives
 * later is due at once.
 *
 * <p>Memory: of more than {@link MaturingSettings#capacity} payments the new ones are not taken, so
 * that a flood neither turns frauds into genuine payments nor picks what is learned by its label.
 * One value of that size is for evaluations and small stores; where payments are keyed, let each be
 * a {@link MaturingPayment}. Not safe for use by several threads.
 */
public final class Maturing {
  private static final int LAYOUT = 1;

  private final MaturingSettings settings;
  private final Map<Long, MaturingPayment> payments = new HashMap<>();
  private final TreeSet<MaturingPayment.Due> due = new TreeSet<>();
  private long refused;

  /** None yet. */
  public Maturing(MaturingSettings settings) {
    this.settings = settings;
  }

  /**
   * A payment begins to mature.
   *
   * @param payment 64-bit hash of its id
   * @param time of the payment, milliseconds since the epoch
   * @param active its active weights; not to be changed
   * @return false if it is there already or there is no room: then nothing changes
   */
  public boolean add(long payment, long time, int[] active) {
    MaturingPayment entry = entry(payment);
    if (entry == null || entry.isKnown()) {
      return false;
    }
    due.remove(entry.nextDue(settings));
    entry.arrive(time, active);
    due.add(entry.nextDue(settings));
    return true;
  }

  /**
   * Somebody says what a payment was.
   *
   * @param given when, milliseconds since the epoch
   * @return false if there is no room for a label whose payment is not here
   */
  public boolean label(long payment, long given, boolean fraud) {
    MaturingPayment entry = entry(payment);
    if (entry == null) {
      return false;
    }
    due.remove(entry.nextDue(settings));
    entry.label(given, fraud);
    due.add(entry.nextDue(settings));
    return true;
  }

  private MaturingPayment entry(long payment) {
    MaturingPayment entry = payments.get(payment);
    if (entry == null && payments.size() >= settings.capacity()) {
      refused++;
    } else if (entry == null) {
      entry = new MaturingPayment(payment);
      payments.put(payment, entry);
    }
    return entry;
  }

  /** The lessons due by a time that have not been given. */
  public List<Lesson> advance(long until) {
    List<Lesson> lessons = new ArrayList<>();
    while (!due.isEmpty() && due.first().time() <= until) {
      MaturingPayment entry = payments.get(due.pollFirst().payment());
      if (entry.hasNothingToTeach(settings)) {
        payments.remove(entry.payment());
        continue;
      }
      Lesson lesson = entry.next(settings);
      if (lesson != null) {
        lessons.add(lesson);
      }
      due.add(entry.nextDue(settings));
    }
    return lessons;
  }

  /** Payments kept, and labels that came before their payment. */
  public int size() {
    return payments.size();
  }

  /** How often there was no room. */
  public long refused() {
    return refused;
  }

  /** The state value. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(64 + 32 * payments.size());
    out.writeByte(LAYOUT);
    out.writeVarLong(refused);
    out.writeVarLong(due.size());
    due.forEach(each -> payments.get(each.payment()).write(out));
    return out.toBytes();
  }

  /** Reads a state value. */
  public static Maturing ofBytes(byte[] bytes, MaturingSettings settings) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("maturing payments", LAYOUT);
    Maturing maturing = new Maturing(settings);
    maturing.refused = in.readVarLong();
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      MaturingPayment entry = MaturingPayment.read(in);
      maturing.payments.put(entry.payment(), entry);
      maturing.due.add(entry.nextDue(settings));
    }
    return maturing;
  }
}
