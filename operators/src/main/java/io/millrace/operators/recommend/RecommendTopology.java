package io.millrace.operators.recommend;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.decision.RecommendationList;
import io.millrace.features.event.Control;
import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.event.VisitorEvent;
import io.millrace.operators.job.KeyedBeside;
import io.millrace.operators.job.Republish;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.recommend.content.ContentStream;
import io.millrace.operators.recommend.quality.QualityMeter;
import io.millrace.operators.recommend.ranking.RankerLearner;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.operators.types.EventTypes;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The recommender as a graph: clicks and orders → {@link SessionTracker} → {@link ItemPostings} →
 * {@link RecommendationMerger}; beside them trends, what is known of items, and what fills lists
 * up. Sources and sinks are the caller's.
 *
 * <p>Each Redis key is written by one subtask of one operator, keyed by what the key names, so the
 * sinks stay chained to them and see a key's writes in order.
 */
public final class RecommendTopology {
  /** The job's name, as receipts have it. */
  public static final String JOB = "recommend";

  /**
   * The longest that a click waits in the send buffer of one operator, in milliseconds. Every flush
   * wakes threads on both sides, so what is not on a click's way to its list waits for as long as
   * the job has it.
   */
  private static final long CLICK_WAITS_MS = 10;

  private final RecommendSettings settings;
  private final SingleOutputStreamOperator<Timed<VisitorEvent>> clicks;
  private final SingleOutputStreamOperator<Fact<Control>> republish;
  private final SingleOutputStreamOperator<PostingMessage> tracked;
  private final SingleOutputStreamOperator<ItemFact> facts;
  private final SingleOutputStreamOperator<TrendTop> trends;
  private final SingleOutputStreamOperator<FillIn> bundles;
  private final SingleOutputStreamOperator<AnswerMessage> postings;
  private final DataStream<ModelSnapshot> heardModels;
  private final SingleOutputStreamOperator<VisitorList> lists;

  /**
   * Adds the operators to the job of the clicks.
   *
   * @param settings of the recommender
   * @param trackers parallelism of the session tracker, 0 for the job's own; with 1 the postings
   *     learn and answer in the order of the input
   */
  public RecommendTopology(RecommendInputs inputs, RecommendSettings settings, int trackers) {
    this.settings = settings;
    clicks =
        inputs
            .clicks()
            .map(
                click -> new Timed<VisitorEvent>(click.event(), click.origin()),
                Timed.typeInfo(EventTypes.VISITOR_EVENT))
            .name("clicks")
            .uid(RecommendUids.CLICKS)
            .setParallelism(inputs.clicks().getParallelism())
            .setBufferTimeout(CLICK_WAITS_MS);
    DataStream<Fact<Control>> controls =
        orNone(inputs.controls(), "no-controls", Fact.typeInfo(EventTypes.CONTROL));
    republish =
        controls
            .filter(control -> Republish.isFor(JOB, control))
            .name("republish")
            .uid(RecommendUids.REPUBLISH);
    tracked = track(inputs, controls, trackers);
    facts = facts(inputs, controls);
    trends = trends();
    bundles = bundles();
    postings = post(inputs);
    heardModels = heardModels(inputs);
    lists = merge(inputs, controls);
  }

  /** A stream that may be missing; then one in which nothing ever comes. */
  private <T> DataStream<T> orNone(DataStream<T> stream, String name, TypeInformation<T> type) {
    return stream != null ? stream : clicks.getSideOutput(new OutputTag<>(name, type));
  }

