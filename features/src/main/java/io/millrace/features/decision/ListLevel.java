package io.millrace.features.decision;

/**
 * Where an item of a list came from, in the order in which lists are filled; finer than the reason
 * given, for both kinds of trends have one. State holds places in this order: a change of it is a
 * change of layouts.
 */
public enum ListLevel {
  SESSION(ReasonType.SESSION, "session", "session"),
  PROFILE(ReasonType.PROFILE, "profile", "profile"),
  SEQUENCE(ReasonType.SEQUENCE, "sequence", "sequence"),
  BOUGHT_TOGETHER(ReasonType.BOUGHT_TOGETHER, "bought_together", "bought together"),
  SIMILAR_CONTENT(ReasonType.SIMILAR_CONTENT, "similar_content", "similar content"),
  TRENDING_IN_CATEGORY(ReasonType.TRENDING, "trending_in_category", "trending in the category"),
  TRENDING_IN_STORE(ReasonType.TRENDING, "trending_in_store", "trending in the store");

  private final ReasonType reason;
  private final String wireName;
  private final String label;

  ListLevel(ReasonType reason, String wireName, String label) {
    this.reason = reason;
    this.wireName = wireName;
    this.label = label;
  }

  /**
   * By the reason given.
   *
   * @param sameCategory whether the item is of the category looked at
   * @throws IllegalArgumentException if it is {@link ReasonType#OTHER}, which no list gives
   */
  public static ListLevel of(ReasonType reason, boolean sameCategory) {
    return switch (reason) {
      case SESSION -> SESSION;
      case PROFILE -> PROFILE;
      case SEQUENCE -> SEQUENCE;
      case BOUGHT_TOGETHER -> BOUGHT_TOGETHER;
      case SIMILAR_CONTENT -> SIMILAR_CONTENT;
      case OTHER -> throw new IllegalArgumentException("a list gives no such reason");
      case TRENDING -> sameCategory ? TRENDING_IN_CATEGORY : TRENDING_IN_STORE;
    };
  }

  /** The reason its items are given with. */
  public ReasonType reason() {
    return reason;
  }

  /** The name in JSON. */
  public String wireName() {
    return wireName;
  }

  /** As tables have it. */
  public String label() {
    return label;
  }

  /** The level of that name in JSON, null if this version of the library knows none. */
  static ListLevel ofWireName(String name) {
    for (ListLevel level : values()) {
      if (level.wireName.equals(name)) {
        return level;
      }
    }
    return null;
  }
}
