package io.millrace.features.rule;

import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.rule.RandomRules.Meant;
import io.millrace.features.rule.RuleBook.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a job does with rules: events wait until the watermark has passed them, then rules that are
 * due come into the book and the events are taken in order. State lives as bytes between events.
 */
final class Replay {
  static final Comparator<VisitorEvent> ORDER =
      Comparator.comparingLong(VisitorEvent::eventTime).thenComparing(VisitorEvent::eventId);

  private final RuleBook book = new RuleBook();
  private final EventValues values = new EventValues();
  private final TreeSet<VisitorEvent> waiting = new TreeSet<>(ORDER);
  private final Map<String, byte[]> states = new HashMap<>();
  private final List<Match> matches = new ArrayList<>();
  private final List<Timed> coming;
  private final long outOfOrderness;
  private long newest = Long.MIN_VALUE;

  /**
   * A rule that comes at a time.
   *
   * @param since event time up to which events were taken when it comes
   * @param rule what it means
   */
  record Timed(long since, Meant rule) {}

  /** A match of a rule about an entity. */
  record Match(String ruleId, String entity, RuleMatch match) {}

  Replay(List<Timed> rules, long outOfOrderness) {
    coming = new ArrayList<>(rules);
    coming.sort(Comparator.comparingLong(Timed::since));
    this.outOfOrderness = outOfOrderness;
  }

  List<Match> of(List<VisitorEvent> arriving) throws InvalidEventException {
    for (VisitorEvent event : arriving) {
      waiting.add(event);
      newest = Math.max(newest, event.eventTime());
      settle(newest - outOfOrderness);
    }
    settle(Long.MAX_VALUE);
    return matches;
  }

  private void settle(long watermark) throws InvalidEventException {
    while (!waiting.isEmpty() && waiting.first().eventTime() < watermark) {
      VisitorEvent event = waiting.pollFirst();
      while (!coming.isEmpty() && coming.get(0).since() < event.eventTime()) {
        Timed rule = coming.remove(0);
        book.put(rule.rule().rule(), rule.since());
      }
      values.turnTo(event);
      book.match(values, this::take);
    }
  }

  private void take(Entry entry, int met) {
    CompiledRule rule = entry.compiled();
    String entity = rule.entityId(values);
    if (entity == null) {
      return;
    }
    String key = entry.stateKey() + "/" + entity;
    byte[] bytes = states.get(key);
    RuleState state =
        bytes == null || !rule.hasState() ? rule.newState() : rule.stateOfBytes(bytes);
    RuleMatch match = rule.take(state, met, values, entry.since());
    if (state != null) {
      states.put(key, state.toBytes());
    }
    if (match != null) {
      matches.add(new Match(rule.rule().ruleId(), entity, match));
    }
  }
}
