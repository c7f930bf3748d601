package io.millrace.jobs.replay;

import io.millrace.features.event.Click;
import io.millrace.jobs.Failure;
import io.millrace.jobs.local.ClickProducer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * Sends a recorded file of clicks to Kafka in event-time order. A session is taken as a visitor of
 * its own. Event ids carry the place in the file, so that sending a file again repeats the same
 * events and ties keep the order of the file.
 */
public final class Replay {
  private static final Pattern UNUSUAL = Pattern.compile("[^A-Za-z0-9_]+");
  private static final int MAX_STEM = 40;

  private final ClickLog log;
  private final String idPrefix;
  private final Speed speed;
  private final long shiftMs;

  private Replay(ClickLog log, String idPrefix, Speed speed, long shiftMs) {
    this.log = log;
    this.idPrefix = idPrefix;
    this.speed = speed;
    this.shiftMs = shiftMs;
  }

  /**
   * Reads the file; nothing is sent yet.
   *
   * @param shiftToNow whether to move all times so that the last event falls on the moment it is
   *     sent; no event is then ahead of the clock at any speed
   * @throws Failure if the file cannot be read
   */
  public static Replay of(Preset preset, Path file, Speed speed, boolean shiftToNow, Clock clock) {
    ClickLog log = ClickLog.read(file, preset.layout());
    long span = log.time(log.size() - 1) - log.time(0);
    long end = clock.millis() + speed.passes(span);
    long shift = shiftToNow ? end - log.time(log.size() - 1) : 0;
    return new Replay(log, idPrefix(preset, file), speed, shift);
  }

  private static String idPrefix(Preset preset, Path file) {
    String name = file.getFileName().toString();
    int dot = name.indexOf('.');
    String stem = UNUSUAL.matcher(dot > 0 ? name.substring(0, dot) : name).replaceAll("_");
    return preset.label() + "-" + stem.substring(0, Math.min(MAX_STEM, stem.length())) + "-";
  }

  /** What it will send. */
  public ClickLog log() {
    return log;
  }

  /** The i-th event by time. */
  public Click event(int i) {
    String session = log.session(i);
    String id = idPrefix + String.format(Locale.ROOT, "%010d", log.row(i));
    return Click.view(id, log.time(i) + shiftMs, session, log.item(i), session);
  }

  /**
   * Sends everything and waits until Kafka has it.
   *
   * @param progress is told how many events have been handed over
   * @return milliseconds it took
   * @throws Failure if Kafka does not take an event; says how many it took
   */
  public long send(ClickProducer producer, LongConsumer progress) throws InterruptedException {
    long start = System.nanoTime();
    long first = log.time(0);
    for (int i = 0; i < log.size(); i++) {
      awaitTurn(start, speed.passes(log.time(i) - first), producer);
      producer.send(event(i));
      progress.accept(i + 1L);
    }
    producer.flush();
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static void awaitTurn(long startNanos, long dueMs, ClickProducer producer)
      throws InterruptedException {
    long waitMs = dueMs - (System.nanoTime() - startNanos) / 1_000_000;
    if (waitMs > 0) {
      producer.requireHealthy();
      Thread.sleep(waitMs);
    }
  }
}
