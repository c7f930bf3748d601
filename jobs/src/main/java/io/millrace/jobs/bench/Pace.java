package io.millrace.jobs.bench;

/**
 * Events at half of the rate that a job managed, for two minutes.
 *
 * @param rate events a second
 * @param count events in all
 */
record Pace(double rate, int count) {
  /** Events for which there are enough at half of any rate that was seen. */
  static final int MOST = 8_000 * 120;

  private static final int SECONDS = 120;

  /** Of the events, this part is warm-up. */
  private static final double WARM_UP = 0.75;

  private static final int SAMPLES_A_SECOND = 250;

  /** At half of what was done a second; {@link #MOST} events at most. */
  static Pace halfOf(Throughput done) {
    double rate = done.perSecond() / 2;
    return new Pace(rate, (int) Math.min(MOST, rate * SECONDS));
  }

  /** Events before the first that is measured. */
  int warmUp() {
    return (int) (count * WARM_UP);
  }

  /** One event of so many is measured. */
  int every() {
    return Math.max(1, (int) (rate / SAMPLES_A_SECOND));
  }
}
