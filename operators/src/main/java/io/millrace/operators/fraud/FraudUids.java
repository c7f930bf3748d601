package io.millrace.operators.fraud;

/** Uids of the fraud job's operators; a savepoint finds their state by these. */
public final class FraudUids {
  public static final String CLICKS = "fraud-clicks";
  public static final String ORDERS = "fraud-orders";
  public static final String RULE_TIME = "fraud-rule-time";
  public static final String RULE_ADMISSION = "fraud-rule-admission";
  public static final String REFUSED_RULES = "fraud-refused-rules";
  public static final String RULES_FOR_VISITORS = "fraud-rules-for-visitors";
  public static final String ERASURES_FOR_VISITORS = "fraud-erasures-for-visitors";
  public static final String VISITORS = "fraud-visitor";
  public static final String ENTITIES = "fraud-entities";
  public static final String LABELS = "fraud-label-watch";
  public static final String GIVEN_SIGNALS = "fraud-given-signals";
  public static final String LABEL_KEEPER = "fraud-label-keeper";
  public static final String EXAMPLES = "fraud-examples";
  public static final String LEARNER = "fraud-learner";
  public static final String MODELS = "fraud-models";
  public static final String MODELS_SINK = "fraud-models-sink";
  public static final String SCORER = "fraud-scorer";
  public static final String ORDER_RISKS = "fraud-order-risks";
  public static final String ORDER_RISKS_SINK = "fraud-order-risks-sink";
  public static final String DECISIONS = "fraud-decisions";
  public static final String DECISIONS_SINK = "fraud-decisions-sink";
  public static final String CANDIDATES = "fraud-candidates";
  public static final String MODEL_ALERTS = "fraud-model-alerts";
  public static final String CONTROLS_FOR_ALERTS = "fraud-controls-for-alerts";
  public static final String ERASURES_FOR_ALERTS = "fraud-erasures-for-alerts";
  public static final String ALERTS = "fraud-alerts";
  public static final String ALERTS_SINK = "fraud-alerts-sink";
  public static final String SCORES_OF_VISITORS = "fraud-scores-of-visitors";
  public static final String ALERTS_OF_VISITORS = "fraud-alerts-of-visitors";
  public static final String RISKS = "fraud-visitor-risks";
  public static final String RISKS_SINK = "fraud-visitor-risks-sink";
  public static final String RECEIPTS_SINK = "fraud-receipts-sink";

  private FraudUids() {}
}
