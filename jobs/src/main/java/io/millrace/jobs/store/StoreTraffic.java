package io.millrace.jobs.store;

import io.millrace.jobs.Failure;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.jobs.local.EventProducer;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a simulated store's events to Kafka on a thread of its own: those of its past as fast as
 * they go, then each when its time has come.
 */
public final class StoreTraffic implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreTraffic.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

  private final SimulatedStore store;
  private final EventProducer producer;
  private final BiConsumer<ContractEvent, SimulatedStore> listener;
  private final Clock clock;
  private final AtomicLong sent = new AtomicLong();
  private final CompletableFuture<String> trouble = new CompletableFuture<>();
  private final Thread thread = new Thread(this::run, "store-traffic");

  private StoreTraffic(
      SimulatedStore store,
      EventProducer producer,
      BiConsumer<ContractEvent, SimulatedStore> listener,
      Clock clock) {
    this.store = store;
    this.producer = producer;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Begins to send.
   *
   * @param listener is told every event, on the sending thread, the only one that may ask the store
   */
  public static StoreTraffic begin(
      SimulatedStore store,
      EventProducer producer,
      BiConsumer<ContractEvent, SimulatedStore> listener,
      Clock clock) {
    StoreTraffic traffic = new StoreTraffic(store, producer, listener, clock);
    traffic.thread.start();
    return traffic;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        ContractEvent event = store.next();
        long wait = event.eventTime() - clock.millis();
        if (wait > 0) {
          Thread.sleep(wait);
        }
        producer.send(event);
        listener.accept(event, store);
        sent.incrementAndGet();
      }
    } catch (InterruptedException e) {
      LOG.info("the store closes after {} events", sent);
    } catch (Failure e) {
      LOG.error("the store cannot send", e);
      trouble.complete(e.getMessage());
    } catch (RuntimeException e) {
      // Sending is interrupted inside the client too, which wraps it.
      if (!Thread.currentThread().isInterrupted()) {
        LOG.error("the store failed", e);
        trouble.complete("the simulated store failed: " + e);
      }
    }
  }

  /** Events handed to Kafka. */
  public long sent() {
    return sent.get();
  }

  /** Completes with a sentence when nothing can be sent any more. */
  public CompletableFuture<String> onTrouble() {
    return trouble;
  }

  /** Stops sending and closes the producer. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(STOP_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
  }
}
