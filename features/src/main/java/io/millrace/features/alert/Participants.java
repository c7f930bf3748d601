package io.millrace.features.alert;

import io.millrace.features.alert.Suspicion.Participant;
import io.millrace.features.event.FraudAlert;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Who took part in an episode, as far as an alert names them: the newest events, visitors and
 * orders. For each name its newest participant is kept, and no other, so that whoever is erased can
 * be told from the rest. Newer is the one of the later time, then of the greater event id; what is
 * kept is therefore the same in whatever order they came. Not safe for use by several threads.
 */
final class Participants {
  private static final Comparator<Participant> ORDER =
      Comparator.comparingLong(Participant::time)
          .thenComparing(Participant::eventId)
          .thenComparing(Participant::visitorId)
          .thenComparing(
              Participant::orderId, Comparator.nullsFirst(Comparator.<String>naturalOrder()));

  private final TreeSet<Participant> kept = new TreeSet<>(ORDER);

  /** More took part. Returns whether a visitor or an order is named that was not before. */
  boolean add(Collection<Participant> more) {
    Set<String> visitorsBefore = new HashSet<>(visitorIds());
    Set<String> ordersBefore = new HashSet<>(orderIds());
    kept.addAll(more);
    Set<Participant> named = new HashSet<>(newestEvents());
    named.addAll(newestVisitors());
    named.addAll(newestOrders());
    kept.retainAll(named);
    return !visitorsBefore.containsAll(visitorIds()) || !ordersBefore.containsAll(orderIds());
  }

  /** Takes out everybody of whom that is so. */
  void forget(Predicate<Participant> of) {
    kept.removeIf(of);
  }

  /** Null if there is nobody. */
  Participant newest() {
    return kept.isEmpty() ? null : kept.last();
  }

  /** The newest last; so are the others. */
  List<String> eventIds() {
    return newestEvents().stream().map(Participant::eventId).toList();
  }

  List<String> visitorIds() {
    return newestVisitors().stream().map(Participant::visitorId).toList();
  }

  List<String> orderIds() {
    return newestOrders().stream().map(Participant::orderId).toList();
  }

  private List<Participant> newestEvents() {
    return newest(Participant::eventId, FraudAlert.MAX_EVENTS);
  }

  private List<Participant> newestVisitors() {
    return newest(Participant::visitorId, FraudAlert.MAX_IDS);
  }

  private List<Participant> newestOrders() {
    return newest(Participant::orderId, FraudAlert.MAX_IDS);
  }

  /** The newest participant of each name, ascending, of so many names at most. */
  private List<Participant> newest(Function<Participant, String> name, int most) {
    Set<String> names = new HashSet<>();
    List<Participant> newest = new ArrayList<>();
    for (Participant each : kept.descendingSet()) {
      String itsName = name.apply(each);
      if (itsName != null && newest.size() < most && names.add(itsName)) {
        newest.add(each);
      }
    }
    Collections.reverse(newest);
    return newest;
  }

  void write(StateWriter out) {
    out.participants(kept);
  }

  static Participants read(StateReader in) {
    Participants read = new Participants();
    read.kept.addAll(in.participants());
    return read;
  }
}
