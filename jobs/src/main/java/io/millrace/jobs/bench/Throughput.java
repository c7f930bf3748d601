package io.millrace.jobs.bench;

/**
 * How much was done in how much time.
 *
 * @param done clicks or writes
 * @param times what it took
 */
record Throughput(long done, CpuTimes times) {

  double perSecond() {
    return done / times.seconds();
  }

  /** Per second of this process's processor time. */
  double perCpuSecond() {
    return done / (times.jvm() / 1e9);
  }

  /** Seconds of processor time a million. */
  double perMillion(long cpuNanos) {
    return cpuNanos / 1e9 / done * 1e6;
  }
}