  private SingleOutputStreamOperator<PostingMessage> track(
      RecommendInputs inputs, DataStream<Fact<Control>> controls, int trackers) {
    DataStream<Timed<VisitorEvent>> events = clicks;
    if (inputs.orders() != null) {
      events =
          clicks.union(
              inputs
                  .orders()
                  .map(
                      order -> new Timed<VisitorEvent>(order.event(), order.origin()),
                      Timed.typeInfo(EventTypes.VISITOR_EVENT))
                  .name("orders")
                  .uid(RecommendUids.ORDERS)
                  .setParallelism(inputs.orders().getParallelism()));
    }
    DataStream<VisitorNotice> notices =
        controls
            .map(VisitorNotice::of, VisitorNotice.TYPE)
            .name("visitor controls")
            .uid(RecommendUids.VISITOR_CONTROLS);
    if (inputs.erasures() != null) {
      notices =
          notices.union(
              inputs
                  .erasures()
                  .map(erasure -> VisitorNotice.of(erasure.value()), VisitorNotice.TYPE)
                  .name("erasures")
                  .uid(RecommendUids.ERASURES));
    }
    if (inputs.alerts() != null) {
      notices =
          notices.union(
              inputs
                  .alerts()
                  .flatMap(
                      (Fact<FraudAlert> alert, Collector<VisitorNotice> out) ->
                          VisitorNotice.of(alert.value(), out),
                      VisitorNotice.TYPE)
                  .name("flagged visitors")
                  .uid(RecommendUids.FLAGGED_VISITORS));
    }
    return KeyedBeside.add(
            events.keyBy(event -> event.event().visitorId(), Types.STRING),
            notices.broadcast(),
            "session tracker",
            RecommendTypes.POSTING_MESSAGE,
            new SessionTracker(
                settings.session(),
                settings.ranking().segments(),
                settings.phases(),
                settings.state()),
            trackers)
        .uid(RecommendUids.SESSION_TRACKER)
        .setBufferTimeout(CLICK_WAITS_MS);
  }

  private SingleOutputStreamOperator<ItemFact> facts(
      RecommendInputs inputs, DataStream<Fact<Control>> controls) {
    DataStream<ItemMessage> messages =
        tracked
            .getSideOutput(SessionTracker.ORDER_LINES)
            .map(ItemMessage::of, ItemMessageSerializer.TYPE)
            .name("order lines")
            .uid(RecommendUids.ORDER_LINES)
            .setParallelism(tracked.getParallelism());
    if (inputs.catalogue() != null) {
      messages =
          messages.union(
              inputs
                  .catalogue()
                  .map(ItemMessage::of, ItemMessageSerializer.TYPE)
                  .name("catalogue entries")
                  .uid(RecommendUids.CATALOGUE_ENTRIES));
    }
    return KeyedBeside.add(
            messages.keyBy(ItemMessage::item, Types.STRING),
            controls.broadcast(),
            "item facts",
            ItemFactSerializer.TYPE,
            new ItemFacts(settings.items()),
            0)
        .uid(RecommendUids.ITEM_FACTS);
  }

  private SingleOutputStreamOperator<TrendTop> trends() {
    SingleOutputStreamOperator<ItemClick> added =
        tracked
            .getSideOutput(SessionTracker.ITEM_CLICKS)
            .transform(
                "trend pre-aggregator",
                RecommendTypes.ITEM_CLICK,
                new TrendPreAggregator(settings.writes()))
            .uid(RecommendUids.TREND_PRE_AGGREGATOR)
            .setParallelism(tracked.getParallelism());
    SingleOutputStreamOperator<TrendUpdate> counted =
        added
            .keyBy(ItemClick::item, Types.STRING)
            .connect(facts.keyBy(ItemFact::item, Types.STRING))
            .transform(
                "trend counter", RecommendTypes.TREND_UPDATE, new TrendCounter(settings.state()))
            .uid(RecommendUids.TREND_COUNTER);
    return KeyedBeside.add(
            counted.keyBy(TrendUpdate::list, Types.STRING),
            republish.broadcast(),
            "trend board keeper",
            RecommendTypes.TREND_TOP,
            new TrendBoardKeeper(settings.writes(), settings.state()),
            0)
        .uid(RecommendUids.TREND_BOARD_KEEPER);
  }

