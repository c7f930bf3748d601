package io.millrace.jobs.recommend;

import io.millrace.features.event.Click;
import io.millrace.features.kafka.KafkaSettings;
import io.millrace.features.neighbour.NeighbourSettings;
import io.millrace.features.session.SessionSettings;
import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.KafkaOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RecommendOptions;
import io.millrace.jobs.options.RedisOptions;
import io.millrace.operators.kafka.EventStream;
import io.millrace.operators.kafka.EventTimeSettings;
import io.millrace.operators.kafka.EventTopic;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.recommend.LearnPhases;
import io.millrace.operators.recommend.RecommendSettings;
import io.millrace.operators.recommend.RecommendTopology;
import io.millrace.operators.recommend.StateSettings;
import io.millrace.operators.recommend.WriteSettings;
import io.millrace.operators.redis.RedisSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Clicks from Kafka to recommendations, similar items and trends in Redis. */
public final class RecommendJob {
  private static final String GROUP = "millrace-recommend";

  private RecommendJob() {}

  /** Adds the job to an environment. */
  public static void define(StreamExecutionEnvironment env, Options options) {
    DataStream<Timed<Click>> clicks =
        EventStream.from(
            env,
            EventTopic.clickstream(),
            KafkaSettings.of(options.get(KafkaOptions.BOOTSTRAP_SERVERS), GROUP)
                .startingAt(options.get(KafkaOptions.STARTING_OFFSETS)),
            new EventTimeSettings(
                options.get(EngineOptions.OUT_OF_ORDERNESS),
                options.get(EngineOptions.IDLE_ADVANCE)));
    new RecommendTopology(clicks, settings(options), 0)
        .writeTo(
            RedisSink.builder()
                .settings(RedisOptions.settings(options))
                .waitForReplicas(
                    options.get(RedisOptions.WAIT_REPLICAS), options.get(RedisOptions.WAIT_TIMEOUT))
                .build());
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
        options.get(RecommendOptions.LEARN) ? LearnPhases.ALWAYS : LearnPhases.ASK_ONLY,
        new WriteSettings(
            options.get(RecommendOptions.LIST_SIZE),
            options.get(RedisOptions.EPOCH),
            options.get(RecommendOptions.SIMILAR_INTERVAL),
            options.get(RecommendOptions.TREND_INTERVAL),
            true,
            false),
        new StateSettings(
            options.get(RecommendOptions.STATE_RETENTION),
            options.get(RecommendOptions.CACHED_VISITORS),
            options.get(RecommendOptions.CACHED_ITEMS)));
  }
}
