package io.millrace.features.algebra;

import io.millrace.features.algebra.Field.Type;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a feature makes of the events it counts. */
public enum Aggregate {
  /** How many there are. */
  COUNT("number of events"),
  /** The sum of a field. */
  SUM("sum of %s", Type.NUMBER, Type.FLAG),
  /** The arithmetic mean of a field. */
  MEAN("mean of %s", Type.NUMBER, Type.FLAG),
  /** The least value of a field. */
  MIN("least %s", Type.NUMBER),
  /** The greatest value of a field. */
  MAX("greatest %s", Type.NUMBER),
  /** The standard deviation of a field, that of a whole population. */
  STDDEV("standard deviation of %s", Type.NUMBER),
  /** How many different values a field has. */
  DISTINCT("number of different values of %s", Type.NUMBER, Type.TEXT),
  /** The value of a field in the newest event that carries it. */
  LAST("newest %s", Type.NUMBER, Type.TEXT, Type.FLAG),
  /** The time of the newest event, milliseconds since the epoch. */
  LAST_TIME("time of the newest event"),
  /** Milliseconds from the newest event to the time asked for. */
  TIME_SINCE("milliseconds since the newest event"),
  /** One feature divided by another; absent where the other is 0. */
  RATIO("%s / %s"),
  /** The values of a field that weigh most. */
  TOP("the %2$s values of %1$s that weigh most", Type.TEXT),
  /** How many sessions there are. */
  SESSIONS("number of sessions by %s, of events without it by pauses above %s", Type.TEXT),
  /** How many events the session of the newest event has so far. */
  SESSION_EVENTS(
      "number of events in the session of the newest one, by %s, without it by pauses above %s",
      Type.TEXT);

  private final String words;
  private final Set<Type> types = EnumSet.noneOf(Type.class);

  Aggregate(String words, Type... types) {
    this.words = words;
    this.types.addAll(Set.of(types));
  }

  /** Whether it needs a field. */
  boolean needsField() {
    return !types.isEmpty();
  }

  boolean takes(Type type) {
    return types.contains(type);
  }

  /** The types it takes, as in "NUMBER or FLAG". */
  String takenTypes() {
    return String.join(" or ", types.stream().map(Type::name).toList());
  }

  /** What it is, of a field where it needs one. */
  String words(Object... of) {
    return words.formatted(of);
  }

  /** Whether it is made of retained rows alone: nothing is kept of rows that left. */
  boolean isOfRetainedOnly() {
    return this == TOP || this == SESSIONS || this == SESSION_EVENTS;
  }

  /** As it stands in messages. */
  String lowerCase() {
    return name().toLowerCase(Locale.ROOT);
  }
}
