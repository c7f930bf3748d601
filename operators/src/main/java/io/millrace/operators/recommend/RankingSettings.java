package io.millrace.operators.recommend;

import io.millrace.features.ranking.Buckets;
import io.millrace.features.ranking.ListOrder;
import java.io.Serializable;
import java.time.Duration;

/**
 * How candidates are put in order, how that is learned, and whose clicks tell how good it is.
 *
 * @param buckets how visitors are split, and what orders the lists of each
 * @param visitors share of visitors whose clicks make examples and are judged, 0 to 1
 * @param publishEvery examples after which a new version is published
 * @param longest event time within which the next click must follow
 * @param positionBias how steeply attention falls down a list, 0 for not at all; see {@link
 *     io.millrace.features.ranking.PositionBias}
 * @param segments which visitors learn apart
 */
public record RankingSettings(
    Buckets buckets,
    double visitors,
    int publishEvery,
    Duration longest,
    double positionBias,
    SegmentBy segments)
    implements Serializable {
  /** Where nothing else is said. */
  public static final RankingSettings DEFAULT =
      new RankingSettings(
          Buckets.all(ListOrder.LEARNED), .05, 256, Duration.ofMinutes(30), 1, SegmentBy.NOTHING);

  /** As the neighbours have it; nothing is learned, nothing judged. */
  public static final RankingSettings OFF =
      DEFAULT.with(Buckets.all(ListOrder.NEIGHBOURS)).withVisitors(0);

  /** The same with other buckets. */
  public RankingSettings with(Buckets others) {
    return new RankingSettings(others, visitors, publishEvery, longest, positionBias, segments);
  }

  /** The same with another share of visitors. */
  public RankingSettings withVisitors(double share) {
    return new RankingSettings(buckets, share, publishEvery, longest, positionBias, segments);
  }

  /** Whether anything is learned; what no list is ordered by is not. */
  boolean learns() {
    return visitors > 0 && buckets.learn();
  }

  /** Whether answers must carry what ranking needs. */
  boolean needsSignals() {
    return buckets.rank();
  }
}
