package io.millrace.jobs.evaluate;

import io.millrace.features.event.Click;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import io.millrace.features.ranking.Buckets;
import io.millrace.features.ranking.ListOrder;
import io.millrace.jobs.Failure;
import io.millrace.jobs.local.FlinkSettings;
import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RecommendOptions;
import io.millrace.jobs.recommend.RecommendJob;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.recommend.LearnPhases;
import io.millrace.operators.recommend.RankingSettings;
import io.millrace.operators.recommend.RecommendInputs;
import io.millrace.operators.recommend.RecommendSettings;
import io.millrace.operators.recommend.RecommendTopology;
import io.millrace.operators.recommend.WriteSettings;
import io.millrace.operators.types.EventTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * Runs the recommender over a set: it learns from the train clicks, then every test click but the
 * last of its session asks for the next one. The tracker has one subtask, so the postings see
 * everything in the order of the input and the figures are the same at any parallelism. What is
 * trending stays out of it: when that arrives depends on the clock.
 */
final class RecommendEvaluation {
  private final ClickSet set;
  private final SessionItemsPolicy repeats;
  private final Options options;
  private final int testsPerSecond;

  /** Whether the job goes on learning while it is tested. */
  enum Mode {
    /**
     * The state is built from the train clicks only, as the papers do. From the last of them the
     * ranking is learned on the side, for the modes that use it.
     */
    FROZEN(false, false),
    /** Each test click is learned after it was answered. */
    LIVE(true, false),
    /** As frozen, but ranked by what was learned from the train clicks. */
    LEARNED(false, true),
    /** As live, but ranked likewise. */
    LIVE_LEARNED(true, true);

    private final boolean live;
    private final boolean ranked;

    Mode(boolean live, boolean ranked) {
      this.live = live;
      this.ranked = ranked;
    }

    boolean isLive() {
      return live;
    }

