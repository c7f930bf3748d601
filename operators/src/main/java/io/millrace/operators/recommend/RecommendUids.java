package io.millrace.operators.recommend;

/** Uids of the recommender's operators; a savepoint finds their state by these. */
public final class RecommendUids {
  public static final String CLICKS = "clicks";
  public static final String ORDERS = "orders";
  public static final String FLAGGED_VISITORS = "flagged-visitors";
  public static final String ERASURES = "erasures";
  public static final String VISITOR_CONTROLS = "visitor-controls";
  public static final String CATALOGUE_ENTRIES = "catalogue-entries";
  public static final String ORDER_LINES = "order-lines";
  public static final String ITEM_FACTS = "item-facts";
  public static final String FORGET_BY_ITEM = "forget-by-item";
  public static final String REPUBLISH = "republish";
  public static final String REPUBLISH_BUNDLES = "republish-bundles";
  public static final String REPUBLISH_SIMILAR = "republish-similar";
  public static final String CONTENT_SIGNER = "content-signer";
  public static final String CONTENT_BUCKETS = "content-buckets";
  public static final String CONTENT_NEIGHBOURS = "content-neighbours";
  public static final String FACTS_FOR_BUNDLES = "facts-for-bundles";
  public static final String FORGET_IN_BUNDLES = "forget-in-bundles";
  public static final String BUNDLE_POSTINGS = "bundle-postings";
  public static final String BUNDLE_SINK = "bundle-sink";
  public static final String LISTS = "lists";
  public static final String RECEIPTS_SINK = "receipts-sink";
  public static final String SESSION_TRACKER = "session-tracker";
  public static final String ITEM_POSTINGS = "item-postings";
  public static final String MODELS = "models";
  public static final String RANKER_LEARNER = "ranker-learner";
  public static final String MODELS_SINK = "models-sink";
  public static final String QUALITY_METER = "quality-meter";
  public static final String QUALITY_SINK = "quality-sink";
  public static final String RECOMMENDATION_MERGER = "recommendation-merger";
  public static final String TREND_PRE_AGGREGATOR = "trend-pre-aggregator";
  public static final String TREND_COUNTER = "trend-counter";
  public static final String TREND_BOARD_KEEPER = "trend-board-keeper";
  public static final String REC_VALUES = "rec-values";
  public static final String REC_SINK = "rec-sink";
  public static final String SIM_SINK = "sim-sink";
  public static final String TREND_SINK = "trend-sink";

  private RecommendUids() {}

  /** Of the fill-ins of a kind on their way to the postings. */
  static String fillIns(String kind) {
    return kind.replace(' ', '-') + "-fill-ins";
  }

  /** Of what every merger is told. */
  static String newsForLists(String what) {
    return what.replace(' ', '-') + "-for-lists";
  }
}
