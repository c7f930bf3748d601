package io.millrace.jobs.recommend;

import io.millrace.features.bundle.BundleSettings;
import io.millrace.features.cascade.CascadeSettings;
import io.millrace.features.content.ContentSettings;
import io.millrace.features.kafka.KafkaSettings;
import io.millrace.features.neighbour.NeighbourSettings;
import io.millrace.features.session.SessionSettings;
import io.millrace.jobs.Failure;
import io.millrace.jobs.connect.JobServers;
import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RankingOptions;
import io.millrace.jobs.options.RecommendOptions;
import io.millrace.jobs.options.RedisOptions;
import io.millrace.operators.kafka.EventStream;
import io.millrace.operators.kafka.EventTimeSettings;
import io.millrace.operators.kafka.EventTopic;
import io.millrace.operators.kafka.ExactlyOnceSink;
import io.millrace.operators.kafka.FactStream;
import io.millrace.operators.kafka.FactTopic;
import io.millrace.operators.recommend.BundleWriteSettings;
import io.millrace.operators.recommend.ItemFactsSettings;
import io.millrace.operators.recommend.LearnPhases;
import io.millrace.operators.recommend.RecommendInputs;
import io.millrace.operators.recommend.RecommendSettings;
import io.millrace.operators.recommend.RecommendTopology;
import io.millrace.operators.recommend.RecommendUids;
import io.millrace.operators.recommend.StateSettings;
import io.millrace.operators.recommend.WriteSettings;
import java.util.Set;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Clicks, orders and the catalogue from Kafka to what a store recommends, in Redis. */
public final class RecommendJob {
  private RecommendJob() {}

  /**
   * Adds the job to an environment.
   *
   * @throws Failure of wrong usage if options do not go together
   */
  public static void define(StreamExecutionEnvironment env, Options options) {
    JobServers servers = JobServers.of(RecommendTopology.JOB, options);
    RecommendTopology recommender =
        new RecommendTopology(inputs(env, servers.kafka(), options), settings(options), 0);
    recommender.writeTo(servers.redis());
    recommender
        .receipts()
        .sinkTo(servers.receipts())
        .name("erasure receipts")
        .uid(RecommendUids.RECEIPTS_SINK);
    recommender
        .learnedModels()
        .sinkTo(ExactlyOnceSink.models(servers.kafka()))
        .name("models")
        .uid(RecommendUids.MODELS_SINK);
  }

  /** Everything the recommender hears, from Kafka. */
  public static RecommendInputs inputs(
      StreamExecutionEnvironment env, KafkaSettings kafka, Options options) {
    EventTimeSettings time = JobServers.eventTime(options);
    return new RecommendInputs(
        EventStream.from(env, EventTopic.clickstream(), kafka, time),
        EventStream.from(env, EventTopic.orders(), kafka, time),
        FactStream.from(env, FactTopic.catalog(), kafka),
        FactStream.again(env, FactTopic.catalog(), "content", kafka),
        FactStream.from(env, FactTopic.controls(), kafka),
        FactStream.from(env, FactTopic.erasures(), kafka),
        FactStream.from(env, FactTopic.models(), kafka),
        FactStream.from(env, FactTopic.fraudAlerts(), kafka));
  }

  /** What the options set up; all were checked when they were read. */
  public static RecommendSettings settings(Options options) {
    int asked = options.get(RecommendOptions.ASKED_ITEMS);
    return new RecommendSettings(
        new SessionSettings(
            options.get(RecommendOptions.SESSION_GAP).toMillis(),
            options.get(RecommendOptions.FLUSH_INTERVAL).toMillis(),
            options.get(EngineOptions.OUT_OF_ORDERNESS).toMillis(),
            asked,
            options.get(RecommendOptions.MAX_CLICKS_PER_MINUTE),
            options.get(RecommendOptions.MAX_SESSION_BREADTH)),
        new NeighbourSettings(
            options.get(RecommendOptions.SESSIONS_PER_ITEM),
            asked,
            options.get(RecommendOptions.PARTIAL_ANSWER_SIZE),
            options.get(RecommendOptions.SESSION_ITEMS)),
        RankingOptions.settings(options),
        new CascadeSettings(
            options.get(RecommendOptions.LIST_SIZE),
            true,
            options.get(RecommendOptions.ADULT_ITEMS),
            options.get(RecommendOptions.CATEGORY_SHARE),
            options.get(RecommendOptions.PASSED_OVER_WEIGHT),
            Set.copyOf(options.get(RecommendOptions.REPEATABLE_CATEGORIES))),
        new ContentSettings(
            options.get(RecommendOptions.CONTENT_BANDS),
            options.get(RecommendOptions.CONTENT_ROWS),
            options.get(RecommendOptions.CONTENT_SIMILARITY),
            ContentSettings.DEFAULT.bucketSize()),
        new BundleSettings(
            options.get(RecommendOptions.ORDERS_PER_ITEM),
            options.get(RecommendOptions.MINIMUM_ORDERS)),
        new BundleWriteSettings(
            options.get(RedisOptions.EPOCH),
            options.get(RecommendOptions.BUNDLE_INTERVAL),
            BundleWriteSettings.DEFAULT.quiet()),
        options.get(RecommendOptions.LEARN) ? LearnPhases.ALWAYS : LearnPhases.ASK_ONLY,
        new WriteSettings(
            options.get(RedisOptions.EPOCH),
            options.get(RecommendOptions.SIMILAR_INTERVAL),
            options.get(RecommendOptions.TREND_INTERVAL),
            options.get(RecommendOptions.SWEEP_INTERVAL),
            false,
            WriteSettings.DEFAULT.round()),
        new ItemFactsSettings(
            ItemFactsSettings.DEFAULT.ordersInterval(), options.get(RecommendOptions.CACHED_ITEMS)),
        new StateSettings(
            options.get(RecommendOptions.STATE_RETENTION),
            options.get(RecommendOptions.ORDER_RETENTION),
            options.get(RecommendOptions.CACHED_VISITORS),
            options.get(RecommendOptions.CACHED_ITEMS)));
  }
}