    boolean isRanked() {
      return ranked;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT).replace("_", " + ");
    }
  }

  /**
   * What one run gave.
   *
   * @param all over all predictions
   * @param published over those for which there are published lists
   * @param delays click to list
   * @param bytesPerItem mean size of an item's state
   * @param bytesPerVisitor mean size of a visitor's state
   */
  record Outcome(
      Ranks all, Ranks published, Delays delays, double bytesPerItem, double bytesPerVisitor) {}

  RecommendEvaluation(
      ClickSet set, SessionItemsPolicy repeats, Options options, int testsPerSecond) {
    this.set = set;
    this.repeats = repeats;
    this.options = options;
    this.testsPerSecond = testsPerSecond;
  }

  /** Runs the job in this JVM; {@code progress} is told how many events went in. */
  Outcome run(Mode mode, Path dir, LongConsumer progress) {
    EvaluationInput input = EvaluationInput.of(set);
    input.restart();
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            EngineOptions.localParallelism(options), FlinkSettings.embedded(dir, options));
    define(env, mode, input);
    return outcome(EvaluationJob.run(env, "recommend " + set.name(), input::sent, progress), input);
  }

  private void define(StreamExecutionEnvironment env, Mode mode, EvaluationInput input) {
    DataGeneratorSource<Timed<Click>> source =
        new DataGeneratorSource<>(
            new EvaluationSource(set, testsPerSecond),
            input.size(),
            RateLimiterStrategy.noOp(),
            Timed.typeInfo(EventTypes.CLICK));
    DataStream<Timed<Click>> clicks =
        env.fromSource(
                source,
                WatermarkStrategy.<Timed<Click>>forGenerator(
                        context -> new EvaluationSource.InOrder())
                    .withTimestampAssigner((click, unused) -> click.event().eventTime()),
                "clicks of " + set.name())
            .uid("evaluation-source")
            .setParallelism(1);
    RecommendTopology recommender =
        new RecommendTopology(inputs(env, clicks, mode, input), settings(mode, input), 1);
    recommender
        .learnedModels()
        .process(new LearnedRanking(set), Types.INT)
        .name("learned ranking")
        .uid("learned-ranking")
        .sinkTo(new DiscardingSink<>())
        .uid("no-models");
    recommender
        .lists()
        .process(new PredictionScorer(set, mode), Types.INT)
        .name("prediction scorer")
        .uid("prediction-scorer")
        .sinkTo(new DiscardingSink<>())
        .uid("nothing");
  }

  /** The ranking is there before the first list is asked for: all that is learned comes first. */
  private static RecommendInputs inputs(
      StreamExecutionEnvironment env,
      DataStream<Timed<Click>> clicks,
      Mode mode,
      EvaluationInput input) {
    if (!mode.isRanked()) {
      return RecommendInputs.of(clicks);
    }
    ModelSnapshot ranking = input.ranking();
    DataStream<Fact<ModelSnapshot>> models =
        env.fromData(
                List.of(new Fact<>(ranking.modelId(), ranking, 0)),
                Fact.typeInfo(EventTypes.MODEL_SNAPSHOT))
            .uid("models-source");
    return new RecommendInputs(clicks, null, null, null, null, null, models, null);
  }

  /** Keeps what was learned for the modes that rank by it. */
  private static final class LearnedRanking extends ProcessFunction<ModelSnapshot, Integer> {
    private static final long serialVersionUID = 1;
    private final ClickSet set;

    private LearnedRanking(ClickSet set) {
      this.set = set;
    }

    @Override
    public void processElement(ModelSnapshot version, Context context, Collector<Integer> out) {
      EvaluationInput.of(set).learned(version);
    }
  }

  private RecommendSettings settings(Mode mode, EvaluationInput input) {
    Options free =
        options
            .with(RecommendOptions.MAX_CLICKS_PER_MINUTE, 0)
            .with(RecommendOptions.MAX_SESSION_BREADTH, 0)
            .with(RecommendOptions.SESSION_ITEMS, repeats)
            .with(RecommendOptions.LIST_SIZE, Ranks.CUTOFF);
    RecommendSettings base = RecommendJob.settings(free);
    WriteSettings writes = base.writes();
    return new RecommendSettings(
        base.session(),
        base.neighbour(),
        ranking(mode, base.ranking()),
        base.cascade().withoutFillUp(),
        base.content(),
        base.bundle(),
        base.bundleWrites(),
        new LearnPhases(
            mode.isLive() ? Long.MAX_VALUE : input.learnBefore(),
            mode == Mode.FROZEN ? input.rankFrom() : input.askFrom()),
        new WriteSettings(
            writes.epoch(),
            writes.similarInterval(),
            writes.trendInterval(),
            writes.sweepInterval(),
            true,
            writes.round()),
        base.items(),
        base.state());
  }

  /** In the frozen mode no version is heard of: lists stay as the neighbours have them. */
  private static RankingSettings ranking(Mode mode, RankingSettings base) {
    boolean needed = mode == Mode.FROZEN || mode.isRanked();
    return base.with(Buckets.all(needed ? ListOrder.LEARNED : ListOrder.NEIGHBOURS))
        .withVisitors(mode == Mode.FROZEN ? 1 : 0);
  }

  private Outcome outcome(JobExecutionResult result, EvaluationInput input) {
    Ranks all = result.getAccumulatorResult(PredictionScorer.ALL);
    if (all.total() != input.predictions()) {
      throw Failure.failed(
          "the job made "
              + all.total()
              + " of "
              + input.predictions()
              + " predictions; its log says why");
    }
    long unranked = result.getAccumulatorResult(PredictionScorer.UNRANKED);
    if (unranked > 0) {
      throw Failure.failed(unranked + " lists came before the ranking that was to order them");
    }
    return new Outcome(
        all,
        result.getAccumulatorResult(PredictionScorer.PUBLISHED),
        result.getAccumulatorResult(PredictionScorer.DELAYS),
        mean(result, "postings"),
        mean(result, "visitors"));
  }

  private static double mean(JobExecutionResult result, String state) {
    long bytes = result.getAccumulatorResult(state + "-bytes");
    long keys = result.getAccumulatorResult(state + "-keys");
    return (double) bytes / keys;
  }
}
