package io.millrace.jobs.local;

import static org.rocksdb.CompressionType.NO_COMPRESSION;
import static org.rocksdb.CompressionType.SNAPPY_COMPRESSION;

import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.Options;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend.PriorityQueueStateType;
import org.apache.flink.contrib.streaming.state.RocksDBConfigurableOptions;
import org.apache.flink.contrib.streaming.state.RocksDBOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/** The Flink configuration of the local engine: of its cluster, and of each job. */
public final class FlinkSettings {
  private static final String LOOPBACK = "127.0.0.1";

  private static final MemorySize LEAST_MANAGED = MemorySize.ofMebiBytes(256);

  private static final double MANAGED_SHARE = 1.0 / 16;

  /** For all jobs together; with less than they ask for, they wait for each other. */
  private static final MemorySize NETWORK = MemorySize.ofMebiBytes(192);

  private FlinkSettings() {}

  /**
   * For what RocksDB keeps in memory of all states. It reads what is not there from files, ten
   * times as slowly, so a store's size and its machine's go together.
   */
  private static MemorySize managed() {
    var machine =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    MemorySize share = new MemorySize(machine.getTotalMemorySize()).multiply(MANAGED_SHARE);
    return share.compareTo(LEAST_MANAGED) > 0 ? share : LEAST_MANAGED;
  }

  /**
   * No more under way between two operators than is worked off in this time. A checkpoint goes the
   * same way, and holds the clicks up where ways meet until it has come by the slowest; the way of
   * an order through the fraud job has five such stretches.
   */
  private static Configuration inFlight() {
    Configuration set = new Configuration();
    set.set(TaskManagerOptions.BUFFER_DEBLOAT_ENABLED, true);
    set.set(TaskManagerOptions.BUFFER_DEBLOAT_TARGET, Duration.ofMillis(20));
    return set;
  }

  /** The cluster: everything on loopback, its scratch files in {@code tmp}. */
  static Configuration cluster(int port, Path tmp, Path logFile, Options options) {
    Configuration set = new Configuration();
    set.set(RestOptions.ADDRESS, LOOPBACK);
    set.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    set.set(RestOptions.PORT, port);
    set.set(RestOptions.BIND_PORT, String.valueOf(port));
    set.set(JobManagerOptions.ADDRESS, LOOPBACK);
    set.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    set.set(TaskManagerOptions.HOST, LOOPBACK);
    set.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
    set.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, managed());
    set.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK);
    set.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK);
    set.addAll(inFlight());
    set.set(WebOptions.SUBMIT_ENABLE, false);
    set.set(WebOptions.LOG_PATH, logFile.toString());
    set.set(WebOptions.TMP_DIR, tmp.toString());
    set.set(CoreOptions.TMP_DIRS, tmp.toString());
    set.addAll(job(Path.of(""), options));
    return set;
  }

  /** A job that brings its own cluster within this JVM, for evaluations and tests. */
  public static Configuration embedded(Path dir, Options options) {
    Configuration set = job(dir, options);
    set.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, managed());
    set.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK);
    set.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK);
    set.addAll(inFlight());
    set.set(CoreOptions.TMP_DIRS, dir.toString());
    set.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    set.set(RestOptions.BIND_PORT, "0");
    return set;
  }

  /** One job, with its checkpoints in {@code dir}. */
  static Configuration job(Path dir, Options options) {
    Configuration set = new Configuration();
    set.set(CoreOptions.DEFAULT_PARALLELISM, EngineOptions.localParallelism(options));
    set.set(PipelineOptions.MAX_PARALLELISM, options.get(EngineOptions.MAX_PARALLELISM));
    set.set(PipelineOptions.GENERIC_TYPES, false);
    set.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    set.set(PipelineOptions.OBJECT_REUSE, true);
    // Where a click must not wait, the topology says so.
    set.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(100));

    set.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    // Flink leaves timers on the heap out of a savepoint in RocksDB's native format.
    set.set(RocksDBOptions.TIMER_SERVICE_FACTORY, PriorityQueueStateType.ROCKSDB);
    // Every state takes an eighth of its write buffer from the memory that all states of a slot
    // share as soon as it is written to. With the default of 64 MB that is all of it, and RocksDB
    // flushes a few records at a time, until it must stall writes.
    set.set(RocksDBConfigurableOptions.WRITE_BUFFER_SIZE, MemorySize.ofMebiBytes(8));
    set.set(RocksDBConfigurableOptions.MAX_WRITE_BUFFER_NUMBER, 4);
    // The files of a checkpoint are written while clicks wait, and merged soon.
    set.set(
        RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL,
        List.of(NO_COMPRESSION, NO_COMPRESSION, SNAPPY_COMPRESSION));
    set.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
    set.set(RocksDBOptions.OPTIONS_FACTORY, BackgroundWork.class.getName());
    set.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    set.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    set.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, JobState.uri(JobState.checkpoints(dir)));
    set.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    set.set(
        CheckpointingOptions.CHECKPOINTING_INTERVAL,
        options.get(EngineOptions.CHECKPOINT_INTERVAL));
    set.set(
        CheckpointingOptions.CHECKPOINTING_TIMEOUT, options.get(EngineOptions.CHECKPOINT_TIMEOUT));
    // It overtakes what waits to be compared with other items, so that clicks, whose way it joins
    // behind that, do not wait for it.
    set.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
    set.set(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT, Duration.ofMillis(100));
    set.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    // A server that is away for long makes checkpoints fail; the job waits for it all the same.
    set.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);

    set.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    set.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(500));
    set.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(10));
    return set;
  }
}
