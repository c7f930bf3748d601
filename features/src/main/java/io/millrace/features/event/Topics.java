package io.millrace.features.event;

/** The Kafka topics of the engine, as the contract names them. */
public final class Topics {
  /** Input: what visitors do, keyed by visitor. */
  public static final String CLICKSTREAM = "clickstream";

  /** Input: what becomes of orders, keyed by order. */
  public static final String ORDERS = "orders";

  /** Input: what the store sells, keyed by item; compacted. */
  public static final String CATALOG = "catalog";

  /** Input: what people decide over the engine's head, keyed by control; compacted. */
  public static final String CONTROLS = "controls";

  /** Input: what analysts watch for, keyed by rule; compacted. */
  public static final String FRAUD_RULES = "fraud-rules";

  /** Input: what somebody found out about orders, keyed by order. */
  public static final String FRAUD_LABELS = "fraud-labels";

  /** Input: who is to be forgotten, keyed by visitor. */
  public static final String ERASURES = "erasures";

  /** Output: how risky each order is and what to do about it, keyed by order. */
  public static final String ORDER_RISK = "order-risk";

  /** Output: episodes that somebody has to look at, keyed by entity. */
  public static final String FRAUD_ALERTS = "fraud-alerts";

  /** Output: which job has forgotten whom, keyed by visitor. */
  public static final String ERASURE_RECEIPTS = "erasure-receipts";

  /** Output, read back: published versions of what was learned, keyed by model; compacted. */
  public static final String MODELS = "models";

  /** Output: every message that could not be read, keyed by the topic it came from. */
  public static final String DEAD_LETTERS = "dead-letters";

  private Topics() {}
}
