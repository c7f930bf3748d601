package io.millrace.features.fraud;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;

/**
 * What is remembered of the payments of one card or visitor: how much it usually pays, and the
 * episode of large amounts it may be in. With n payments of sum S before this one, of amount a, and
 * the {@link SpendingRules}' mean μ, shrinkage k and bound L:
 *
 * <pre>
 *   ratio = a / ((k μ + S) / (k + n))          large: ratio > L
 * </pre>
 *
 * <p>A large payment without an episode begins one; for {@link SpendingRules#episode} from there on
 * payments are counted, and the large ones among them, both with the one that began it. The signals
 * are those before the payment enters; without an episode all but the ratio are absent.
 *
 * <p>Order: a payment's place is (time, tie). Payments may be added in any order; one is answered
 * from exactly those added whose place is before its own, so once all of these have been added the
 * answer is the same in whatever order they came. Answered at once, a payment lacks what comes
 * after it and belongs before it. {@link #settle} folds what nothing can precede any more into a
 * few numbers; only sums of integers and times are kept, so folding sooner or later changes no bit.
 * A state with {@link #MAX_PENDING} payments beyond the settled ones settles the earliest of them
 * of its own accord. Not safe for use by several threads.
 */
public final class SpendingRisk {
  /** What 1 of the currency is in amounts, as of {@code order.Payment}. */
  public static final int UNIT = 10_000;

  /** Most payments that wait to be settled. */
  public static final int MAX_PENDING = 1_024;

  private static final int LAYOUT = 1;
  private static final double DAY = 86_400_000;

  private final SpendingRules rules;
  private final Spending settled;
  private final PlacedRows pending;

  /** Of an entity without payments. */
  public SpendingRisk(SpendingRules rules) {
    this(rules, new Spending(), new PlacedRows());
  }

  private SpendingRisk(SpendingRules rules, Spending settled, PlacedRows pending) {
    this.rules = rules;
    this.settled = settled;
    this.pending = pending;
  }

  /**
   * A payment enters.
   *
   * @param time event time, milliseconds since the epoch
   * @param tie orders the payments of one millisecond, as signed numbers
   * @param amount in 1 / {@link #UNIT} of the currency, not negative
   * @return false if it is there already, or its place is settled: then nothing changes
   */
  public boolean add(long time, long tie, long amount) {
    if (settled.covers(time, tie) || !pending.put(time, tie, amount)) {
      return false;
    }
    if (pending.size() > MAX_PENDING) {
      settleFirst();
    }
    return true;
  }

  /**
   * Settles all payments up to a time, that is, when no payment is to be added or answered any more
   * that is not later.
   */
  public void settle(long until) {
    while (pending.size() > 0 && pending.time(0) <= until) {
      settleFirst();
    }
  }

  private void settleFirst() {
    settled.add(pending.time(0), pending.tie(0), pending.value(0), rules);
    pending.removeFirst();
  }

  /**
   * The {@link SpendingRules#signals} of a payment, whether or not it was added: of its own place
   * only what is before counts. Ages are in days, NaN is absent.
   */
  public double[] signals(long time, long tie, long amount) {
    Spending before = settled.copy();
    for (int i = 0; i < pending.size() && pending.isBefore(i, time, tie); i++) {
      before.add(pending.time(i), pending.tie(i), pending.value(i), rules);
    }
    boolean episode = before.hasEpisode(time, rules);
    return new double[] {
      before.ratio(amount, rules),
      episode ? (time - before.first) / DAY : Double.NaN,
      episode ? before.count : Double.NaN,
      episode ? before.large : Double.NaN
    };
  }

  /** Whether there was no payment yet. */
  public boolean isEmpty() {
    return settled.payments == 0 && pending.size() == 0;
  }

  /** The state value. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(48 + 20 * pending.size());
    out.writeByte(LAYOUT);
    settled.write(out);
    pending.write(out);
    return out.toBytes();
  }

  /** Reads a state value. */
  public static SpendingRisk ofBytes(byte[] bytes, SpendingRules rules) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("the spending of an entity", LAYOUT);
    return new SpendingRisk(rules, Spending.read(in), PlacedRows.read(in));
  }

  /** The numbers that payments in the order of their places leave. */
  private static final class Spending {
    private long payments;
    private long sum;
    private boolean seen;

    /** When the last large payment without an episode was. */
    private long first;

    private long count;
    private long large;
    private long lastTime;
    private long lastTie;

    private Spending copy() {
      Spending copy = new Spending();
      copy.payments = payments;
      copy.sum = sum;
      copy.seen = seen;
      copy.first = first;
      copy.count = count;
      copy.large = large;
      copy.lastTime = lastTime;
      copy.lastTie = lastTie;
      return copy;
    }

    private boolean covers(long time, long tie) {
      return payments > 0 && (time < lastTime || time == lastTime && tie <= lastTie);
    }

    private boolean hasEpisode(long time, SpendingRules rules) {
      return seen && time - first <= rules.episode().toMillis();
    }

    private double ratio(long amount, SpendingRules rules) {
      double k = rules.shrinkage();
      double mean = (k * rules.populationMean() * UNIT + sum) / (k + payments);
      return amount / mean;
    }

    private void add(long time, long tie, long amount, SpendingRules rules) {
      boolean isLarge = ratio(amount, rules) > rules.large();
      if (isLarge && !hasEpisode(time, rules)) {
        seen = true;
        first = time;
        count = 0;
        large = 0;
      }
      if (isLarge) {
        large++;
      }
      count++;
      payments++;
      sum += amount;
      lastTime = time;
      lastTie = tie;
    }

    private void write(ByteWriter out) {
      out.writeVarLong(payments);
      if (payments == 0) {
        return;
      }
      out.writeSignedVarLong(sum);
      out.writeSignedVarLong(lastTime);
      out.writeLong(lastTie);
      out.writeByte(seen ? 1 : 0);
      if (seen) {
        out.writeSignedVarLong(lastTime - first);
        out.writeVarLong(count);
        out.writeVarLong(large);
      }
    }

    private static Spending read(ByteReader in) {
      Spending read = new Spending();
      read.payments = in.readVarLong();
      if (read.payments == 0) {
        return read;
      }
      read.sum = in.readSignedVarLong();
      read.lastTime = in.readSignedVarLong();
      read.lastTie = in.readLong();
      read.seen = in.readByte() == 1;
      if (read.seen) {
        read.first = read.lastTime - in.readSignedVarLong();
        read.count = in.readVarLong();
        read.large = in.readVarLong();
      }
      return read;
    }
  }
}
