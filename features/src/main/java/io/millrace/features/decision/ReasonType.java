package io.millrace.features.decision;

/** Why an item stands in a list; the contract's {@code reason.type}. */
public enum ReasonType {
  /** Sessions that held an item of this visit went on to it. */
  SESSION("session"),
  /** It tends to follow next after the items just seen. */
  SEQUENCE("sequence"),
  /** It is often in the same order. */
  BOUGHT_TOGETHER("bought_together"),
  /** Its description resembles an item just seen. */
  SIMILAR_CONTENT("similar_content"),
  /** It suits what the visitor has liked before. */
  PROFILE("profile"),
  /** Many want it at present. */
  TRENDING("trending"),
  /** A type that this version of the library does not know; read, never written. */
  OTHER("");

  private final String wireName;

  ReasonType(String wireName) {
    this.wireName = wireName;
  }

  /** The name in JSON; empty for {@link #OTHER}. */
  public String wireName() {
    return wireName;
  }

  /** The type of that name in JSON, {@link #OTHER} if there is none. */
  static ReasonType ofWireName(String name) {
    for (ReasonType type : values()) {
      if (type.wireName.equals(name)) {
        return type;
      }
    }
    return OTHER;
  }
}
