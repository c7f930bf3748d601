package io.millrace.operators.kafka;

import io.millrace.operators.types.FlatTypeInfo;
import java.util.Objects;

/**
 * What holds of a key until a newer fact of the same key comes, newer by its place in the log.
 *
 * @param key what it is about: the id of an item or a control, a visitor
 * @param value what holds, null where the fact is that it was deleted
 * @param origin timestamp of the Kafka record, milliseconds since the epoch
 * @param <E> the type of the values
 */
public record Fact<E>(String key, E value, long origin) {
  public Fact {
    Objects.requireNonNull(key, "key");
  }

  /** Whether nothing holds of the key any more. */
  public boolean isDeleted() {
    return value == null;
  }

  /** Type information for facts of one type. */
  @SuppressWarnings("unchecked")
  public static <E> FlatTypeInfo<Fact<E>> typeInfo(FlatTypeInfo<E> value) {
    Class<Fact<E>> type = (Class<Fact<E>>) (Class<?>) Fact.class;
    return new FlatTypeInfo<>(type, new FactSerializer<>(value.serializer()));
  }
}
