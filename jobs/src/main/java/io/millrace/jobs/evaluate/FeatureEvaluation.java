package io.millrace.jobs.evaluate;

import io.millrace.jobs.Failure;
import io.millrace.jobs.local.FlinkSettings;
import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.Options;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Runs recorded payments through the features of their customers and of their terminals. */
final class FeatureEvaluation {
  /** Of the job that waits for a checkpoint. */
  private static final Duration OFTEN = Duration.ofMillis(500);

  private final HandbookSet set;
  private final FeatureMode mode;
  private final Options options;

  /**
   * What one run gave.
   *
   * @param comparison of its answers with the oracle file
   * @param perSecond arrivals in a second, on average from the start of the job to its end
   */
  record Outcome(FeatureComparison comparison, double perSecond) {}

  FeatureEvaluation(HandbookSet set, FeatureMode mode, Options options) {
    this.set = set;
    this.mode = mode;
    this.options =
        mode == FeatureMode.RESTART
            ? options.with(EngineOptions.CHECKPOINT_INTERVAL, OFTEN)
            : options;
  }

  /**
   * Runs the job in this JVM, its input having begun the mode; {@code progress} is told how many
   * payments went in.
   */
  Outcome run(Path dir, LongConsumer progress) {
    FeatureInput input = FeatureInput.of(set);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            EngineOptions.localParallelism(options), FlinkSettings.embedded(dir, options));
    define(env);
    JobExecutionResult result =
        EvaluationJob.run(env, "features " + set.name(), () -> input.arrivals().sent(), progress);
    if (mode == FeatureMode.RESTART && !input.restart().isPassed()) {
      throw Failure.failed(
          "the job was to fail and to go on from a checkpoint, and did not; its log says why");
    }
    return new Outcome(
        FeatureComparison.of(input.oracle(), input.amounts(), input.answers()),
        input.arrivals().size() * 1e3 / Math.max(1, result.getNetRuntime()));
  }

  private void define(StreamExecutionEnvironment env) {
    HandbookFeatures.of(PaymentSource.payments(env, set, mode), HandbookFeatures.DELAY_DAYS)
        .transform("answers", Types.INT, new AnswerKeeper(set))
        .uid("answers")
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>())
        .uid("nothing")
        .setParallelism(1);
  }
}
