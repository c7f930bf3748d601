package io.millrace.jobs.evaluate;

import io.millrace.features.decision.ReasonType;

/** Where an item of a list came from, in the order in which lists are filled. */
enum LiveLevel {
  SESSION("session"),
  PROFILE("profile"),
  SEQUENCE("sequence"),
  BOUGHT_TOGETHER("bought together"),
  SIMILAR_CONTENT("similar content"),
  TRENDING_IN_CATEGORY("trending in the category"),
  TRENDING_IN_STORE("trending in the store");

  private final String label;

  LiveLevel(String label) {
    this.label = label;
  }

  /**
   * By the reason given; both kinds of trends have one.
   *
   * @param sameCategory whether the item is of the category looked at
   */
  static LiveLevel of(ReasonType reason, boolean sameCategory) {
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

  /** As the table has it. */
  String label() {
    return label;
  }
}
