package io.millrace.operators.redis;

import io.millrace.features.redis.RedisSettings;
import java.io.IOException;
import java.util.List;
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
  private final Counter retries;
  private final Listener listener;
  private final ExecutorService thread;
  private volatile RedisConnection connection;
  private volatile boolean sending;
  private volatile boolean closed;
  private final CountDownLatch closing = new CountDownLatch(1);
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
   * @param answers an answer a write, see {@link RedisConnection#write}
   * @param roundTripNanos from the first byte sent to the last answer
   * @param at wall clock of the last answer, milliseconds
   */
  record Receipt(List<RedisWrite> batch, Object[] answers, long roundTripNanos, long at) {}

  /**
   * @param name of the thread
   * @param retries counts from the sender's thread
   */
  BatchSender(RedisSettings settings, String name, Counter retries, Listener listener) {
    this.settings = settings;
    this.retries = retries;
    this.listener = listener;
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
        RedisConnection redis = connect();
        long start = System.nanoTime();
        sending = true;
        Object[] answers = redis.write(batch);
        long end = System.nanoTime();
        sending = false;
        noteReturn();
        return new Receipt(batch, answers, end - start, System.currentTimeMillis());
      } catch (JedisException e) {
        sending = false;
        disconnect();
        if (closed) {
          throw e;
        }
        noteFault(e);
        retries.inc();
        closing.await(backoffMillis(attempt), TimeUnit.MILLISECONDS);
      }
    }
  }

  private RedisConnection connect() throws InterruptedException {
    if (connection == null) {
      connection = RedisConnection.open(settings);
      if (closed) {
        disconnect();
        throw new InterruptedException("the sink was closed");
      }
    }
    return connection;
  }

  private void disconnect() {
    RedisConnection old = connection;
    connection = null;
    if (old != null) {
      old.abort();
    }
  }

  private void noteFault(JedisException error) throws IOException {
    switch (RedisFault.of(error)) {
      case UNAVAILABLE -> {
        attemptsSinceLost++;
        if (lostAt == 0) {
          lostAt = System.nanoTime();
          LOG.warn(
              "Redis at {} takes no writes: {}. The job waits and tries until it does; nothing is"
                  + " lost.",
              settings.address(),
              describe(error));
        }
      }
      case NO_SCRIPT -> LOG.info("Redis at {} lost its scripts; loading", settings.address());
      case DENIED ->
          throw new IOException(
              "Redis at "
                  + settings.address()
                  + " denies access: "
                  + describe(error)
                  + ". Check the user and password in the Redis settings, and that this user may"
                  + " call SCRIPT LOAD, EVALSHA, GETRANGE and SET on the keys.",
              error);
      default ->
          throw new IOException(
              "Redis at "
                  + settings.address()
                  + " refuses to write: "
                  + describe(error)
                  + ". Trying again would not help; see the log of Redis, and whether it is a"
                  + " Redis of 6.2 or later.",
              error);
    }
  }

  private void noteReturn() {
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

  private static String describe(JedisException error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = RedisFault.messageOf(error);
    return root == error ? message : message + " (" + root.getMessage() + ")";
  }

  /** Doubles from attempt to attempt; the random half keeps writers from coming all at once. */
  private static long backoffMillis(int attempt) {
    long full = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS << Math.min(attempt, 10));
    return full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1);
  }

  /** Gives up on a connection that takes no bytes, so that the batch is tried on a new one. */
  void abandonStalledConnection() {
    RedisConnection current = connection;
    if (sending
        && current != null
        && current.stalledFor().compareTo(settings.timeout().multipliedBy(2)) > 0) {
      current.abort();
    }
  }

  /** Stops at once; a batch that was not acknowledged is for the next attempt of the job. */
  @Override
  public void close() {
    closed = true;
    closing.countDown();
    thread.shutdownNow();
    RedisConnection current = connection;
    if (current != null) {
      current.abort();
    }
    try {
      // A thread that is just connecting ends by its own timeout; nobody needs to wait for that.
      thread.awaitTermination(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    disconnect();
  }
}
