package io.millrace.features.ranking;

import java.io.Serializable;

/**
 * What puts the candidates of a list in order.
 *
 * @param kind the neighbours, the newest version of what is learned, or one version for good
 * @param version the version of {@link Kind#FROZEN}, else 0
 */
public record ListOrder(Kind kind, long version) implements Serializable {
  /** As the neighbours have it. */
  public static final ListOrder NEIGHBOURS = new ListOrder(Kind.NEIGHBOURS, 0);

  /** By the newest version; as the neighbours have it while there is none. */
  public static final ListOrder LEARNED = new ListOrder(Kind.LEARNED, 0);

  /** What a text may be, in words. */
  public static final String VALUES =
      "learned, neighbours or frozen:VERSION, a version from 1 on, or 0 for none";

  private static final String FROZEN = "frozen:";

  /** The kinds of order. */
  public enum Kind {
    /** As the neighbours have it. */
    NEIGHBOURS,
    /** By the newest version. */
    LEARNED,
    /** By one version, whatever was published since. */
    FROZEN
  }

  /**
   * Reads {@code learned}, {@code neighbours} or {@code frozen:7}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static ListOrder parse(String text) {
    if (text.equals("learned")) {
      return LEARNED;
    }
    if (text.equals("neighbours")) {
      return NEIGHBOURS;
    }
    if (!text.matches(FROZEN + "\\d{1,18}")) {
      throw new IllegalArgumentException("'" + text + "' is no order; give " + VALUES);
    }
    return new ListOrder(Kind.FROZEN, Long.parseLong(text.substring(FROZEN.length())));
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return switch (kind) {
      case NEIGHBOURS -> "neighbours";
      case LEARNED -> "learned";
      case FROZEN -> FROZEN + version;
    };
  }
}
