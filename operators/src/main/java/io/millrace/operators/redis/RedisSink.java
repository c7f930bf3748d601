package io.millrace.operators.redis;

import io.millrace.features.redis.RedisSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes a stream of {@link RedisWrite} to Redis: many keys a call, the newest version of each, and
 * nothing lost while Redis is away.
 *
 * <pre>{@code
 * StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
 * env.enableCheckpointing(10_000);
 * byte[] value = "{\"version\":\"00011764000000000000\",\"items\":[]}".getBytes(UTF_8);
 * env.fromData(RedisWrite.set("trend:{_all}", value, Duration.ofDays(1), 0))
 *     .keyBy(RedisWrite::key)
 *     .sinkTo(
 *         RedisSink.builder()
 *             .settings(RedisSettings.parse("redis://127.0.0.1:6379"))
 *             .linger(Duration.ofMillis(5))
 *             .build())
 *     .uid("redis")
 *     .name("redis");
 * env.execute();
 * }</pre>
 *
 * <p>All writes of a key have to come to the sink from one subtask: by {@code keyBy(RedisWrite::
 * key)}, or as the output of an operator that already is keyed so, at the same parallelism.
 *
 * <p>At least once: a checkpoint completes when Redis has acknowledged every write before it, and
 * as a write carries its version, writing it again changes nothing. Where Redis refuses login or
 * permission the job fails and says why; where a key holds another type the write is counted as
 * {@code redis_rejected} and set aside; where Redis is away, starts, or is out of memory, the job
 * waits.
 *
 * <p>Redis answers before its replicas have a write, so a master that dies takes its last writes
 * with it, though a checkpoint may have counted on them. {@link Builder#waitForReplicas} closes
 * that gap: then every batch is held, and sent again to whoever is master, until that many replicas
 * have it.
 *
 * <p>Metrics of a writer: counters {@code redis_writes} (applied), {@code redis_coalesced} (gave
 * way to a newer one before they were sent), {@code redis_fenced} (older than what is there),
 * {@code redis_retries}, {@code redis_redirects} (calls that a cluster sent on to another node),
 * {@code redis_rejected}; histograms {@code redis_batch_size}, {@code redis_round_trip_ms}, {@code
 * redis_event_delay_ms} (from the origin of a write to its acknowledgement).
 */
public final class RedisSink implements Sink<RedisWrite> {
  private static final long serialVersionUID = 1L;

  private final RedisSettings settings;
  private final int batchKeys;
  private final long batchBytes;
  private final Duration linger;
  private final ReplicaWait replicaWait;

  private RedisSink(Builder builder) {
    this.settings = builder.settings;
    this.batchKeys = builder.batchKeys;
    this.batchBytes = builder.batchBytes;
    this.linger = builder.linger;
    this.replicaWait = builder.replicaWait;
  }

  /** A builder with all set but the settings. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public SinkWriter<RedisWrite> createWriter(WriterInitContext context) {
    return new RedisSinkWriter(this, context);
  }

  /** Not called by this version of Flink. */
  @Override
  @Deprecated
  public SinkWriter<RedisWrite> createWriter(Sink.InitContext context) throws IOException {
    throw new UnsupportedOperationException("Flink 1.19 or later is needed");
  }

  RedisSettings settings() {
    return settings;
  }

  int batchKeys() {
    return batchKeys;
  }

  long batchBytes() {
    return batchBytes;
  }

  Duration linger() {
    return linger;
  }

  ReplicaWait replicaWait() {
    return replicaWait;
  }

  /** Gathers the options of a {@link RedisSink} and refuses bad ones as they come. */
  public static final class Builder {
    private RedisSettings settings;
    private int batchKeys = 1_024;
    private long batchBytes = 4L << 20;
    private Duration linger = Duration.ofMillis(5);
    private ReplicaWait replicaWait = ReplicaWait.NONE;

    private Builder() {}

    /** Where Redis is; its key prefix stands before every key. Required. */
    public Builder settings(RedisSettings settings) {
      this.settings = Objects.requireNonNull(settings, "settings");
      return this;
    }

    /** Keys at which a batch is sent, 1 to 65,536, by default 1,024. */
    public Builder batchKeys(int keys) {
      if (keys < 1 || keys > 65_536) {
        throw new IllegalArgumentException("batchKeys is " + keys + "; give 1 to 65536");
      }
      this.batchKeys = keys;
      return this;
    }

    /** Bytes of keys and values at which a batch is sent, by default 4 MiB. */
    public Builder batchBytes(long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("batchBytes is " + bytes + "; give 1 or more");
      }
      this.batchBytes = bytes;
      return this;
    }

    /** How long a write may wait for others to share its batch, up to a minute, by default 5 ms. */
    public Builder linger(Duration linger) {
      if (linger.isNegative() || linger.compareTo(Duration.ofMinutes(1)) > 0) {
        throw new IllegalArgumentException(
            "linger is " + linger.toMillis() + " ms; give 0 ms to 1 minute");
      }
      this.linger = linger;
      return this;
    }

    /**
     * How many replicas of a master have to hold a write before it counts as written, and so before
     * a checkpoint completes; 0 to 100, by default 0. While too few do, the job waits.
     *
     * @param timeout how long the master waits for them until it is asked again, 1 ms to 1 minute
     */
    public Builder waitForReplicas(int replicas, Duration timeout) {
      if (replicas < 0 || replicas > 100) {
        throw new IllegalArgumentException("replicas is " + replicas + "; give 0 to 100");
      }
      if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofMinutes(1)) > 0) {
        throw new IllegalArgumentException(
            "timeout is " + timeout.toMillis() + " ms; give 1 ms to 1 minute");
      }
      this.replicaWait = new ReplicaWait(replicas, timeout);
      return this;
    }

    /**
     * Makes the sink; Redis is first reached when there is something to write.
     *
     * @throws IllegalStateException if the settings are missing
     */
    public RedisSink build() {
      if (settings == null) {
        throw new IllegalStateException("the sink has no Redis; call settings(RedisSettings)");
      }
      return new RedisSink(this);
    }
  }
}
