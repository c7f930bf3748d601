package io.millrace.jobs.bench;

import io.millrace.features.event.Click;
import io.millrace.jobs.Failure;
import io.millrace.jobs.bench.ListVersions.Wanted;
import io.millrace.jobs.evaluate.Delays;
import io.millrace.jobs.local.ClickProducer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends clicks at a steady rate and looks in Redis, every millisecond, whether the lists of some of
 * them are there. The time counts from the moment the click is due to be handed to the Kafka
 * producer, so neither the producer's own waiting nor a pause of this process is left out.
 */
final class DelayProbe {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LAST_LIST_SECONDS = 30;

  private final BenchClicks clicks;
  private final ClickProducer producer;
  private final ListVersions lists;
  private final Queue<Wanted> sent = new ConcurrentLinkedQueue<>();
  private final Delays delays = new Delays();
  private volatile boolean allSent;
  private int lost;

  DelayProbe(BenchClicks clicks, ClickProducer producer, ListVersions lists) {
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
      for (int i = 0; i < count; i++) {
        long due = start + (long) (i * 1e9 / rate);
        awaitTurn(due);
        Click click = clicks.click(from + i);
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

  private static void awaitTurn(long due) {
    for (long rest = due - System.nanoTime(); rest > 0; rest = due - System.nanoTime()) {
      LockSupport.parkNanos(rest);
    }
  }

  private void readBack() {
    List<Wanted> waiting = new ArrayList<>();
    long deadline = Long.MAX_VALUE;
    while (!(allSent && sent.isEmpty() && waiting.isEmpty()) && System.nanoTime() < deadline) {
      if (allSent && deadline == Long.MAX_VALUE) {
        deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LAST_LIST_SECONDS);
      }
      for (Wanted list = sent.poll(); list != null; list = sent.poll()) {
        waiting.add(list);
      }
      List<Wanted> missing = lists.missing(waiting);
      long now = System.nanoTime();
      waiting.removeAll(missing);
      for (Wanted read : waiting) {
        delays.add((now - read.since()) / 1_000);
      }
      waiting = missing;
      LockSupport.parkNanos(LOOK_NANOS);
    }
    lost = waiting.size();
  }
}
