package io.millrace.features.rule;

import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRule.State;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.session.Hashes;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * All rules there are, at most {@link #MAX_RULES}. A rule that is refused leaves everything as it
 * was: where it was to replace another, that one goes on. Which rules are refused for want of room
 * depends on the order in which they come, so that one place should take them in for all others.
 * Not safe for use by several threads.
 */
public final class RuleBook {
  /** Rules kept at most, whatever their state. */
  public static final int MAX_RULES = 1_000;

  private final Map<String, Entry> entries = new TreeMap<>();
  private RuleIndex index;

  /**
   * A rule and since when it has been watching.
   *
   * @param compiled the rule
   * @param since event time, milliseconds since the epoch
   * @param stateKey under which the state of an entity belongs to it: a state under another key is
   *     of another rule, or has not seen all events since {@code since}
   */
  public record Entry(CompiledRule compiled, long since, long stateKey) {}

  /** Takes an event that a rule is met by, with a bit for each of the rule's clauses it meets. */
  @FunctionalInterface
  public interface Sink {
    void accept(Entry rule, int met);
  }

  /**
   * Takes in a rule, or another version of it. It starts watching with its windows empty, unless
   * the version before it watched the same events in the same way and neither is paused.
   *
   * @param now event time up to which events were given already
   * @throws InvalidEventException if it makes no sense, or there is no room
   */
  public Entry put(FraudRule rule, long now) throws InvalidEventException {
    CompiledRule compiled = CompiledRule.of(rule);
    Entry before = entries.get(rule.ruleId());
    boolean goesOn =
        before != null
            && before.compiled().shape() == compiled.shape()
            && before.compiled().rule().state() != State.PAUSED
            && rule.state() != State.PAUSED;
    if (goesOn) {
      return enter(compiled, before.since());
    }
    Long effective = rule.effectiveFrom();
    return enter(compiled, effective == null ? now : Math.max(now, effective));
  }

  /** Takes in a rule as it was before a restart, with the time since which it watched. */
  public Entry restore(FraudRule rule, long since) throws InvalidEventException {
    return enter(CompiledRule.of(rule), since);
  }

  private Entry enter(CompiledRule compiled, long since) throws InvalidEventException {
    String id = compiled.rule().ruleId();
    if (entries.size() == MAX_RULES && !entries.containsKey(id)) {
      throw RuleCheck.invalid(
          "rule_id",
          "rule_id is new, and there are %d rules; delete one that is not needed"
              .formatted(MAX_RULES));
    }
    Entry entry = new Entry(compiled, since, Hashes.mix(compiled.shape() ^ Hashes.mix(since)));
    entries.put(id, entry);
    index = null;
    return entry;
  }

  /**
   * Deletes a rule.
   *
   * @return whether there was one of that id
   */
  public boolean remove(String ruleId) {
    boolean removed = entries.remove(ruleId) != null;
    if (removed) {
      index = null;
    }
    return removed;
  }

  /** All rules, by id. */
  public Collection<Entry> entries() {
    return Collections.unmodifiableCollection(entries.values());
  }

  /** Gives the rules that an event meets and that hold at its time, each once. */
  public void match(EventValues event, Sink sink) {
    if (index == null) {
      index = new RuleIndex(entries.values());
    }
    index.match(event, sink);
  }
}
