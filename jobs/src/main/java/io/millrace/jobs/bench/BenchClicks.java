package io.millrace.jobs.bench;

import io.millrace.features.event.Click;
import io.millrace.jobs.replay.ClickLog;
import java.util.HashMap;
import java.util.Map;

/** The clicks of one bench in event-time order; a click is made when it is asked for. */
final class BenchClicks {
  private static final long BETWEEN_ROUNDS_MS = 3_600_000;

  private final String name;
  private final ClickLog log;
  private final int size;
  private final long roundMs;
  private final int rounds;

  private BenchClicks(String name, ClickLog log, int size) {
    this.name = name;
    this.log = log;
    this.size = size;
    this.rounds = (size + log.size() - 1) / log.size();
    this.roundMs = log.time(log.size() - 1) - log.time(0) + BETWEEN_ROUNDS_MS;
  }

  /**
   * The first clicks of a recording. One that is too short is gone through again, each time by
   * other visitors; the last round has the recorded times, the earlier ones lie before it.
   */
  static BenchClicks of(String name, ClickLog log, int size) {
    return new BenchClicks(name, log, size);
  }

  /** What the clicks are called in the table. */
  String name() {
    return name;
  }

  int size() {
    return size;
  }

  int itemCount() {
    return log.itemCount();
  }

  /** The i-th click. */
  Click click(int i) {
    int at = i % log.size();
    return Click.view(Integer.toString(i), time(i), visitor(i), log.item(at));
  }

  private String visitor(int i) {
    String session = log.session(i % log.size());
    int round = i / log.size();
    return round == 0 ? session : session + "-" + round;
  }

  private long time(int i) {
    int round = i / log.size();
    return log.time(i % log.size()) - (rounds - 1 - round) * roundMs;
  }

  /** Event time of the newest of the first {@code count} clicks, by visitor. */
  Map<String, Long> newest(int count) {
    Map<String, Long> newest = new HashMap<>();
    for (int i = 0; i < count; i++) {
      newest.put(visitor(i), time(i));
    }
    return newest;
  }
}
