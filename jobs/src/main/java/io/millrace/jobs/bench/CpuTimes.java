package io.millrace.jobs.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Processor time used so far, and the time of day, in nanoseconds.
 *
 * @param wall since some moment
 * @param jvm of this process with all its threads: Flink, garbage collection, compilation
 * @param kafka of the broker
 * @param redis of the server
 */
record CpuTimes(long wall, long jvm, long kafka, long redis) {

  /** As of now. */
  static CpuTimes now(long kafkaPid, long redisPid) {
    OperatingSystemMXBean jvm =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new CpuTimes(
        System.nanoTime(), jvm.getProcessCpuTime(), ofProcess(kafkaPid), ofProcess(redisPid));
  }

  private static long ofProcess(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .map(Duration::toNanos)
        .orElse(0L);
  }

  CpuTimes since(CpuTimes start) {
    return new CpuTimes(
        wall - start.wall, jvm - start.jvm, kafka - start.kafka, redis - start.redis);
  }

  double seconds() {
    return wall / 1e9;
  }
}
