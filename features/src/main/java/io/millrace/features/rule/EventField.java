package io.millrace.features.rule;

import io.millrace.features.algebra.Field.Type;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * A field that expressions may name, and where an event has it.
 *
 * @param name as the contract names it, nested ones with a point
 * @param type what it holds
 * @param number of an event, NaN where it is absent; of a flag 1 or 0; null for texts
 * @param text of an event, null where it is absent; null for numbers and flags
 * @param known the only values it may have, empty for any
 * @param presenceOnly whether expressions may ask for nothing but its presence
 * @param <E> the event
 */
record EventField<E>(
    String name,
    Type type,
    ToDoubleFunction<E> number,
    Function<E, String> text,
    List<String> known,
    boolean presenceOnly) {

  static <E> EventField<E> number(String name, ToDoubleFunction<E> value) {
    return new EventField<>(name, Type.NUMBER, value, null, List.of(), false);
  }

  /** A number that may be null, as a value. */
  static double orAbsent(Number number) {
    return number == null ? Double.NaN : number.doubleValue();
  }

  static <E> EventField<E> flag(String name, Predicate<E> value) {
    return new EventField<>(
        name, Type.FLAG, event -> value.test(event) ? 1 : 0, null, List.of(), false);
  }

  static <E> EventField<E> text(String name, Function<E, String> value) {
    return new EventField<>(name, Type.TEXT, null, value, List.of(), false);
  }

  /** A text that is always there and has one of these values. */
  static <E> EventField<E> oneOf(String name, List<String> known, Function<E, String> value) {
    return new EventField<>(name, Type.TEXT, null, value, known, false);
  }

  /** A text of which only the presence may be asked for. */
  static <E> EventField<E> presence(String name, Function<E, String> value) {
    return new EventField<>(name, Type.TEXT, null, value, List.of(), true);
  }
}
