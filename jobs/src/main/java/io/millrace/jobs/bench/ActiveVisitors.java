package io.millrace.jobs.bench;

import io.millrace.features.event.Click;
import io.millrace.jobs.replay.ClickLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Visitors who click in turn, without end: each goes through a recording from a place of its own,
 * so its sessions look like those of the recording.
 */
final class ActiveVisitors {
  /** Clicks between the places of two visitors; far from the length of a session. */
  private static final int APART = 97;

  private final ClickLog log;
  private final List<String> visitors = new ArrayList<>();
  private final long start;
  private final double rate;

  /**
   * @param log whose items are clicked
   * @param count of the visitors
   * @param start event time of the first click, milliseconds since the epoch
   * @param rate clicks a second of event time
   */
  ActiveVisitors(ClickLog log, int count, long start, double rate) {
    this.log = log;
    this.start = start;
    this.rate = rate;
    for (int i = 0; i < count; i++) {
      visitors.add(String.format(Locale.ROOT, "a%011d", i));
    }
  }

  /** All of them. */
  List<String> visitors() {
    return visitors;
  }

  /** The i-th click. */
  Click click(int i) {
    int visitor = i % visitors.size();
    int at = (int) (((long) visitor * APART + i / visitors.size()) % log.size());
    return Click.view(
        "active-" + i, start + (long) (i * 1e3 / rate), visitors.get(visitor), log.item(at));
  }
}
