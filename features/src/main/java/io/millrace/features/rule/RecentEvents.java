package io.millrace.features.rule;

import io.millrace.features.alert.Suspicion.Participant;
import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.event.FraudAlert;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** The newest events of one entity that met a rule, and which: what an alert can name. */
final class RecentEvents {
  /** Events kept, of all rules together. */
  static final int MAX = 32;

  /** Oldest first. */
  private final Deque<Met> events = new ArrayDeque<>();

  /**
   * @param rules keys of the rules' states, ascending
   */
  private record Met(Participant who, long[] rules) {}

  void add(Participant who, long[] rules) {
    if (events.size() == MAX) {
      events.removeFirst();
    }
    events.addLast(new Met(who, rules));
  }

  /**
   * The newest events of a rule, at most as many as an alert names, oldest first. The newest of all
   * is always there.
   *
   * @param from of which time on
   * @param including whether those of that time count
   */
  List<Participant> of(long rule, long from, boolean including) {
    List<Participant> found = new ArrayList<>();
    for (Iterator<Met> newest = events.descendingIterator();
        newest.hasNext() && found.size() < FraudAlert.MAX_EVENTS; ) {
      Met met = newest.next();
      boolean within = met.who().time() > from || including && met.who().time() == from;
      if (found.isEmpty() || within && Arrays.binarySearch(met.rules(), rule) >= 0) {
        found.add(0, met.who());
      }
    }
    return found;
  }

  boolean forget(Predicate<Participant> whom) {
    return events.removeIf(met -> whom.test(met.who()));
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /**
   * @param known the rules that there still are; what met others alone is left out
   */
  void write(ByteWriter out, Collection<Long> known) {
    List<Met> kept = new ArrayList<>();
    for (Met met : events) {
      long[] rules = Arrays.stream(met.rules()).filter(known::contains).toArray();
      if (rules.length > 0) {
        kept.add(new Met(met.who(), rules));
      }
    }
    out.writeVarLong(kept.size());
    long before = 0;
    for (Met met : kept) {
      out.writeText(met.who().eventId());
      out.writeText(met.who().visitorId());
      out.writeText(met.who().orderId() == null ? "" : met.who().orderId());
      out.writeSignedVarLong(met.who().time() - before);
      before = met.who().time();
      out.writeVarLong(met.rules().length);
      for (long rule : met.rules()) {
        out.writeLong(rule);
      }
    }
  }

  static RecentEvents read(ByteReader in) {
    RecentEvents read = new RecentEvents();
    long time = 0;
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      String event = in.readText();
      String visitor = in.readText();
      String order = in.readText();
      time += in.readSignedVarLong();
      long[] rules = new long[in.readVarInt()];
      for (int i = 0; i < rules.length; i++) {
        rules[i] = in.readLong();
      }
      read.events.addLast(
          new Met(new Participant(event, visitor, order.isEmpty() ? null : order, time), rules));
    }
    return read;
  }
}