  private SingleOutputStreamOperator<FillIn> bundles() {
    DataStream<BundleNews> news =
        facts
            .map(BundleNews::of, BundleNews.TYPE)
            .name("item facts for bundles")
            .uid(RecommendUids.FACTS_FOR_BUNDLES)
            .union(
                tracked
                    .getSideOutput(SessionTracker.FORGET)
                    .map(BundleNews::of, BundleNews.TYPE)
                    .name("to forget in bundles")
                    .uid(RecommendUids.FORGET_IN_BUNDLES)
                    .setParallelism(tracked.getParallelism()),
                republish
                    .map(control -> BundleNews.republish(), BundleNews.TYPE)
                    .name("republish bundles")
                    .uid(RecommendUids.REPUBLISH_BUNDLES));
    return KeyedBeside.add(
            tracked.getSideOutput(SessionTracker.ORDERS).keyBy(PostingMessage::item, Types.STRING),
            news.broadcast(),
            "bundle postings",
            FillIn.TYPE,
            new BundlePostings(
                settings.bundle(), settings.bundleWrites(), settings.state().keepingOrders()),
            0)
        .uid(RecommendUids.BUNDLE_POSTINGS);
  }

  private SingleOutputStreamOperator<AnswerMessage> post(RecommendInputs inputs) {
    DataStream<PostingNews> news =
        tracked
            .getSideOutput(SessionTracker.FORGET)
            .map(PostingNews::of, PostingNews.TYPE)
            .name("to forget by item")
            .uid(RecommendUids.FORGET_BY_ITEM)
            .setParallelism(tracked.getParallelism())
            .union(
                republish
                    .map(control -> PostingNews.republish(), PostingNews.TYPE)
                    .name("republish similar items")
                    .uid(RecommendUids.REPUBLISH_SIMILAR))
            .broadcast();
    news = news.union(keyed(bundles, "bundle"));
    if (inputs.contents() != null) {
      news = news.union(keyed(ContentStream.of(inputs.contents(), settings), "content"));
    }
    return KeyedBeside.add(
            tracked.keyBy(PostingMessage::item, Types.STRING),
            news,
            "item postings",
            RecommendTypes.ANSWER_MESSAGE,
            new ItemPostings(
                settings.neighbour(),
                settings.ranking().needsSignals(),
                settings.cascade(),
                settings.writes(),
                settings.state()),
            0)
        .uid(RecommendUids.ITEM_POSTINGS)
        .setBufferTimeout(CLICK_WAITS_MS);
  }

  private static DataStream<PostingNews> keyed(DataStream<FillIn> fillIns, String what) {
    return fillIns
        .map(PostingNews::of, PostingNews.TYPE)
        .name(what + " fill-ins")
        .uid(RecommendUids.fillIns(what))
        .setParallelism(fillIns.getParallelism())
        .keyBy(news -> news.fillIn().item(), Types.STRING);
  }

  /** What was deleted leaves the last version in place. */
  private DataStream<ModelSnapshot> heardModels(RecommendInputs inputs) {
    return orNone(inputs.models(), "no-models", Fact.typeInfo(EventTypes.MODEL_SNAPSHOT))
        .flatMap(
            (Fact<ModelSnapshot> model, Collector<ModelSnapshot> out) -> {
              if (!model.isDeleted()) {
                out.collect(model.value());
              }
            },
            EventTypes.MODEL_SNAPSHOT)
        .name("models")
        .uid(RecommendUids.MODELS);
  }

