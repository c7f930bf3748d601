package io.millrace.jobs.fraud;

import io.millrace.features.fraud.RiskPolicy;
import io.millrace.features.kafka.KafkaSettings;
import io.millrace.jobs.Failure;
import io.millrace.jobs.connect.JobServers;
import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.FraudOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RedisOptions;
import io.millrace.operators.fraud.AlertSettings;
import io.millrace.operators.fraud.FraudInputs;
import io.millrace.operators.fraud.FraudSettings;
import io.millrace.operators.fraud.FraudTopology;
import io.millrace.operators.fraud.FraudUids;
import io.millrace.operators.fraud.ScoreSettings;
import io.millrace.operators.fraud.WatchSettings;
import io.millrace.operators.kafka.AtLeastOnceSink;
import io.millrace.operators.kafka.EventStream;
import io.millrace.operators.kafka.EventTimeSettings;
import io.millrace.operators.kafka.EventTopic;
import io.millrace.operators.kafka.ExactlyOnceSink;
import io.millrace.operators.kafka.FactStream;
import io.millrace.operators.kafka.FactTopic;
import java.util.function.UnaryOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Orders and clicks from Kafka to decisions on orders at once, and to alerts once the order of
 * events is settled.
 */
public final class FraudJob {
  private FraudJob() {}

  /**
   * Adds the job to an environment, with the declaration that the options name.
   *
   * @throws Failure of wrong usage if options do not go together
   */
  public static void define(StreamExecutionEnvironment env, Options options) {
    define(env, options, options.get(FraudOptions.DECLARATION), inputs -> inputs);
  }

  /**
   * Adds the job to an environment.
   *
   * @param declaration of what the model looks at, the same at every call
   * @param between puts something between the topics and the job
   * @throws Failure of wrong usage if options do not go together, or what is declared cannot be
   *     watched
   */
  public static void define(
      StreamExecutionEnvironment env,
      Options options,
      FraudSettings.Declaration declaration,
      UnaryOperator<FraudInputs> between) {
    JobServers servers = JobServers.of(FraudTopology.JOB, options);
    // Alerts can be read after the next checkpoint.
    env.getCheckpointConfig()
        .setCheckpointInterval(options.get(FraudOptions.CHECKPOINT_INTERVAL).toMillis());
    // With barriers that overtake what waits, a checkpoint of this graph was seen to stop for good
    // when the job is held back.
    env.getCheckpointConfig().enableUnalignedCheckpoints(false);
    FraudInputs inputs = between.apply(inputs(env, servers.kafka(), options));
    FraudTopology fraud = topology(inputs, options, declaration);
    KafkaSettings kafka = servers.kafka();
    fraud
        .orderRisks()
        .sinkTo(AtLeastOnceSink.orderRisks(kafka))
        .name("order risks")
        .uid(FraudUids.ORDER_RISKS_SINK);
    fraud
        .alerts()
        .sinkTo(ExactlyOnceSink.alerts(kafka))
        .name("fraud alerts")
        .uid(FraudUids.ALERTS_SINK);
    fraud.models().sinkTo(ExactlyOnceSink.models(kafka)).name("models").uid(FraudUids.MODELS_SINK);
    fraud
        .receipts()
        .sinkTo(servers.receipts())
        .name("erasure receipts")
        .uid(FraudUids.RECEIPTS_SINK);
    fraud
        .refusedRules()
        .sinkTo(AtLeastOnceSink.deadLetters(kafka))
        .name("refused rules")
        .uid(FraudUids.REFUSED_RULES);
    fraud.writeTo(servers::redis);
  }

  private static FraudTopology topology(
      FraudInputs inputs, Options options, FraudSettings.Declaration declaration) {
    FraudSettings settings = settings(options, declaration);
    try {
      return new FraudTopology(inputs, settings);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("what the fraud model looks at: " + e.getMessage());
    }
  }

  private static FraudInputs inputs(
      StreamExecutionEnvironment env, KafkaSettings kafka, Options options) {
    EventTimeSettings time = JobServers.eventTime(options);
    return new FraudInputs(
        EventStream.from(env, EventTopic.orders(), kafka, time),
        EventStream.from(env, EventTopic.clickstream(), kafka, time),
        FactStream.from(env, FactTopic.fraudLabels(), kafka),
        FactStream.from(env, FactTopic.fraudRules(), kafka),
        FactStream.from(env, FactTopic.controls(), kafka),
        FactStream.from(env, FactTopic.erasures(), kafka),
        FactStream.from(env, FactTopic.models(), kafka));
  }

  /**
   * What the options set up.
   *
   * @throws Failure of wrong usage if they do not go together
   */
  public static FraudSettings settings(Options options, FraudSettings.Declaration declaration) {
    FraudSettings usual = FraudSettings.of(declaration);
    String currency = options.get(EngineOptions.CURRENCY);
    return new FraudSettings(
        declaration,
        options.get(FraudOptions.LABEL_HORIZON),
        options.get(FraudOptions.LABEL_CORRECTIONS),
        options.get(FraudOptions.PUBLISH_EVERY),
        options.get(FraudOptions.PUBLISH_AFTER),
        new WatchSettings(
            currency,
            options.get(FraudOptions.RETAINED_ORDERS),
            options.get(FraudOptions.CACHED_ENTITIES),
            options.get(FraudOptions.RETENTION)),
        new ScoreSettings(
            policy(options),
            currency,
            options.get(FraudOptions.MODEL).version(),
            null,
            options.get(RedisOptions.EPOCH)),
        new AlertSettings(
            options.get(FraudOptions.QUIET),
            options.get(FraudOptions.UPDATE_INTERVAL),
            options.get(FraudOptions.ALERTS_A_DAY),
            options.get(FraudOptions.AUDIT_SHARE)));
  }

  private static RiskPolicy policy(Options options) {
    try {
      return new RiskPolicy(
          options.get(FraudOptions.MEDIUM),
          options.get(FraudOptions.HIGH),
          options.get(FraudOptions.BLOCK),
          options.get(FraudOptions.REVIEW_COST));
    } catch (IllegalArgumentException e) {
      throw Failure.usage("fraud.medium, fraud.high, fraud.block: " + e.getMessage());
    }
  }
}
