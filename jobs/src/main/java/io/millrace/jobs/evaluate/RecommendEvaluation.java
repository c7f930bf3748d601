package io.millrace.jobs.evaluate;

import io.millrace.features.event.Click;
import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import io.millrace.jobs.Failure;
import io.millrace.jobs.local.FlinkSettings;
import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RecommendOptions;
import io.millrace.jobs.recommend.RecommendJob;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.recommend.LearnPhases;
import io.millrace.operators.recommend.RecommendInputs;
import io.millrace.operators.recommend.RecommendSettings;
import io.millrace.operators.recommend.RecommendTopology;
import io.millrace.operators.recommend.WriteSettings;
import io.millrace.operators.types.EventTypes;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

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
    /** The state is built from the train clicks only, as the papers do. */
    FROZEN,
    /** Each test click is learned after it was answered. */
    LIVE
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
    return outcome(EvaluationJob.run(env, set.name(), input::sent, progress), input);
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
    new RecommendTopology(RecommendInputs.of(clicks), settings(mode, input), 1)
        .lists()
        .process(new PredictionScorer(set), Types.INT)
        .name("prediction scorer")
        .uid("prediction-scorer")
        .sinkTo(new DiscardingSink<>())
        .uid("nothing");
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
        base.cascade().withoutFillUp(),
        base.content(),
        base.bundle(),
        base.bundleWrites(),
        new LearnPhases(mode == Mode.LIVE ? Long.MAX_VALUE : input.learnBefore(), input.askFrom()),
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
