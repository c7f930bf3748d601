package io.millrace.jobs.bench;

import io.millrace.features.event.Click;
import io.millrace.jobs.Failure;
import io.millrace.jobs.bench.ListVersions.Wanted;
import io.millrace.jobs.evaluate.Delays;
import io.millrace.jobs.local.EventProducer;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Sends clicks at a steady rate and looks in Redis, every five milliseconds, whether the lists of
 * some of them are there. The time counts from the moment the click is due to be handed to the
 * Kafka producer, so neither the producer's own waiting nor a pause of this process is left out.
 */
final class DelayProbe {
  /** Between two turns of the sender. */
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** Between two looks; one more often would be a load that shows. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final long LAST_LIST_SECONDS = 30;

  /**
   * Lists that one look asks Redis for, oldest first: where lists come late, the looking must not
   * become a load of its own. One that overtakes this many is found later than it came.
   */
  private static final int MOST_LOOKED_FOR = 25;

  private final IntFunction<Click> clicks;
  private final EventProducer producer;
  private final ListVersions lists;
  private final Queue<Wanted> sent = new ConcurrentLinkedQueue<>();
  private final Delays delays = new Delays();
  private volatile boolean ended;
  private volatile boolean allSent;
  private int lost;

  /**
   * @param clicks by their number
   */
  DelayProbe(IntFunction<Click> clicks, EventProducer producer, ListVersions lists) {
    this.clicks = clicks;
    this.producer = producer;
    this.lists = lists;
  }

  /**
   * Sends clicks and measures.
   *
   * @param from the first click
   * @param warmUp clicks before the first that is measured
   * @param count clicks in all
   * @param rate clicks a second
   * @param every one click of so many is looked for
   */
  Delays run(int from, int warmUp, int count, double rate, int every) throws InterruptedException {
    Thread reader = new Thread(this::readBack, "bench-read-back");
    reader.start();
    long start = System.nanoTime();
    try {
      for (int i = 0; i < count && !ended; i++) {
        long due = start + (long) (i * 1e9 / rate);
        awaitTurn(due);
        Click click = clicks.apply(from + i);
        producer.send(click);
        if (i >= warmUp && i % every == 0) {
          sent.add(new Wanted(click.visitorId(), click.eventTime(), due));
        }
      }
      producer.flush();
    } finally {
      allSent = true;
      reader.join();
    }
    if (lost > 0) {
      throw Failure.failed(lost + " lists did not come within " + LAST_LIST_SECONDS + " s");
    }
    return delays;
  }

  /** Has no more clicks sent than were sent until now; for any thread. */
  void end() {
    ended = true;
  }

  /** Wakes at most every millisecond: a system call a click would be a load of its own. */
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
        deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LAST_LIST_SECONDS);
      }
      for (Wanted list = sent.poll(); list != null; list = sent.poll()) {
        waiting.add(list);
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
    Iterator<Wanted> missing = lists.missing(oldest).iterator();
    long now = System.nanoTime();
    Wanted nextMissing = missing.hasNext() ? missing.next() : null;
    Iterator<Wanted> all = waiting.iterator();
    for (int i = 0; i < oldest.size(); i++) {
      Wanted list = all.next();
      if (list == nextMissing) {
        nextMissing = missing.hasNext() ? missing.next() : null;
      } else {
        delays.add((now - list.since()) / 1_000);
        all.remove();
      }
    }
  }
}
