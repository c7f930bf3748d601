package io.millrace.operators.fraud;

import io.millrace.features.event.VisitorEvent;
import io.millrace.operators.types.EventTypes;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Events of one entity that the watermark has not passed yet, each once, by time and tie. */
final class AwaitedEvents {
  private static final FlatSerializer<VisitorEvent> EVENTS = EventTypes.VISITOR_EVENT.serializer();

  private final List<Awaited> events = new ArrayList<>();

  /** An event, and whether it is a payment whose signals are asked for once it is settled. */
  static final class Awaited {
    private final VisitorEvent event;
    private final long tie;
    private boolean asked;

    Awaited(VisitorEvent event, boolean asked) {
      this.event = event;
      this.tie = Passage.tie(event);
      this.asked = asked;
    }

    VisitorEvent event() {
      return event;
    }

    long tie() {
      return tie;
    }

    boolean isAsked() {
      return asked;
    }

    private boolean isBefore(long time, long otherTie) {
      return event.eventTime() < time || event.eventTime() == time && tie < otherTie;
    }
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** Adds an event; false if it waits already. */
  boolean add(VisitorEvent event) {
    Awaited added = new Awaited(event, false);
    int place = place(event.eventTime(), added.tie);
    if (isAt(place, event.eventTime(), added.tie)) {
      return false;
    }
    events.add(place, added);
    return true;
  }

  /** The signals of an event are asked for; false if it does not wait. */
  boolean ask(VisitorEvent event) {
    long tie = Passage.tie(event);
    int place = place(event.eventTime(), tie);
    if (!isAt(place, event.eventTime(), tie)) {
      return false;
    }
    events.get(place).asked = true;
    return true;
  }

  private boolean isAt(int place, long time, long tie) {
    return place < events.size()
        && events.get(place).event.eventTime() == time
        && events.get(place).tie == tie;
  }

  /** The first that is not before a place; they come in order mostly. */
  private int place(long time, long tie) {
    int place = events.size();
    while (place > 0 && !events.get(place - 1).isBefore(time, tie)) {
      place--;
    }
    return place;
  }

  /** The newest of those before an event, in order. */
  List<VisitorEvent> before(VisitorEvent event, int most) {
    int end = place(event.eventTime(), Passage.tie(event));
    List<VisitorEvent> before = new ArrayList<>();
    events.subList(Math.max(0, end - most), end).forEach(each -> before.add(each.event));
    return before;
  }

  /** All, in order. */
  List<Awaited> all() {
    return events;
  }

  /** Those up to a time, in order, which wait no longer. */
  List<Awaited> takeUpTo(long time) {
    int end = 0;
    while (end < events.size() && events.get(end).event.eventTime() <= time) {
      end++;
    }
    List<Awaited> due = events.subList(0, end);
    List<Awaited> taken = List.copyOf(due);
    due.clear();
    return taken;
  }

  /** Takes away some, which wait no longer. */
  List<Awaited> forget(Predicate<VisitorEvent> whose) {
    List<Awaited> forgotten = new ArrayList<>();
    events.removeIf(each -> whose.test(each.event) && forgotten.add(each));
    return forgotten;
  }

  /**
   * Writes them.
   *
   * @param fingerprint of the declaration by which they are asked about
   */
  void write(DataOutputView out, String fingerprint) throws IOException {
    FlatData.writeVarint(events.size(), out);
    if (!events.isEmpty()) {
      FlatData.writeText(fingerprint, out);
    }
    for (Awaited each : events) {
      EVENTS.serialize(each.event, out);
      out.writeBoolean(each.asked);
    }
  }

  /**
   * Reads what {@link #write} wrote; what was asked by another declaration is not asked any more.
   */
  static AwaitedEvents read(DataInputView in, String fingerprint) throws IOException {
    AwaitedEvents read = new AwaitedEvents();
    int count = FlatData.readVarint(in);
    boolean same = count > 0 && FlatData.readText(in).equals(fingerprint);
    for (int rest = count; rest > 0; rest--) {
      VisitorEvent event = EVENTS.deserialize(in);
      read.events.add(new Awaited(event, in.readBoolean() && same));
    }
    return read;
  }
}
