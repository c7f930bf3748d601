package io.millrace.jobs.evaluate;

import io.millrace.jobs.replay.TimeOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Which payment of an evaluation arrives when. */
final class PaymentArrivals {
  private static final long SEED = 20_180_401;

  /** One payment in so many arrives twice. */
  private static final int TWICE_IN = 100;

  private final FeatureInput input;
  private final int[] arrivals;
  private final AtomicInteger sent = new AtomicInteger();

  private PaymentArrivals(FeatureInput input, int[] arrivals) {
    this.input = input;
    this.arrivals = arrivals;
  }

  /** Those of a mode, the same at every run. */
  static PaymentArrivals of(FeatureInput input, FeatureMode mode) {
    int[] inOrder = new int[input.size()];
    Arrays.setAll(inOrder, i -> i);
    long lateness = mode.lateness().toMillis();
    return new PaymentArrivals(input, lateness == 0 ? inOrder : shuffled(input, lateness));
  }

  /** Each a random time after it happened, which is the lateness at most. */
  private static int[] shuffled(FeatureInput input, long lateness) {
    Random random = new Random(SEED);
    int[] payments = new int[input.size() + input.size() / TWICE_IN];
    Arrays.setAll(payments, i -> i < input.size() ? i : random.nextInt(input.size()));
    long[] due = new long[payments.length];
    Arrays.setAll(due, i -> input.time(payments[i]) + random.nextLong(lateness + 1));
    return Arrays.stream(TimeOrder.of(due)).map(i -> payments[i]).toArray();
  }

  /** Number of arrivals. */
  int size() {
    return arrivals.length;
  }

  /** The number, by time, of the payment that arrives as that number. */
  int payment(int number) {
    return arrivals[number];
  }

  /** Takes the arrival of that number. */
  PaymentFeatures take(int number) {
    sent.set(number + 1);
    return input.payment(arrivals[number]);
  }

  /** Arrivals taken so far; fewer after a restart. */
  int sent() {
    return sent.get();
  }
}
