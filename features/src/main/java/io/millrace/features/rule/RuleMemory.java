package io.millrace.features.rule;

import io.millrace.features.alert.Suspicion;
import io.millrace.features.alert.Suspicion.Participant;
import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.event.FraudRule;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.rule.RuleBook.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What all rules know of one entity: the state of each that an event met, and the newest events
 * that met any. Events are settled one after the other in the order of their times; between them it
 * can be asked what a later one would make of it. One that is settled out of order, as when time
 * was moved on by the clock, counts as of the newest before it. Not safe for use by several
 * threads.
 */
public final class RuleMemory {
  /** Events before the one asked about that are looked at one by one. */
  public static final int MAX_AHEAD = 256;

  private final Map<Long, byte[]> stored = new TreeMap<>();
  private final Map<Long, RuleState> states = new TreeMap<>();
  private final RecentEvents recent;
  private long newest = Long.MIN_VALUE;

  /** Of an entity that no event met a rule of. */
  public RuleMemory() {
    this(new RecentEvents());
  }

  private RuleMemory(RecentEvents recent) {
    this.recent = recent;
  }

  /**
   * Settles an event, after all that are before it.
   *
   * @param rules those of the kind of entity
   * @param event turned to the event
   * @param who the event in alerts
   * @param tie orders the events of one millisecond
   * @param entity as alerts name it
   * @param out takes what rules match
   * @return whether it met any rule
   */
  public boolean settle(
      RuleBook rules,
      EventValues event,
      Participant who,
      long tie,
      String entity,
      Consumer<Suspicion> out) {
    Map<Entry, Integer> met = new LinkedHashMap<>();
    rules.match(event, met::put);
    if (met.isEmpty()) {
      return false;
    }
    newest = Math.max(newest, event.time());
    recent.add(who, met.keySet().stream().mapToLong(Entry::stateKey).sorted().toArray());
    met.forEach(
        (entry, clauses) -> {
          CompiledRule compiled = entry.compiled();
          RuleMatch match = compiled.take(state(entry), clauses, event, entry.since(), newest);
          if (match != null) {
            List<Participant> events =
                recent.of(entry.stateKey(), match.from(), compiled.includesBegin());
            out.accept(RuleSuspicions.of(compiled.rule(), match, entity, tie, events));
          }
        });
    return true;
  }

  private RuleState state(Entry entry) {
    if (!entry.compiled().hasState()) {
      return null;
    }
    RuleState state = states.get(entry.stateKey());
    if (state == null) {
      byte[] bytes = stored.remove(entry.stateKey());
      state = bytes == null ? entry.compiled().newState() : entry.compiled().stateOfBytes(bytes);
      states.put(entry.stateKey(), state);
    }
    return state;
  }

  /** The state of a rule, to be changed by whoever asks and not to be kept. */
  private RuleState copy(Entry entry) {
    if (!entry.compiled().hasState()) {
      return null;
    }
    RuleState state = states.get(entry.stateKey());
    byte[] bytes = state != null ? state.toBytes() : stored.get(entry.stateKey());
    return bytes == null ? entry.compiled().newState() : entry.compiled().stateOfBytes(bytes);
  }

  /**
   * The rules that an event matches as far as is known, which leaves everything as it is.
   *
   * @param rules those of the kind of entity
   * @param before events that are not settled and are before it, in the order of their times; of
   *     more than {@value #MAX_AHEAD} the newest are looked at
   * @param values for the use of this call; turned to the event at the end
   */
  public List<FraudRule> ask(
      RuleBook rules, List<? extends VisitorEvent> before, VisitorEvent event, EventValues values) {
    Map<Entry, Integer> met = new LinkedHashMap<>();
    values.turnTo(event);
    rules.match(values, met::put);
    if (met.isEmpty()) {
      return List.of();
    }
    Map<Entry, RuleState> copies = new HashMap<>();
    met.keySet().forEach(entry -> copies.put(entry, copy(entry)));
    int from = Math.max(0, before.size() - MAX_AHEAD);
    long last = newest;
    for (VisitorEvent earlier : before.subList(from, before.size())) {
      values.turnTo(earlier);
      last = Math.max(last, earlier.eventTime());
      long as = last;
      rules.match(
          values,
          (entry, clauses) -> {
            if (copies.get(entry) != null) {
              entry.compiled().take(copies.get(entry), clauses, values, entry.since(), as);
            }
          });
    }
    values.turnTo(event);
    long as = Math.max(last, event.eventTime());
    List<FraudRule> matched = new ArrayList<>();
    met.forEach(
        (entry, clauses) -> {
          RuleState state = copies.get(entry);
          if (entry.compiled().take(state, clauses, values, entry.since(), as) != null) {
            matched.add(entry.compiled().rule());
          }
        });
    return matched;
  }

  /** Lets go of who is to be forgotten. */
  public boolean forget(Predicate<Participant> whom) {
    return recent.forget(whom);
  }

  /** Whether nothing is known. */
  public boolean isEmpty() {
    return stored.isEmpty() && states.isEmpty() && recent.isEmpty();
  }

  /** Writes it, without the states of rules that there are no more. */
  public void write(ByteWriter out, RuleBook rules) {
    Set<Long> known = new HashSet<>();
    rules.entries().forEach(entry -> known.add(entry.stateKey()));
    Map<Long, byte[]> bytes = new TreeMap<>(stored);
    states.forEach((key, state) -> bytes.put(key, state.toBytes()));
    bytes.keySet().retainAll(known);
    out.writeLong(newest);
    out.writeVarLong(bytes.size());
    bytes.forEach(
        (key, state) -> {
          out.writeLong(key);
          out.writeVarLong(state.length);
          out.writeBytes(state);
        });
    recent.write(out, known);
  }

  /** Reads what {@link #write} wrote. */
  public static RuleMemory read(ByteReader in) {
    long newest = in.readLong();
    Map<Long, byte[]> bytes = new TreeMap<>();
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      long key = in.readLong();
      bytes.put(key, in.readBytes(in.readVarInt()));
    }
    RuleMemory read = new RuleMemory(RecentEvents.read(in));
    read.stored.putAll(bytes);
    read.newest = newest;
    return read;
  }
}
