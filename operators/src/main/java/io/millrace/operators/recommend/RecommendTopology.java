package io.millrace.operators.recommend;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.RecommendationList;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.event.Click;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.redis.RedisWrite;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;
import org.apache.flink.util.OutputTag;

/**
 * The recommender as a graph: clicks → {@link SessionTracker} → {@link ItemPostings} → {@link
 * RecommendationMerger}, with the trends beside them. Sources and sinks are the caller's.
 *
 * <p>Each Redis key is written by one subtask of one operator, keyed by what the key names, so the
 * sinks stay chained to them and see a key's writes in order.
 */
public final class RecommendTopology {
  private final SingleOutputStreamOperator<Timed<RecommendationList>> lists;
  private final SingleOutputStreamOperator<AnswerMessage> postings;
  private final SingleOutputStreamOperator<TrendTop> trends;

  /**
   * Adds the operators to the job of the clicks.
   *
   * @param clicks valid and in time, event time as record timestamp
   * @param settings of the recommender
   * @param trackers parallelism of the session tracker, 0 for the job's own; with 1 the postings
   *     learn and answer in the order of the input
   */
  public RecommendTopology(
      DataStream<Timed<Click>> clicks, RecommendSettings settings, int trackers) {
    SingleOutputStreamOperator<PostingMessage> tracked =
        clicks
            .keyBy(click -> click.event().visitorId(), Types.STRING)
            .transform(
                "session tracker",
                RecommendTypes.POSTING_MESSAGE,
                new SessionTracker(settings.session(), settings.phases(), settings.state()))
            .uid(RecommendUids.SESSION_TRACKER);
    if (trackers > 0) {
      tracked.setParallelism(trackers);
    }
    postings =
        tracked
            .keyBy(PostingMessage::item, Types.STRING)
            .transform(
                "item postings",
                RecommendTypes.ANSWER_MESSAGE,
                new ItemPostings(settings.neighbour(), settings.writes(), settings.state()))
            .uid(RecommendUids.ITEM_POSTINGS);
    trends = trends(tracked, settings);
    lists = merge(postings.keyBy(answer -> answer.ask().visitor(), Types.STRING), settings);
  }

  private static SingleOutputStreamOperator<TrendTop> trends(
      SingleOutputStreamOperator<PostingMessage> tracked, RecommendSettings settings) {
    SingleOutputStreamOperator<ItemClick> added =
        tracked
            .getSideOutput(SessionTracker.ITEM_CLICKS)
            .transform(
                "trend pre-aggregator",
                RecommendTypes.ITEM_CLICK,
                new TrendPreAggregator(settings.writes().trendInterval().toMillis()))
            .uid(RecommendUids.TREND_PRE_AGGREGATOR)
            .setParallelism(tracked.getParallelism());
    return added
        .keyBy(ItemClick::item, Types.STRING)
        .connect(noFacts(tracked).keyBy(ItemFact::item, Types.STRING))
        .transform("trend counter", RecommendTypes.TREND_UPDATE, new TrendCounter(settings.state()))
        .uid(RecommendUids.TREND_COUNTER)
        .keyBy(TrendUpdate::list, Types.STRING)
        .transform(
            "trend board keeper",
            RecommendTypes.TREND_TOP,
            new TrendBoardKeeper(settings.writes(), settings.state()))
        .uid(RecommendUids.TREND_BOARD_KEEPER);
  }

  /** What is known of items, which nobody says yet. */
  private static DataStream<ItemFact> noFacts(SingleOutputStreamOperator<?> tracked) {
    return tracked.getSideOutput(new OutputTag<>("item-facts", ItemFactSerializer.TYPE));
  }

  /** A keyed input beside a broadcast one, which the fluent API offers for functions only. */
  private SingleOutputStreamOperator<Timed<RecommendationList>> merge(
      KeyedStream<AnswerMessage, String> answers, RecommendSettings settings) {
    TwoInputTransformation<AnswerMessage, TrendTop, Timed<RecommendationList>> merger =
        new TwoInputTransformation<>(
            answers.getTransformation(),
            trends.broadcast().getTransformation(),
            "recommendation merger",
            new RecommendationMerger(settings.writes()),
            Timed.typeInfo(RecommendTypes.RECOMMENDATIONS),
            answers.getExecutionEnvironment().getParallelism());
    merger.setStateKeySelectors(answers.getKeySelector(), null);
    merger.setStateKeyType(Types.STRING);
    answers.getExecutionEnvironment().addOperator(merger);
    return new Lists(answers, merger).uid(RecommendUids.RECOMMENDATION_MERGER);
  }

  private static final class Lists extends SingleOutputStreamOperator<Timed<RecommendationList>> {
    private Lists(
        DataStream<?> upstream,
        TwoInputTransformation<?, ?, Timed<RecommendationList>> transformation) {
      super(upstream.getExecutionEnvironment(), transformation);
    }
  }

  /** The lists as they are made, one an ask; the timestamp beside is the ask's origin. */
  public DataStream<Timed<RecommendationList>> lists() {
    return lists;
  }

  /** Writes lists, similar items and trends, each to a sink of its own connection. */
  public void writeTo(Sink<RedisWrite> sink) {
    lists
        .map(RecommendTopology::write, RedisWrite.TYPE)
        .name("rec values")
        .uid(RecommendUids.REC_VALUES)
        .sinkTo(sink)
        .name("Redis rec")
        .uid(RecommendUids.REC_SINK);
    postings
        .getSideOutput(ItemPostings.SIMILAR)
        .sinkTo(sink)
        .name("Redis sim")
        .uid(RecommendUids.SIM_SINK);
    trends
        .getSideOutput(TrendBoardKeeper.TRENDS)
        .sinkTo(sink)
        .name("Redis trend")
        .uid(RecommendUids.TREND_SINK);
  }

  private static RedisWrite write(Timed<RecommendationList> list) {
    return RedisWrite.set(
        RedisKeys.rec(list.event().visitorId()),
        DecisionJson.write(list.event()),
        RedisKeys.REC_TTL,
        list.origin());
  }
}
