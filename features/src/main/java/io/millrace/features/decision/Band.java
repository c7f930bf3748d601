package io.millrace.features.decision;

import java.util.Locale;

/** How risky an order or a visitor is. The order of the constants is part of serialized forms. */
public enum Band {
  LOW,
  MEDIUM,
  HIGH;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name in JSON, for example {@code high}. */
  public String wireName() {
    return wireName;
  }

  /** The band of that name in JSON, null if this version of the library knows none. */
  static Band ofWireName(String name) {
    for (Band band : values()) {
      if (band.wireName.equals(name)) {
        return band;
      }
    }
    return null;
  }
}
