package io.millrace.jobs.options;

import io.millrace.features.ranking.Buckets;
import io.millrace.features.ranking.ListOrder;
import io.millrace.jobs.Failure;
import io.millrace.operators.recommend.RankingSettings;
import io.millrace.operators.recommend.SegmentBy;
import java.util.List;

/** What puts recommendations in order, how that is learned, and how it is watched. */
public final class RankingOptions {
  private static final RankingSettings DEFAULT = RankingSettings.DEFAULT;

  /** What puts candidates in order. */
  public static final Option<ListOrder> MODEL =
      Option.parsedOption(
          "ranking.model",
          ListOrder.LEARNED,
          ListOrder.VALUES,
          "What puts candidates in order: weights learned from visitors' next clicks, the score of"
              + " the neighbours alone, or one version of the weights for good. Nothing is learned"
              + " where no list is ordered by what is.",
          ListOrder::parse);

  /** How visitors are split. */
  public static final Option<String> BUCKETS =
      Option.parsedOption(
          "ranking.buckets",
          "",
          "NAME:SHARE:ORDER separated by commas, the shares adding up to 1, each order as for"
              + " ranking.model: control:0.1:neighbours,main:0.9:learned",
          "Buckets that visitors are split into by a hash of their ids, to compare orders; none for"
              + " everybody in one, ordered as ranking.model says.",
          text -> text.isEmpty() ? text : Buckets.parse(text).toString());

  /** Share of visitors that teach the ranking. */
  public static final Option<Double> VISITORS =
      Option.doubleOption(
          "ranking.visitors",
          DEFAULT.visitors(),
          0,
          1,
          "Share of visitors whose next clicks make examples for the ranking and tell how good lists"
              + " are.");

  /** Examples between two versions. */
  public static final Option<Integer> PUBLISH_EVERY =
      Option.intOption(
          "ranking.publish-every",
          DEFAULT.publishEvery(),
          1,
          1_000_000,
          "Examples after which a new version of the weights is published; the first ones come after"
              + " 32, 64, 128 and so on.");

  /** How steeply attention falls. */
  public static final Option<Double> POSITION_BIAS =
      Option.doubleOption(
          "ranking.position-bias",
          DEFAULT.positionBias(),
          0,
          3,
          "How steeply attention falls down a list: a click at a place counts (place + 1) to the"
              + " power of this, at most 20 times, where select_item gives index and"
              + " served_version; 0 is no correction.");

  /** What learns apart. */
  public static final Option<SegmentBy> SEGMENT_BY =
      Option.enumOption(
          "ranking.segment-by",
          DEFAULT.segments(),
          "Which clicks learn apart from each other: all together, or those of each channel, region"
              + " or type of event; 64 at most.");

  static final List<Option<?>> ALL =
      List.of(MODEL, BUCKETS, VISITORS, PUBLISH_EVERY, POSITION_BIAS, SEGMENT_BY);

  private RankingOptions() {}

  private static Buckets buckets(Options options) {
    String buckets = options.get(BUCKETS);
    if (!buckets.isEmpty() && options.isSet(MODEL)) {
      throw Failure.usage(
          "ranking.model and ranking.buckets are both set; give the order of every bucket, and no"
              + " ranking.model");
    }
    return buckets.isEmpty() ? Buckets.all(options.get(MODEL)) : Buckets.parse(buckets);
  }

  /**
   * What they set up.
   *
   * @throws Failure of wrong usage if they do not go together
   */
  public static RankingSettings settings(Options options) {
    return new RankingSettings(
        buckets(options),
        options.get(VISITORS),
        options.get(PUBLISH_EVERY),
        DEFAULT.longest(),
        options.get(POSITION_BIAS),
        options.get(SEGMENT_BY));
  }
}
