package io.millrace.jobs.profile;

import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.kafka.KafkaSettings;
import io.millrace.features.profile.ProfileSettings;
import io.millrace.features.profile.VisitorFeatures;
import io.millrace.jobs.Failure;
import io.millrace.jobs.connect.JobServers;
import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.ProfileOptions;
import io.millrace.jobs.options.RedisOptions;
import io.millrace.operators.kafka.EventStream;
import io.millrace.operators.kafka.EventTimeSettings;
import io.millrace.operators.kafka.EventTopic;
import io.millrace.operators.kafka.FactStream;
import io.millrace.operators.kafka.FactTopic;
import io.millrace.operators.profile.KeepSettings;
import io.millrace.operators.profile.ProfileInputs;
import io.millrace.operators.profile.ProfileTopology;
import io.millrace.operators.profile.ProfileUids;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.SerializableSupplier;

/** Clicks, orders and the catalogue from Kafka to what is known of each visitor, in Redis. */
public final class ProfileJob {
  private ProfileJob() {}

  /**
   * Adds the job to an environment, with the features that are shipped.
   *
   * @throws Failure of wrong usage if options do not go together
   */
  public static void define(StreamExecutionEnvironment env, Options options) {
    define(env, options, VisitorFeatures::shipped);
  }

  /**
   * Adds the job to an environment.
   *
   * @param features of a visitor, one and the same set at every call
   * @throws Failure of wrong usage if options do not go together, or features cannot be computed
   */
  public static void define(
      StreamExecutionEnvironment env, Options options, SerializableSupplier<FeatureSet> features) {
    JobServers servers = JobServers.of(ProfileTopology.JOB, options);
    ProfileTopology profiles = topology(env, servers, options, features);
    profiles.writeTo(servers.redis());
    profiles
        .receipts()
        .sinkTo(servers.receipts())
        .name("erasure receipts")
        .uid(ProfileUids.RECEIPTS_SINK);
  }

  private static ProfileTopology topology(
      StreamExecutionEnvironment env,
      JobServers servers,
      Options options,
      SerializableSupplier<FeatureSet> features) {
    ProfileInputs inputs = inputs(env, servers.kafka(), options);
    KeepSettings settings = settings(options);
    try {
      return new ProfileTopology(inputs, features, settings);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("the features of visitors: " + e.getMessage());
    }
  }

  /** Everything the job hears, from Kafka. */
  public static ProfileInputs inputs(
      StreamExecutionEnvironment env, KafkaSettings kafka, Options options) {
    EventTimeSettings time = JobServers.eventTime(options);
    return new ProfileInputs(
        EventStream.from(env, EventTopic.clickstream(), kafka, time),
        EventStream.from(env, EventTopic.orders(), kafka, time),
        FactStream.from(env, FactTopic.catalog(), kafka),
        FactStream.from(env, FactTopic.controls(), kafka),
        FactStream.from(env, FactTopic.erasures(), kafka));
  }

  /** What the options set up; all were checked when they were read. */
  public static KeepSettings settings(Options options) {
    return new KeepSettings(
        new ProfileSettings(
            options.get(ProfileOptions.RETAINED_EVENTS),
            options.get(ProfileOptions.TIME_ZONE),
            options.get(EngineOptions.CURRENCY),
            options.get(ProfileOptions.NEW_FOR),
            options.get(ProfileOptions.USUAL_GAP),
            options.get(ProfileOptions.RETENTION)),
        options.get(ProfileOptions.WRITE_INTERVAL),
        options.get(ProfileOptions.POPULATION_INTERVAL),
        options.get(ProfileOptions.CACHED_VISITORS),
        options.get(RedisOptions.EPOCH));
  }
}
