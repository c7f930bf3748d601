package io.millrace.operators.fraud;

import io.millrace.features.event.Order;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.watch.SignalPlan;
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

  /** An event, and what the entities before this one say of it once that is settled. */
  static final class Awaited {
    private final VisitorEvent event;
    private final long tie;
    private double[] signals;

    Awaited(VisitorEvent event, double[] signals) {
      this.event = event;
      this.tie = Passage.tie(event);
      this.signals = signals;
    }

    VisitorEvent event() {
      return event;
    }

    long tie() {
      return tie;
    }

    /** Null until they are settled. */
    double[] signals() {
      return signals;
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
    Awaited added = new Awaited(event, null);
    int place = place(event.eventTime(), added.tie);
    if (isAt(place, event.eventTime(), added.tie)) {
      return false;
    }
    events.add(place, added);
    return true;
  }

  /** What the entities before this one say of an event; false if it does not wait. */
  boolean settle(VisitorEvent event, double[] signals) {
    long tie = Passage.tie(event);
    int place = place(event.eventTime(), tie);
    if (!isAt(place, event.eventTime(), tie)) {
      return false;
    }
    events.get(place).signals = signals;
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

  boolean forget(Predicate<VisitorEvent> whose) {
    return events.removeIf(each -> whose.test(each.event));
  }

  /**
   * Writes them.
   *
   * @param plan by which their signals are told
   */
  void write(DataOutputView out, SignalPlan plan) throws IOException {
    FlatData.writeVarint(events.size(), out);
    if (!events.isEmpty()) {
      FlatData.writeText(plan.declaration().fingerprint(), out);
    }
    for (Awaited each : events) {
      EVENTS.serialize(each.event, out);
      out.writeBoolean(each.signals != null);
      if (each.signals != null) {
        PassageSerializer.writeSignals(each.signals, out);
      }
    }
  }

  /**
   * Reads what {@link #write} wrote. Signals that were told by another declaration mean nothing
   * here: then those are left that the order itself says.
   */
  static AwaitedEvents read(DataInputView in, SignalPlan plan) throws IOException {
    AwaitedEvents read = new AwaitedEvents();
    int count = FlatData.readVarint(in);
    boolean known = count > 0 && FlatData.readText(in).equals(plan.declaration().fingerprint());
    for (int rest = count; rest > 0; rest--) {
      VisitorEvent event = EVENTS.deserialize(in);
      double[] signals = in.readBoolean() ? PassageSerializer.readSignals(in) : null;
      if (signals != null && !known) {
        signals = plan.observe((Order) event);
      }
      read.events.add(new Awaited(event, signals));
    }
    return read;
  }
}
