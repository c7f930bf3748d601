package io.millrace.operators.recommend;

/** Uids of the recommender's operators; a savepoint finds their state by these. */
public final class RecommendUids {
  public static final String SESSION_TRACKER = "session-tracker";
  public static final String ITEM_POSTINGS = "item-postings";
  public static final String RECOMMENDATION_MERGER = "recommendation-merger";
  public static final String TREND_PRE_AGGREGATOR = "trend-pre-aggregator";
  public static final String TREND_COUNTER = "trend-counter";
  public static final String TREND_BOARD_KEEPER = "trend-board-keeper";
  public static final String REC_VALUES = "rec-values";
  public static final String REC_SINK = "rec-sink";
  public static final String SIM_SINK = "sim-sink";
  public static final String TREND_SINK = "trend-sink";

  private RecommendUids() {}
}
