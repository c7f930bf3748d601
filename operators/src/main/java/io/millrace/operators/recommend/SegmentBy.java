package io.millrace.operators.recommend;

import io.millrace.features.event.Click;
import io.millrace.features.ranking.RankingModel;

/** By what clicks are told apart, where those of one kind are not to teach another how to rank. */
public enum SegmentBy {
  /** All learn together. */
  NOTHING,
  /** By {@code channel}: each store or app. */
  CHANNEL,
  /** By {@code region}. */
  REGION,
  /** By {@code type}: each kind of page. */
  TYPE;

  /** Longer ones are taken together with those that say nothing. */
  private static final int LONGEST = 40;

  /** The segment a click is of; {@link RankingModel#DEFAULT_SEGMENT} if it does not say. */
  String of(Click click) {
    String segment =
        switch (this) {
          case NOTHING -> null;
          case CHANNEL -> click.details().channel();
          case REGION -> click.details().region();
          case TYPE -> click.type().wireName();
        };
    return segment == null || segment.isEmpty() || segment.length() > LONGEST
        ? RankingModel.DEFAULT_SEGMENT
        : segment;
  }
}
