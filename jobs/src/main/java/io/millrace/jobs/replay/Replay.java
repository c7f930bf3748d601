package io.millrace.jobs.replay;

import io.millrace.jobs.Failure;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.jobs.local.EventProducer;
import java.time.Clock;
import java.util.function.LongConsumer;

/** Sends a recording to Kafka in event-time order, as fast as wanted. */
public final class Replay {
  private final Recording recording;
  private final Speed speed;
  private final long shiftMs;

  private Replay(Recording recording, Speed speed, long shiftMs) {
    this.recording = recording;
    this.speed = speed;
    this.shiftMs = shiftMs;
  }

  /**
   * Nothing is sent yet.
   *
   * @param shiftToNow whether to move all times so that the last event falls on the moment it is
   *     sent; no event is then ahead of the clock at any speed
   */
  public static Replay of(Recording recording, Speed speed, boolean shiftToNow, Clock clock) {
    long last = recording.time(recording.size() - 1);
    long end = clock.millis() + speed.passes(last - recording.time(0));
    return new Replay(recording, speed, shiftToNow ? end - last : 0);
  }

  /** Number of events. */
  public int size() {
    return recording.size();
  }

  /** The i-th event by time. */
  public ContractEvent event(int i) {
    return recording.event(i, shiftMs);
  }

  /**
   * Sends everything and waits until Kafka has it.
   *
   * @param progress is told how many events have been handed over
   * @return milliseconds it took
   * @throws Failure if Kafka does not take an event; says how many it took
   */
  public long send(EventProducer producer, LongConsumer progress) throws InterruptedException {
    long start = System.nanoTime();
    long first = recording.time(0);
    for (int i = 0; i < recording.size(); i++) {
      awaitTurn(start, speed.passes(recording.time(i) - first), producer);
      producer.send(event(i));
      progress.accept(i + 1L);
    }
    producer.flush();
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static void awaitTurn(long startNanos, long dueMs, EventProducer producer)
      throws InterruptedException {
    long waitMs = dueMs - (System.nanoTime() - startNanos) / 1_000_000;
    if (waitMs > 0) {
      producer.requireHealthy();
      Thread.sleep(waitMs);
    }
  }
}
