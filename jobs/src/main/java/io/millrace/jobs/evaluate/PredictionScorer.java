package io.millrace.jobs.evaluate;

import io.millrace.features.decision.RecommendationList;
import io.millrace.operators.kafka.Timed;
import java.util.List;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Holds each list against the click that came next. */
final class PredictionScorer extends ProcessFunction<Timed<RecommendationList>, Integer> {
  static final String ALL = "ranks";
  static final String PUBLISHED = "ranks-published";
  static final String DELAYS = "delays";

  /** Predictions that should have been ranked by what was learned, and were not. */
  static final String UNRANKED = "unranked";

  private final ClickSet set;
  private final RecommendEvaluation.Mode mode;
  private final LongCounter unranked = new LongCounter();
  private final Ranks all = new Ranks();
  private final Ranks published = new Ranks();
  private final Delays delays = new Delays();
  private transient EvaluationInput input;
  private transient PublishedLists lists;

  PredictionScorer(ClickSet set, RecommendEvaluation.Mode mode) {
    this.set = set;
    this.mode = mode;
  }

  @Override
  public void open(OpenContext context) {
    input = EvaluationInput.of(set);
    lists = PublishedLists.read(set);
    getRuntimeContext().addAccumulator(ALL, all);
    getRuntimeContext().addAccumulator(PUBLISHED, published);
    getRuntimeContext().addAccumulator(DELAYS, delays);
    getRuntimeContext().addAccumulator(UNRANKED, unranked);
  }

  @Override
  public void processElement(
      Timed<RecommendationList> timed, Context context, Collector<Integer> out) {
    RecommendationList list = timed.event();
    if (input.takeProbe(list.visitorId())) {
      return;
    }
    String next = input.next(list.visitorId(), list.eventTime());
    if (next == null) {
      return;
    }
    delays.add(System.nanoTime() / 1_000 - timed.origin());
    unranked.add(mode.isRanked() && list.modelVersion() == null ? 1 : 0);
    int rank = rank(list.items(), next);
    all.add(rank);
    String session = EvaluationInput.session(list.visitorId());
    if (lists.cover(session, input.position(list.visitorId(), list.eventTime()))) {
      published.add(rank);
    }
  }

  private static int rank(List<RecommendationList.Item> items, String next) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).itemId().equals(next)) {
        return i + 1;
      }
    }
    return 0;
  }
}
