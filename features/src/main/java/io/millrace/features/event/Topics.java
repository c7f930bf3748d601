package io.millrace.features.event;

/** The Kafka topics of the engine, as the contract names them. */
public final class Topics {
  /** Input: what visitors do, keyed by visitor. */
  public static final String CLICKSTREAM = "clickstream";

  /** Output: every message that could not be read, keyed by the topic it came from. */
  public static final String DEAD_LETTERS = "dead-letters";

  private Topics() {}
}
