package io.millrace.features.event;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The constants of an enum by their names on the wire, which are the constants in lower case.
 *
 * @param <T> the enum
 */
final class WireNames<T extends Enum<T>> {
  private final Map<String, T> constants = new LinkedHashMap<>();

  WireNames(Class<T> type) {
    for (T constant : type.getEnumConstants()) {
      constants.put(of(constant), constant);
    }
  }

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The constant of that name, or null if there is none. */
  T find(String name) {
    return constants.get(name);
  }

  /** All names in order, for a message. */
  @Override
  public String toString() {
    return String.join(", ", constants.keySet());
  }
}
