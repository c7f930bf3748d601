package io.millrace.jobs.evaluate;

import io.millrace.features.event.ModelSnapshot;
import io.millrace.jobs.fraud.FraudJob;
import io.millrace.jobs.local.FlinkSettings;
import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.FraudOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.replay.HandbookOrders;
import io.millrace.operators.fraud.FraudInputs;
import io.millrace.operators.fraud.FraudSettings;
import io.millrace.operators.fraud.FraudTopology;
import io.millrace.operators.fraud.GivenSignalsTopology;
import io.millrace.operators.fraud.ScoreSettings;
import io.millrace.operators.fraud.ScoredOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs recorded orders and their labels through the fraud job: each is scored by what was known at
 * its time, and learned from when its label is known. The job's own learner is heard directly, and
 * a payment is scored by the newest version that was learned at its time.
 */
final class FraudEvaluation {
  /** Without checkpoints, state need not be written until it is too much. */
  private static final int CACHED = 100_000;

  /**
   * Versions are published by lessons alone: one that is published for its age has been learned
   * before that, and whether payments in between are scored by it would be a matter of luck.
   */
  private static final Duration NEVER = Duration.ofDays(36_500);

  private final FraudSet set;
  private final FraudMode mode;
  private final FraudProtocol protocol;
  private final Options options;

  /**
   * What a run gave.
   *
   * @param run its answers
   * @param perSecond orders in a second, from the start of the job to its end
   */
  record Outcome(FraudRun run, double perSecond) {}

  FraudEvaluation(FraudSet set, FraudMode mode, FraudProtocol protocol, Options options) {
    this.set = set;
    this.mode = mode;
    this.protocol = protocol;
    this.options =
        options
            .with(EngineOptions.CURRENCY, HandbookOrders.CURRENCY)
            .with(FraudOptions.CACHED_ENTITIES, CACHED);
  }

  /** Runs the job in this JVM; {@code progress} is told how many events went in. */
  Outcome run(Path dir, LongConsumer progress) {
    FraudInput input = FraudInput.of(set);
    FraudRun run = input.begin();
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            EngineOptions.localParallelism(options), flink(dir));
    define(env);
    long millis =
        EvaluationJob.run(env, "fraud " + set.name(), run::sent, progress).getNetRuntime();
    return new Outcome(run, input.recording().size() / 2 * 1e3 / Math.max(1, millis));
  }

  /** A job that fails is not started again, and so needs no checkpoints: its log says why. */
  private Configuration flink(Path dir) {
    Configuration flink = FlinkSettings.embedded(dir, options);
    flink.removeConfig(CheckpointingOptions.CHECKPOINTING_INTERVAL);
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return flink;
  }

  private void define(StreamExecutionEnvironment env) {
    FraudSource source = new FraudSource(env, set);
    if (mode == FraudMode.WINDOWS) {
      GivenSignalsTopology fraud =
          new GivenSignalsTopology(
              HandbookFeatures.of(
                  source
                      .orders()
                      .map(new WindowsReading(set), PaymentFeatures.TYPE)
                      .name("payments")
                      .uid("payments")
                      .setParallelism(1),
                  protocol.delayDays()),
              new WindowsReading(set),
              source.labels(),
              settings());
      take(fraud.scoredOrders(), fraud.models());
    } else {
      FraudTopology fraud =
          new FraudTopology(
              new FraudInputs(
                  source.orders(), null, source.labels(), source.rules(), null, null, null),
              settings());
      take(fraud.scoredOrders(), fraud.models());
      FraudSet kept = set;
      FraudAnswers.add(
          fraud.alerts(), "alerts", alert -> FraudInput.of(kept).run().tally().take(alert));
    }
  }

  private void take(DataStream<ScoredOrder> scores, DataStream<ModelSnapshot> versions) {
    FraudSet kept = set;
    long horizon = settings().horizon().toMillis();
    FraudAnswers.add(scores, "scores", new ScoreTaking(set));
    FraudAnswers.add(versions, "versions", model -> FraudInput.of(kept).run().take(model, horizon));
  }

  private FraudSettings settings() {
    FraudSettings base = FraudJob.settings(options, mode.declaration());
    Duration delay = Duration.ofDays(protocol.delayDays());
    ScoreSettings scores = base.scores();
    return new FraudSettings(
        mode.declaration(),
        delay,
        Duration.ZERO,
        mode.publishEvery(),
        NEVER,
        base.watch(),
        new ScoreSettings(scores.policy(), scores.currency(), 0, delay, scores.epoch()),
        base.alerts());
  }
}
