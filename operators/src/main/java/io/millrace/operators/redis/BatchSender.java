package io.millrace.operators.redis;

import io.millrace.features.redis.RedisSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Sends one batch after the other from a thread of its own, and does not let go of a batch until
 * Redis has acknowledged all of it, however long Redis is away. A batch is sent again as a whole:
 * writing it twice leaves what writing it once does.
 */
final class BatchSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchSender.class);

  private static final long FIRST_BACKOFF_MS = 20;
  private static final long LONGEST_BACKOFF_MS = 1_000;
  private static final long CLOSE_TIMEOUT_MS = 3_000;

  private final RedisSettings settings;
  private final WriteRoute route;
  private final Counter retries;
  private final Listener listener;
  private final ExecutorService thread;
  private final Duration longestStall;
  private volatile boolean closed;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Set<RedisFault> told = EnumSet.noneOf(RedisFault.class);
  private long lostAt;
  private int attemptsSinceLost;

  /** Hears of each batch, in the sender's thread. */
  interface Listener {
    void delivered(Receipt receipt);

    void failed(Throwable error);
  }

  /**
   * A batch that Redis has acknowledged.
   *
   * @param batch what was sent
   * @param answers an answer a write, see {@link WriteRoute#write}
   * @param roundTripNanos from the first byte sent to the last answer
   * @param at wall clock of the last answer, milliseconds
   */
  record Receipt(List<RedisWrite> batch, Object[] answers, long roundTripNanos, long at) {}

  /**
   * @param wait for replicas, with each batch
   * @param name of the thread
   * @param metrics of which the retries and the redirects count from the sender's thread
   */
  BatchSender(
      RedisSettings settings,
      ReplicaWait wait,
      String name,
      RedisSinkMetrics metrics,
      Listener listener) {
    this.settings = settings;
    this.route = WriteRoute.of(settings, wait, metrics.redirects);
    this.retries = metrics.retries;
    this.listener = listener;
    this.longestStall = settings.timeout().multipliedBy(2);
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, name);
              made.setDaemon(true);
              return made;
            });
  }

  /** Sends a batch; the next may follow once the listener has heard of this one. */
  void send(List<RedisWrite> batch) {
    thread.execute(
        () -> {
          try {
            listener.delivered(deliver(batch));
          } catch (Throwable e) {
            if (!closed) {
              listener.failed(e);
            }
          }
        });
  }

  private Receipt deliver(List<RedisWrite> batch) throws IOException, InterruptedException {
    for (int attempt = 0; ; attempt++) {
      try {
        long start = System.nanoTime();
        Object[] answers = route.write(batch);
        long end = System.nanoTime();
        noteReturn();
        return new Receipt(batch, answers, end - start, System.currentTimeMillis());
      } catch (JedisException e) {
        if (closed) {
          throw e;
        }
        noteFault(e);
        retries.inc();
        closing.await(backoffMillis(attempt), TimeUnit.MILLISECONDS);
      }
    }
  }

  private void noteFault(JedisException error) throws IOException {
    RedisFault fault = RedisFault.of(error);
    boolean first = told.add(fault);
    switch (fault) {
      case UNAVAILABLE, UNREPLICATED -> {
        attemptsSinceLost++;
        lostAt = lostAt == 0 ? System.nanoTime() : lostAt;
        if (first) {
          LOG.warn(
              "Redis at {} {}: {}. The job waits and tries until it does; nothing is lost.",
              settings.address(),
              fault == RedisFault.UNAVAILABLE ? "takes no writes" : "does not replicate",
              RedisFault.describe(error));
        }
      }
      case NO_SCRIPT -> LOG.info("Redis at {} lost its scripts; loading", settings.address());
      default -> throw new IOException(FaultMessage.of(settings, error), error);
    }
  }

  private void noteReturn() {
    told.clear();
    if (lostAt != 0) {
      LOG.info(
          "Redis at {} takes writes again, after {} s and {} attempts",
          settings.address(),
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - lostAt),
          attemptsSinceLost);
      lostAt = 0;
      attemptsSinceLost = 0;
    }
  }

  /** Doubles from attempt to attempt; the random half keeps writers from coming all at once. */
  private static long backoffMillis(int attempt) {
    long full = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS << Math.min(attempt, 10));
    return full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1);
  }

  /** Gives up on a connection that takes no bytes, so that the batch is tried on a new one. */
  void abandonStalledConnection() {
    route.abandonStalled(longestStall);
  }

  /** Stops at once; a batch that was not acknowledged is for the next attempt of the job. */
  @Override
  public void close() {
    closed = true;
    closing.countDown();
    thread.shutdownNow();
    route.close();
    try {
      // A thread that is just connecting ends by its own timeout; nobody needs to wait for that.
      thread.awaitTermination(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    route.close();
  }
}