  private SingleOutputStreamOperator<VisitorList> merge(
      RecommendInputs inputs, DataStream<Fact<Control>> controls) {
    DataStream<MergerNews> news =
        named(trends.map(MergerNews::of, MergerNews.TYPE), "trends")
            .union(
                named(facts.map(MergerNews::of, MergerNews.TYPE), "item facts"),
                named(controls.map(MergerNews::of, MergerNews.TYPE), "controls"),
                named(
                    tracked
                        .getSideOutput(SessionTracker.FORGET)
                        .map(MergerNews::of, MergerNews.TYPE)
                        .setParallelism(tracked.getParallelism()),
                    "to forget"));
    news = news.union(named(heardModels.map(MergerNews::of, MergerNews.TYPE), "models"));
    return KeyedBeside.add(
            postings.keyBy(answer -> answer.ask().visitor(), Types.STRING),
            news.broadcast(),
            "recommendation merger",
            VisitorList.TYPE,
            new RecommendationMerger(
                JOB,
                settings.neighbour().sessionItems(),
                settings.ranking(),
                settings.phases(),
                settings.cascade(),
                settings.writes(),
                settings.state()),
            0)
        .uid(RecommendUids.RECOMMENDATION_MERGER);
  }

  private static DataStream<MergerNews> named(
      SingleOutputStreamOperator<MergerNews> news, String what) {
    return news.name(what + " for lists").uid(RecommendUids.newsForLists(what));
  }

  /** The lists as they are made, one an ask; the timestamp beside is the ask's origin. */
  public DataStream<Timed<RecommendationList>> lists() {
    return lists
        .flatMap(
            (VisitorList list, Collector<Timed<RecommendationList>> out) -> {
              if (list.list() != null) {
                out.collect(new Timed<>(list.list(), list.origin()));
              }
            },
            Timed.typeInfo(RecommendTypes.RECOMMENDATIONS))
        .name("lists")
        .uid(RecommendUids.LISTS);
  }

  /** One for every visitor forgotten, once nothing of the visitor is used any more. */
  public DataStream<ErasureReceipt> receipts() {
    return lists.getSideOutput(RecommendationMerger.RECEIPTS);
  }

  /** Adds the learner: what it learns of how to rank, a version after every so many examples. */
  public DataStream<ModelSnapshot> learnedModels() {
    return KeyedBeside.add(
            lists.getSideOutput(ListFollowing.EXAMPLES).keyBy(RankerLearner::key, Types.STRING),
            heardModels.broadcast(),
            "ranker learner",
            EventTypes.MODEL_SNAPSHOT,
            new RankerLearner(settings.ranking().publishEvery()),
            0)
        .uid(RecommendUids.RANKER_LEARNER);
  }

  /** Adds the meter: how good lists are, minute by minute and bucket by bucket, for Redis. */
  private DataStream<RedisWrite> quality() {
    return KeyedBeside.add(
            lists
                .getSideOutput(ListFollowing.QUALITY)
                .keyBy(event -> QualityMeter.KEY, Types.STRING),
            republish.broadcast(),
            "quality meter",
            RedisWrite.TYPE,
            new QualityMeter(settings.ranking().buckets(), settings.writes().epoch()),
            1)
        .uid(RecommendUids.QUALITY_METER);
  }

  /** What is trending as Redis is told of it, at the moment the mergers are. */
  public DataStream<RedisWrite> trendWrites() {
    return trends.getSideOutput(TrendBoardKeeper.TRENDS);
  }

  /**
   * Writes lists, similar items, bundles, trends and quality, each to a sink of its own connection.
   */
  public void writeTo(Sink<RedisWrite> sink) {
    lists
        .map(VisitorList::toWrite, RedisWrite.TYPE)
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
    bundles
        .getSideOutput(BundlePostings.BUNDLES)
        .sinkTo(sink)
        .name("Redis bundle")
        .uid(RecommendUids.BUNDLE_SINK);
    trends
        .getSideOutput(TrendBoardKeeper.TRENDS)
        .sinkTo(sink)
        .name("Redis trend")
        .uid(RecommendUids.TREND_SINK);
    quality().sinkTo(sink).name("Redis quality").uid(RecommendUids.QUALITY_SINK).setParallelism(1);
  }
}
