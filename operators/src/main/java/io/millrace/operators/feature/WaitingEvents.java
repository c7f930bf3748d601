package io.millrace.operators.feature;

import io.millrace.features.algebra.Row;
import java.util.ArrayList;
import java.util.List;

/** Events of one key that the watermark has not passed yet, each once, by time and tie. */
final class WaitingEvents<E> {
  private final List<Waiting<E>> events = new ArrayList<>();

  /** An event and what the features see of it. */
  record Waiting<E>(Row row, E event) {}

  /** Adds an event; false if it waits already. */
  boolean add(Waiting<E> event) {
    int place = events.size();
    // They come in order mostly, and are few.
    while (place > 0 && order(event.row(), events.get(place - 1).row()) < 0) {
      place--;
    }
    if (place > 0 && order(event.row(), events.get(place - 1).row()) == 0) {
      return false;
    }
    events.add(place, event);
    return true;
  }

  private static int order(Row one, Row other) {
    int byTime = Long.compare(one.time(), other.time());
    return byTime != 0 ? byTime : Long.compare(one.tie(), other.tie());
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** The earliest. */
  Waiting<E> first() {
    return events.get(0);
  }

  /** All, in order. */
  List<Waiting<E>> all() {
    return events;
  }

  /** Those up to a time, in order, which wait no longer. */
  List<Waiting<E>> takeUpTo(long time) {
    int end = 0;
    while (end < events.size() && events.get(end).row().time() <= time) {
      end++;
    }
    List<Waiting<E>> due = events.subList(0, end);
    List<Waiting<E>> taken = List.copyOf(due);
    due.clear();
    return taken;
  }
}
