package io.millrace.features.rule;

import io.millrace.features.event.FraudRule.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The catalogue of the fields of one kind of event, in a fixed order. The first one says what kind
 * it is ({@code status}, {@code event_type}): every event carries it, with one of few values.
 *
 * @param <E> the event
 */
public final class EventFields<E> {
  /** Fields that a catalogue may have: an event notes in one long which of them it has read. */
  static final int MAX_FIELDS = 64;

  /** The number of the field that says what kind of event it is. */
  static final int KIND = 0;

  private final Source source;
  private final List<EventField<E>> fields;
  private final Map<String, Integer> places = new HashMap<>();

  EventFields(Source source, List<EventField<E>> fields) {
    if (fields.size() > MAX_FIELDS) {
      throw new IllegalArgumentException(fields.size() + " fields; " + MAX_FIELDS + " at most");
    }
    this.source = source;
    this.fields = List.copyOf(fields);
    fields.forEach(field -> places.put(field.name(), places.size()));
  }

  /** The catalogue of a topic. */
  public static EventFields<?> of(Source source) {
    return switch (source) {
      case ORDERS -> OrderFields.CATALOGUE;
      case CLICKSTREAM -> ClickFields.CATALOGUE;
    };
  }

  /** The topic. */
  public Source source() {
    return source;
  }

  /** The names of all fields. */
  public Set<String> names() {
    return places.keySet();
  }

  /** The number of a field, −1 if there is none of that name. */
  int indexOf(String name) {
    return places.getOrDefault(name, -1);
  }

  EventField<E> field(int number) {
    return fields.get(number);
  }

  int size() {
    return fields.size();
  }

  /** The values of the field that says what kind of event it is. */
  List<String> kinds() {
    return fields.get(KIND).known();
  }
}
