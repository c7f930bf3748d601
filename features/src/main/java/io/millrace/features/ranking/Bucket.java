package io.millrace.features.ranking;

import java.io.Serializable;

/**
 * One group of visitors, whose lists are ordered in one way.
 *
 * @param name as lists and quality figures have it
 * @param share of visitors in it, above 0 and up to 1
 * @param order of their lists
 */
public record Bucket(String name, double share, ListOrder order) implements Serializable {
  /** Begins with a letter or digit, so that none is called as the figures of all together are. */
  private static final String NAME = "[a-z0-9][a-z0-9_-]{0,63}";

  public Bucket {
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is no name of a bucket; give 1 to 64 small letters, digits, - or _, a letter or"
              + " digit first");
    }
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "the share of bucket " + name + " is " + share + "; give more than 0 and at most 1");
    }
  }

  /** Reads {@code control:0.1:neighbours}. */
  static Bucket parse(String text) {
    String[] parts = text.split(":", 3);
    if (parts.length < 3) {
      throw new IllegalArgumentException(
          "'" + text + "' is no bucket; give NAME:SHARE:ORDER such as control:0.1:neighbours");
    }
    return new Bucket(parts[0], share(parts), ListOrder.parse(parts[2]));
  }

  private static double share(String[] parts) {
    try {
      return Double.parseDouble(parts[1]);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the share of bucket " + parts[0] + " is '" + parts[1] + "'; give a number such as 0.1",
          e);
    }
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return name + ":" + share + ":" + order;
  }
}
