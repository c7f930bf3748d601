package io.millrace.features.fraud;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;

/**
 * What matured labels say of a merchant, a device or an address. As of t, with the {@link
 * LabelledRules}' maturity d, only payments up to t − d count, in the order of their places (time,
 * tie):
 *
 * <ul>
 *   <li>{@code unexplained_age}: t less the first unexplained fraud of the episode; an unexplained
 *       fraud more than {@link LabelledRules#episode} after it begins a new one;
 *   <li>{@code streak}: unexplained frauds since the last genuine payment;
 *   <li>{@code episode_frauds}, {@code episode_genuine}: payments from the first unexplained fraud
 *       of the episode on;
 *   <li>{@code risk_short}, {@code risk_long}: (frauds + p k) / (payments + k) over (t − d − w, t −
 *       d], with prior p of weight k;
 *   <li>{@code genuine_age}: t less the last genuine payment.
 * </ul>
 *
 * <p>Ages are of payments, not of labels, in days; what has not been is absent (NaN).
 *
 * <p>Order: payments may be put in any order, when they are made or when their label matures: an
 * answer looks at none younger than d, and is the same in whatever order the others were put. A
 * payment is put as genuine until something else is known; {@link #correct} changes the label of
 * one that is kept, after which answers are as if it had always been that one. {@link #forget}
 * folds what windows cannot reach any more; its label stays as it is. Beyond {@link
 * LabelledRules#maxRows} the earliest payment is folded, mature or not, and windows know it by a
 * count: give busy entities their payments when the labels mature.
 *
 * <p>A label has no time here. Whoever replays old payments and labels gives it the lessons of
 * {@link Maturing} as they come, so that a label that was given late is not known early. Not safe
 * for use by several threads.
 */
public final class LabelledRisk {
  private static final int LAYOUT = 1;
  private static final double DAY = 86_400_000;

  /** Bits of a kept payment. */
  private static final long FRAUD = 1;

  private static final long EXPLAINED = 2;

  private final LabelledRules rules;
  private final LabelledEpisode folded;
  private final FoldedCounts counts;
  private final PlacedRows rows;

  /** Of an entity without payments. */
  public LabelledRisk(LabelledRules rules) {
    this(rules, new LabelledEpisode(), new FoldedCounts(), new PlacedRows());
  }

  private LabelledRisk(
      LabelledRules rules, LabelledEpisode folded, FoldedCounts counts, PlacedRows rows) {
    this.rules = rules;
    this.folded = folded;
    this.counts = counts;
    this.rows = rows;
  }

  /**
   * A payment is put.
   *
   * @param time of the payment, milliseconds since the epoch
   * @param tie orders the payments of one millisecond, as signed numbers
   * @param fraud its label as far as it is known
   * @param explained whether it would be no wonder, see {@link LabelledRules#explains}
   * @return false if it is there already or its place is folded: then nothing changes
   */
  public boolean put(long time, long tie, boolean fraud, boolean explained) {
    long value = (fraud ? FRAUD : 0) | (explained ? EXPLAINED : 0);
    if (folded.covers(time, tie) || !rows.put(time, tie, value)) {
      return false;
    }
    if (rows.size() > rules.maxRows()) {
      counts.add(time(0), isFraud(0), rules.shortWindow().toMillis() / 8);
      foldFirst();
    }
    return true;
  }

  /** Changes the label of a payment; false if it is not kept. */
  public boolean correct(long time, long tie, boolean fraud) {
    int i = rows.find(time, tie);
    if (i < 0) {
      return false;
    }
    rows.setValue(i, rows.value(i) & ~FRAUD | (fraud ? FRAUD : 0));
    return true;
  }

  /** Folds the payments that no answer from a time on finds in a window. */
  public void forget(long from) {
    long until = from - rules.maturity().toMillis() - rules.longWindow().toMillis();
    while (rows.size() > 0 && time(0) <= until) {
      foldFirst();
    }
    counts.forget(until);
  }

  private void foldFirst() {
    add(folded, 0);
    rows.removeFirst();
  }

  private void add(LabelledEpisode episode, int i) {
    episode.add(
        time(i), rows.tie(i), isFraud(i), (rows.value(i) & EXPLAINED) != 0, rules.episode());
  }

  private long time(int i) {
    return rows.time(i);
  }

  private boolean isFraud(int i) {
    return (rows.value(i) & FRAUD) != 0;
  }

  /** The {@link LabelledRules#signals} as of a time. */
  public double[] signals(long time) {
    long mature = time - rules.maturity().toMillis();
    LabelledEpisode episode = folded.copy();
    long shortFrom = mature - rules.shortWindow().toMillis();
    long longFrom = mature - rules.longWindow().toMillis();
    long shortPayments = 0;
    long shortFrauds = 0;
    long longPayments = 0;
    long longFrauds = 0;
    for (int i = 0; i < rows.size() && time(i) <= mature; i++) {
      add(episode, i);
      int fraud = isFraud(i) ? 1 : 0;
      if (time(i) > longFrom) {
        longPayments++;
        longFrauds += fraud;
      }
      if (time(i) > shortFrom) {
        shortPayments++;
        shortFrauds += fraud;
      }
    }
    return new double[] {
      episode.hasFraud() ? (time - episode.first()) / DAY : Double.NaN,
      episode.streak(),
      episode.hasFraud() ? episode.frauds() : Double.NaN,
      episode.hasFraud() ? episode.genuine() : Double.NaN,
      risk(
          shortPayments + counts.payments(shortFrom, mature),
          shortFrauds + counts.frauds(shortFrom, mature)),
      risk(
          longPayments + counts.payments(longFrom, mature),
          longFrauds + counts.frauds(longFrom, mature)),
      episode.hasGenuine() ? (time - episode.lastGenuine()) / DAY : Double.NaN
    };
  }

  private double risk(long payments, long frauds) {
    return (frauds + rules.prior() * rules.priorWeight()) / (payments + rules.priorWeight());
  }

  /** Whether no payment was put yet. */
  public boolean isEmpty() {
    return rows.size() == 0 && folded.isEmpty();
  }

  /** The state value. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(64 + 14 * rows.size());
    out.writeByte(LAYOUT);
    folded.write(out);
    counts.write(out);
    rows.write(out);
    return out.toBytes();
  }

  /** Reads a state value. */
  public static LabelledRisk ofBytes(byte[] bytes, LabelledRules rules) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("the labels of an entity", LAYOUT);
    return new LabelledRisk(
        rules, LabelledEpisode.read(in), FoldedCounts.read(in), PlacedRows.read(in));
  }
}
