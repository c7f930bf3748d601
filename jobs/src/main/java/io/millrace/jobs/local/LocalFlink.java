package io.millrace.jobs.local;

import io.millrace.jobs.Failure;
import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.Options;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.RestoreMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.metrics.MetricRegistryConfiguration;
import org.apache.flink.runtime.metrics.MetricRegistryImpl;
import org.apache.flink.runtime.metrics.ReporterSetup;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink in this JVM, with its REST interface and dashboard on loopback and its state in RocksDB. A
 * job begins from the newest savepoint or completed checkpoint in its folder, if there is one.
 */
public final class LocalFlink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalFlink.class);
  private static final Duration RUN_LIMIT = Duration.ofSeconds(60);
  private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(5);
  private static final Duration SAVEPOINT_LIMIT = Duration.ofSeconds(6);
  private static final Duration CANCEL_LIMIT = Duration.ofSeconds(2);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);
  private static final Duration POLL = Duration.ofMillis(50);

  private final MiniCluster cluster;
  private final LiveGauges gauges;
  private final Path dir;
  private final Options options;
  private final List<Running> jobs = new ArrayList<>();
  private final CompletableFuture<String> jobEnd = new CompletableFuture<>();

  private record Running(String name, JobID id, Path dir, CompletableFuture<JobResult> end) {}

  private LocalFlink(MiniCluster cluster, LiveGauges gauges, Path dir, Options options) {
    this.cluster = cluster;
    this.gauges = gauges;
    this.dir = dir;
    this.options = options;
  }

  /**
   * Starts the cluster, with no job yet.
   *
   * @param port of the dashboard, 0 for any that is free
   * @param dir where state and scratch files are kept
   * @param logFile what the dashboard shows as its log
   * @param jobs how many jobs it will run
   * @throws Failure if the port is taken or Flink does not start
   */
  public static LocalFlink start(int port, Path dir, Path logFile, int jobs, Options options)
      throws IOException {
    Ports.requireFree("Flink's dashboard", port);
    Path tmp = Files.createDirectories(dir.resolve("tmp"));
    LiveGauges gauges = new LiveGauges();
    MiniCluster cluster =
        new ReportingCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(FlinkSettings.cluster(port, tmp, logFile, options))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(jobs * EngineOptions.localParallelism(options))
                .build(),
            gauges);
    try {
      cluster.start();
    } catch (Exception e) {
      throw Failure.failed("Flink did not start: " + rootMessage(e), e);
    }
    return new LocalFlink(cluster, gauges, dir, options);
  }

  /** Address of the dashboard and of the REST interface. */
  public URI dashboard() {
    return cluster.getRestAddress().join();
  }

  /**
   * Starts a job from its newest state and waits until all of it runs.
   *
   * @return what it began from, empty if it began anew
   * @throws Failure if it does not run within a minute
   */
  public Optional<Path> run(LocalJob job) throws IOException {
    Path state = dir.resolve(job.name());
    Files.createDirectories(JobState.checkpoints(state));
    Files.createDirectories(JobState.savepoints(state));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(FlinkSettings.job(state, options));
    job.topology().accept(env, options);
    StreamGraph stream = env.getStreamGraph();
    stream.setJobName(job.name());
    JobGraph graph = stream.getJobGraph();
    Optional<Path> start = JobState.newest(state);
    // Claimed: Flink removes what it began from once it has a newer checkpoint.
    start.ifPresent(
        path ->
            graph.setSavepointRestoreSettings(
                SavepointRestoreSettings.forPath(JobState.uri(path), false, RestoreMode.CLAIM)));
    JobID id = graph.getJobID();
    try {
      cluster.submitJob(graph).get(RUN_LIMIT.toSeconds(), TimeUnit.SECONDS);
      awaitRunning(id, RUN_LIMIT);
    } catch (ExecutionException | TimeoutException e) {
      throw notRunning(job.name(), start, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notRunning(job.name(), start, e);
    }
    CompletableFuture<JobResult> end = cluster.requestJobResult(id);
    jobs.add(new Running(job.name(), id, state, end));
    end.whenComplete((result, error) -> jobEnd.complete(describe(job.name(), result, error)));
    return start;
  }

  private void awaitRunning(JobID id, Duration limit)
      throws InterruptedException, ExecutionException, TimeoutException {
    long deadline = System.nanoTime() + limit.toNanos();
    CompletableFuture<JobResult> result = cluster.requestJobResult(id);
    while (!allRunning(cluster.getExecutionGraph(id).get())) {
      if (System.nanoTime() > deadline) {
        AccessExecutionGraph graph = cluster.getExecutionGraph(id).get();
        String cause =
            graph.getFailureInfo() == null
                ? "it is " + graph.getState()
                : graph.getFailureInfo().getExceptionAsString();
        throw new TimeoutException(cause);
      }
      try {
        JobResult ended = result.get(POLL.toMillis(), TimeUnit.MILLISECONDS);
        throw new ExecutionException(
            ended
                .getSerializedThrowable()
                .<Throwable>map(t -> t.deserializeError(getClass().getClassLoader()))
                .orElseGet(() -> new IllegalStateException("it ended at once")));
      } catch (TimeoutException e) {
        LOG.debug("job {} does not run yet", id);
      }
    }
  }

  private static boolean allRunning(AccessExecutionGraph graph) {
    // A job that is still being initialized has no vertices at all.
    return graph.getState() == JobStatus.RUNNING
        && StreamSupport.stream(graph.getAllExecutionVertices().spliterator(), false)
            .allMatch(vertex -> vertex.getExecutionState() == ExecutionState.RUNNING);
  }

  private static Failure notRunning(String job, Optional<Path> start, Exception cause) {
    String from =
        start
            .map(
                path ->
                    ". It began from the state in "
                        + path
                        + "; if that is of another version, use another --data-dir")
            .orElse("");
    return Failure.failed("the " + job + " job does not run: " + rootMessage(cause) + from, cause);
  }

  private static String describe(String job, JobResult result, Throwable error) {
    Throwable cause =
        error != null
            ? error
            : result
                .getSerializedThrowable()
                .<Throwable>map(t -> t.deserializeError(LocalFlink.class.getClassLoader()))
                .orElse(null);
    LOG.warn("the {} job ended", job, cause);
    return "the " + job + " job ended" + (cause == null ? "" : ": " + rootMessage(cause));
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = ExceptionUtils.stripExecutionException(thrown);
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getMessage() == null
        ? root.toString()
        : root.getMessage().lines().findFirst().orElse("");
  }

  /** Completes with a sentence when a job has ended for good while it should run. */
  CompletableFuture<String> onJobEnd() {
    return jobEnd;
  }

  /**
   * Stops all jobs with a savepoint each. A job that does not manage in time is cancelled; its last
   * checkpoint is kept.
   */
  public void stopWithSavepoints() {
    List<CompletableFuture<String>> stops = new ArrayList<>();
    try {
      for (Running job : jobs) {
        // While it recovers from a failure it takes no savepoint.
        awaitRunning(job.id(), RECOVERY_LIMIT);
        stops.add(
            cluster.stopWithSavepoint(
                job.id(),
                JobState.uri(JobState.savepoints(job.dir())),
                false,
                SavepointFormatType.NATIVE));
      }
      CompletableFuture.allOf(stops.toArray(CompletableFuture[]::new))
          .get(SAVEPOINT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("no savepoint of every job; the next start uses the last checkpoint", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The whole numbers that the accumulators of a job hold at its end; waits for that.
   *
   * @throws Failure if the job does not end in time
   */
  public Map<String, Long> counts(String job) {
    Map<String, Long> counts = new TreeMap<>();
    try {
      for (Running running : jobs) {
        if (running.name().equals(job)) {
          JobResult result = running.end().get(RUN_LIMIT.toSeconds(), TimeUnit.SECONDS);
          for (var entry : result.getAccumulatorResults().entrySet()) {
            Object count = entry.getValue().deserializeValue(getClass().getClassLoader()).get();
            if (count instanceof Long number) {
              counts.put(entry.getKey(), number);
            }
          }
        }
      }
      return counts;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted while the " + job + " job was ending", e);
    } catch (Exception e) {
      throw Failure.failed("the " + job + " job did not end with its counts: " + e.getMessage(), e);
    }
  }

  /**
   * What a gauge of the operators tells at this moment, one number a subtask; empty if none has it.
   */
  public List<Long> gauges(String name) {
    return gauges.read(name);
  }

  /** Cancels what still runs and ends the cluster; does nothing the second time. */
  @Override
  public void close() {
    try {
      List<CompletableFuture<?>> ends = new ArrayList<>();
      for (Running job : jobs) {
        if (!cluster.isRunning() || cluster.requestJobResult(job.id()).isDone()) {
          continue;
        }
        ends.add(
            cluster.cancelJob(job.id()).thenCompose(ack -> cluster.requestJobResult(job.id())));
      }
      CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
          .get(CANCEL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.info("not every job ended before the cluster", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    jobs.clear();
    try {
      cluster.closeAsync().get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Flink did not end in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // The close() that it inherits throws whatever it likes; it is never used in a try.
  @SuppressWarnings("try")
  private static final class ReportingCluster extends MiniCluster {
    private final LiveGauges gauges;

    private ReportingCluster(MiniClusterConfiguration configuration, LiveGauges gauges) {
      super(configuration);
      this.gauges = gauges;
    }

    @Override
    protected MetricRegistryImpl createMetricRegistry(Configuration set, long mostBytes) {
      return new MetricRegistryImpl(
          MetricRegistryConfiguration.fromConfiguration(set, mostBytes),
          List.of(ReporterSetup.forReporter("live", gauges)));
    }
  }
}
