package io.millrace.jobs.bench;

import io.millrace.features.event.VisitorEvent;
import io.millrace.jobs.Failure;
import io.millrace.jobs.bench.VisitorValues.Wanted;
import io.millrace.jobs.evaluate.Delays;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.jobs.local.EventProducer;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Sends events at a steady rate and looks, every five milliseconds, whether the values of some of
 * them are there. The time counts from the moment the event is due to be handed to the Kafka
 * producer, so neither the producer's own waiting nor a pause of this process is left out.
 */
final class DelayProbe {
  /** Between two turns of the sender. */
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** Between two looks; one more often would be a load that shows. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final long LAST_SECONDS = 30;

  /**
   * Values that one look asks for, oldest first: where they come late, the looking must not become
   * a load of its own. One that overtakes this many is found later than it came.
   */
  private static final int MOST_LOOKED_FOR = 25;

  private final IntFunction<? extends VisitorEvent> events;
  private final EventProducer producer;
  private final Answers values;
  private final Function<VisitorEvent, String> about;
  private final Queue<Wanted> sent = new ConcurrentLinkedQueue<>();
  private final Delays delays = new Delays();
  private volatile boolean ended;
  private volatile boolean allSent;
  private int lost;

  /**
   * @param events by their number
   * @param values that the job makes of them, by visitor
   */
  DelayProbe(
      IntFunction<? extends VisitorEvent> events, EventProducer producer, VisitorValues values) {
    this(events, producer, values, VisitorEvent::visitorId);
  }

  /**
   * @param events by their number
   * @param values that the job makes of them
   * @param about whose, or of which order, the value of an event is
   */
  DelayProbe(
      IntFunction<? extends VisitorEvent> events,
      EventProducer producer,
      Answers values,
      Function<VisitorEvent, String> about) {
    this.events = events;
    this.producer = producer;
    this.values = values;
    this.about = about;
  }

  /**
   * Sends events at a pace and measures.
   *
   * @param from the first event
   */
  Delays run(int from, Pace pace) throws InterruptedException {
    return run(from, pace.warmUp(), pace.count(), pace.rate(), pace.every());
  }

  /**
   * Sends events and measures.
   *
   * @param from the first event
   * @param warmUp events before the first that is measured
   * @param count events in all
   * @param rate events a second
   * @param every one event of so many is looked for
   */
  Delays run(int from, int warmUp, int count, double rate, int every) throws InterruptedException {
    Thread reader = new Thread(this::readBack, "bench-read-back");
    reader.start();
    long start = System.nanoTime();
    try {
      for (int i = 0; i < count && !ended; i++) {
        long due = start + (long) (i * 1e9 / rate);
        awaitTurn(due);
        VisitorEvent event = events.apply(from + i);
        producer.send(ContractEvent.of(event));
        if (i >= warmUp && i % every == 0) {
          sent.add(new Wanted(about.apply(event), event.eventTime(), due));
        }
      }
      producer.flush();
    } finally {
      allSent = true;
      reader.join();
    }
    if (lost > 0) {
      throw Failure.failed(lost + " values did not come within " + LAST_SECONDS + " s");
    }
    return delays;
  }

  /** Has no more events sent than were sent until now; for any thread. */
  void end() {
    ended = true;
  }

  /** Wakes at most every millisecond: a system call an event would be a load of its own. */
  private static void awaitTurn(long due) {
    for (long rest = due - System.nanoTime(); rest > 0; rest = due - System.nanoTime()) {
      LockSupport.parkNanos(Math.max(rest, TURN_NANOS));
    }
  }

  private void readBack() {
    List<Wanted> waiting = new LinkedList<>();
    long deadline = Long.MAX_VALUE;
    while (!(allSent && sent.isEmpty() && waiting.isEmpty()) && System.nanoTime() < deadline) {
      if (allSent && deadline == Long.MAX_VALUE) {
        deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LAST_SECONDS);
      }
      for (Wanted value = sent.poll(); value != null; value = sent.poll()) {
        waiting.add(value);
      }
      lookForOldest(waiting);
      LockSupport.parkNanos(LOOK_NANOS);
    }
    lost = waiting.size();
  }

  /** Takes those of the oldest that are there off the list. */
  private void lookForOldest(List<Wanted> waiting) {
    List<Wanted> oldest =
        List.copyOf(waiting.subList(0, Math.min(waiting.size(), MOST_LOOKED_FOR)));
    Iterator<Wanted> missing = values.missing(oldest).iterator();
    long now = System.nanoTime();
    Wanted nextMissing = missing.hasNext() ? missing.next() : null;
    Iterator<Wanted> all = waiting.iterator();
    for (int i = 0; i < oldest.size(); i++) {
      Wanted value = all.next();
      if (value == nextMissing) {
        nextMissing = missing.hasNext() ? missing.next() : null;
      } else {
        delays.add((now - value.since()) / 1_000);
        all.remove();
      }
    }
  }
}
