package io.millrace.jobs.evaluate;

import io.millrace.features.ranking.Buckets;
import io.millrace.features.ranking.ListOrder;
import io.millrace.jobs.Failure;
import io.millrace.jobs.local.FlinkSettings;
import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RecommendOptions;
import io.millrace.jobs.recommend.RecommendJob;
import io.millrace.operators.recommend.BundleWriteSettings;
import io.millrace.operators.recommend.ItemFactsSettings;
import io.millrace.operators.recommend.RankingSettings;
import io.millrace.operators.recommend.RecommendSettings;
import io.millrace.operators.recommend.RecommendTopology;
import io.millrace.operators.recommend.WriteSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Runs the recommender over a recorded stream, learning as it goes, and holds every list against
 * what its visitor did next. Nothing in it waits for the clock: a part of the input is sent only
 * when all before it has been done (see {@link LiveGate}), and what the job tells at intervals,
 * trends above all, it tells when a round is over. So the same data give the same figures.
 */
final class LiveEvaluation {
  private static final Duration NEVER = Duration.ofHours(12);

  /** Event time of a round: all that a list is made of is that new. */
  static final Duration ROUND = Duration.ofMinutes(1);

  /** Watermarks wait in send buffers too, and every part waits for some. */
  private static final long BUFFER_TIMEOUT_MS = 5;

  /** Without checkpoints, state need not be written until it is too much. */
  private static final int CACHED = 100_000;

  private final LiveSet set;
  private final LiveInput input;
  private final boolean ranked;
  private final Options options;

  /**
   * @param ranked whether lists are ordered by what every visitor's clicks teach, or as the
   *     neighbours have it
   */
  LiveEvaluation(LiveSet set, LiveInput input, boolean ranked, Options options) {
    this.set = set;
    this.input = input;
    this.ranked = ranked;
    this.options =
        options
            .with(RecommendOptions.MAX_CLICKS_PER_MINUTE, 0)
            .with(RecommendOptions.MAX_SESSION_BREADTH, 0)
            .with(RecommendOptions.CACHED_ITEMS, CACHED)
            .with(RecommendOptions.CACHED_VISITORS, CACHED)
            .with(RecommendOptions.LIST_SIZE, Ranks.CUTOFF);
  }

  /** Runs the job in this JVM; {@code progress} is told how many parts went in. */
  LiveTally run(Path dir, LongConsumer progress) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            EngineOptions.localParallelism(options), flink(dir));
    env.setBufferTimeout(BUFFER_TIMEOUT_MS);
    define(env);
    EvaluationJob.run(env, "recommend " + set.name(), () -> input.gate().sent(), progress);
    checkComplete();
    return input.tally();
  }

  /** What was counted cannot be taken back, so a job that fails is not started again. */
  private Configuration flink(Path dir) {
    Configuration flink = FlinkSettings.embedded(dir, options);
    flink.removeConfig(CheckpointingOptions.CHECKPOINTING_INTERVAL);
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return flink;
  }

  private void checkComplete() {
    for (LiveKind kind : LiveKind.values()) {
      long made = input.tally().lists(kind).total();
      if (made != input.targets(kind)) {
        throw Failure.failed(
            "there were lists for "
                + made
                + " of "
                + input.targets(kind)
                + " events of the kind "
                + kind.label()
                + "; the job's log says why");
      }
    }
  }

  private void define(StreamExecutionEnvironment env) {
    RecommendTopology recommender =
        new RecommendTopology(LiveSource.inputs(env, set, input.size()), settings(), 1);
    recommender
        .lists()
        .connect(recommender.trendWrites())
        .transform("live scorer", Types.INT, new LiveScorer(set))
        .uid("live-scorer")
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>())
        .uid("nothing");
    if (ranked) {
      recommender
          .learnedModels()
          .transform("live models", Types.INT, new LiveModels(set))
          .uid("live-models")
          .setParallelism(1)
          .sinkTo(new DiscardingSink<>())
          .uid("no-models");
    }
  }

  private RecommendSettings settings() {
    RecommendSettings base = RecommendJob.settings(options);
    int epoch = base.writes().epoch();
    return new RecommendSettings(
        base.session(),
        base.neighbour(),
        ranked
            ? base.ranking().with(Buckets.all(ListOrder.LEARNED)).withVisitors(1)
            : RankingSettings.OFF,
        base.cascade(),
        base.content(),
        base.bundle(),
        new BundleWriteSettings(epoch, NEVER, NEVER),
        base.phases(),
        new WriteSettings(epoch, NEVER, NEVER, NEVER, true, ROUND),
        new ItemFactsSettings(NEVER, base.items().cachedItems()),
        base.state());
  }
}
