package io.millrace.features.algebra;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields that the events of a feature set may carry; any of them may be missing in an event.
 */
public final class Schema {
  /** Fields a schema may have. */
  public static final int MAX_FIELDS = 64;

  private final String name;
  private final List<Field> fields;
  private final Map<String, Integer> places = new HashMap<>();

  private Schema(String name, List<Field> fields) {
    this.name = name;
    this.fields = fields;
    for (Field field : fields) {
      if (places.put(field.name(), places.size()) != null) {
        throw new IllegalArgumentException(
            "schema %s: two fields are named %s; rename one".formatted(name, field.name()));
      }
    }
  }

  /**
   * A schema of these fields.
   *
   * @throws IllegalArgumentException if two have one name, or there are too many
   */
  public static Schema of(String name, Field... fields) {
    Names.check("schema", name);
    if (fields.length > MAX_FIELDS) {
      throw new IllegalArgumentException(
          "schema %s: %d fields; %d at most, leave out those no feature needs"
              .formatted(name, fields.length, MAX_FIELDS));
    }
    return new Schema(name, List.of(fields));
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its fields, in the order declared. */
  public List<Field> fields() {
    return fields;
  }

  /** The field of that name, null if there is none. */
  Field field(String field) {
    Integer place = places.get(field);
    return place == null ? null : fields.get(place);
  }

  /**
   * The number of a field, from 0.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public int indexOf(String field) {
    Integer place = places.get(field);
    if (place == null) {
      throw new IllegalArgumentException(unknown(field));
    }
    return place;
  }

  /** Says that a field is not here, and the remedy. */
  String unknown(String field) {
    return "field %s is not in schema %s; %s"
        .formatted(field, name, Names.nearest(field, places.keySet()));
  }

  /**
   * Begins an event.
   *
   * @param time event time, milliseconds since the epoch
   * @param tie orders the events of one millisecond, as signed numbers: a 64-bit hash of the event
   *     id, or where events have an order of their own, their number in it
   * @throws IllegalArgumentException if the time is 2^53 or more in magnitude
   */
  public Row.Builder row(long time, long tie) {
    return new Row.Builder(this, time, tie);
  }
}
