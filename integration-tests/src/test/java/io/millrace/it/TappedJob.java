package io.millrace.it;

import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.kafka.KafkaSettings;
import io.millrace.features.profile.VisitorFeatures;
import io.millrace.jobs.connect.JobServers;
import io.millrace.jobs.fraud.FraudJob;
import io.millrace.jobs.local.LocalJob;
import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.KafkaOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RedisOptions;
import io.millrace.jobs.profile.ProfileJob;
import io.millrace.jobs.recommend.RecommendJob;
import io.millrace.operators.fraud.FraudInputs;
import io.millrace.operators.fraud.FraudSettings;
import io.millrace.operators.fraud.FraudTopology;
import io.millrace.operators.kafka.ExactlyOnceSink;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.profile.ProfileInputs;
import io.millrace.operators.profile.ProfileTopology;
import io.millrace.operators.recommend.BundleWriteSettings;
import io.millrace.operators.recommend.ItemFactsSettings;
import io.millrace.operators.recommend.RecommendInputs;
import io.millrace.operators.recommend.RecommendSettings;
import io.millrace.operators.recommend.RecommendTopology;
import io.millrace.operators.redis.RedisSink;
import io.millrace.operators.types.EventTypes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * The recommendation job and the profile job with taps behind their clicks and orders, which show
 * the test how far they are and fail when the test wants it to; one of them at a time. Waits for
 * silence are shorter than a store's.
 */
final class TappedJob {
  static final LocalJob JOB = new LocalJob(RecommendTopology.JOB, TappedJob::define);
  static final LocalJob PROFILE = profile(VisitorFeatures::shipped);

  /** Of clicks and of orders. */
  private static final int TAPS = 2;

  private static final AtomicLong RECORDS = new AtomicLong();
  private static final AtomicLong CHECKPOINTS = new AtomicLong();
  private static final AtomicLong UNTIL_FAILURE = new AtomicLong();
  private static final AtomicInteger FAILURES = new AtomicInteger();
  private static final Map<String, Long> WATERMARKS = new ConcurrentHashMap<>();

  private TappedJob() {}

  private static void define(StreamExecutionEnvironment env, Options options) {
    KafkaSettings kafka =
        KafkaSettings.of(options.get(KafkaOptions.BOOTSTRAP_SERVERS), "millrace-tapped");
    RecommendInputs inputs = RecommendJob.inputs(env, kafka, options);
    RecommendTopology recommender =
        new RecommendTopology(
            new RecommendInputs(
                tapped(inputs.clicks(), "click-tap", Timed.typeInfo(EventTypes.CLICK)),
                tapped(inputs.orders(), "order-tap", Timed.typeInfo(EventTypes.ORDER)),
                inputs.catalogue(),
                inputs.contents(),
                inputs.controls(),
                inputs.erasures(),
                inputs.models(),
                inputs.alerts()),
            impatient(RecommendJob.settings(options)),
            0);
    recommender.writeTo(RedisSink.builder().settings(RedisOptions.settings(options)).build());
    recommender.receipts().sinkTo(ExactlyOnceSink.receipts(kafka)).uid("receipts");
  }

  /** The profile job with other features. */
  static LocalJob profile(SerializableSupplier<FeatureSet> features) {
    return new LocalJob(
        ProfileTopology.JOB, (env, options) -> defineProfile(env, options, features));
  }

  private static void defineProfile(
      StreamExecutionEnvironment env, Options options, SerializableSupplier<FeatureSet> features) {
    JobServers servers = JobServers.of("tapped", options);
    ProfileInputs inputs = ProfileJob.inputs(env, servers.kafka(), options);
    ProfileTopology profiles =
        new ProfileTopology(
            new ProfileInputs(
                tapped(inputs.clicks(), "click-tap", Timed.typeInfo(EventTypes.CLICK)),
                tapped(inputs.orders(), "order-tap", Timed.typeInfo(EventTypes.ORDER)),
                inputs.catalogue(),
                inputs.controls(),
                inputs.erasures()),
            features,
            ProfileJob.settings(options));
    profiles.writeTo(servers.redis());
    profiles.receipts().sinkTo(servers.receipts()).uid("receipts");
  }

  /** The fraud job. */
  static LocalJob fraud(FraudSettings.Declaration declaration) {
    return new LocalJob(
        FraudTopology.JOB,
        (env, options) -> FraudJob.define(env, options, declaration, inputs -> tapped(inputs)));
  }

  private static FraudInputs tapped(FraudInputs inputs) {
    return new FraudInputs(
        tapped(inputs.orders(), "order-tap", Timed.typeInfo(EventTypes.ORDER)),
        tapped(inputs.clicks(), "click-tap", Timed.typeInfo(EventTypes.CLICK)),
        inputs.labels(),
        inputs.rules(),
        inputs.controls(),
        inputs.erasures(),
        inputs.models());
  }

  private static <E> DataStream<Timed<E>> tapped(
      DataStream<Timed<E>> events, String name, TypeInformation<Timed<E>> type) {
    return events.transform(name, type, new Tap<E>(name)).uid(name);
  }

  private static RecommendSettings impatient(RecommendSettings settings) {
    return new RecommendSettings(
        settings.session(),
        settings.neighbour(),
        settings.ranking(),
        settings.cascade(),
        settings.content(),
        settings.bundle(),
        new BundleWriteSettings(
            settings.bundleWrites().epoch(),
            settings.bundleWrites().interval(),
            Duration.ofMillis(300)),
        settings.phases(),
        settings.writes(),
        new ItemFactsSettings(Duration.ofMillis(50), settings.items().cachedItems()),
        settings.state());
  }

  /** To be called before the job is started. */
  static void reset() {
    RECORDS.set(0);
    CHECKPOINTS.set(0);
    UNTIL_FAILURE.set(Long.MAX_VALUE);
    FAILURES.set(0);
    WATERMARKS.clear();
  }

  static void failAfter(long records) {
    UNTIL_FAILURE.set(records);
  }

  static void awaitFailure() throws Exception {
    Await.until("the failure happens", EngineUnderTest.LIMIT, () -> FAILURES.get() == 1);
  }

  /** Waits until so many clicks and orders came through. */
  static void awaitRecords(long records) throws Exception {
    Await.until(
        records + " records came through", EngineUnderTest.LIMIT, () -> RECORDS.get() >= records);
  }

  /** Waits for a checkpoint that begins after this call. */
  static void awaitCheckpoint() throws Exception {
    long before = CHECKPOINTS.get();
    // One may be under way.
    long two = 2L * WATERMARKS.size();
    Await.until(
        "a checkpoint completes", EngineUnderTest.LIMIT, () -> CHECKPOINTS.get() >= before + two);
  }

  /** What a barrier follows from now on has this watermark before it, in every subtask. */
  static void awaitWatermark(Options options, long time) throws Exception {
    int expected = TAPS * EngineOptions.localParallelism(options);
    Await.until(
        "event time reaches " + time + " in " + expected + " taps, " + WATERMARKS,
        EngineUnderTest.LIMIT,
        () ->
            WATERMARKS.size() == expected
                && WATERMARKS.values().stream().allMatch(watermark -> watermark >= time));
  }

  private static final class Tap<E> extends AbstractStreamOperator<Timed<E>>
      implements OneInputStreamOperator<Timed<E>, Timed<E>> {
    private static final long serialVersionUID = 1L;

    private final String name;

    private Tap(String name) {
      this.name = name;
    }

    @Override
    public void processElement(StreamRecord<Timed<E>> element) {
      RECORDS.incrementAndGet();
      if (UNTIL_FAILURE.decrementAndGet() == 0) {
        FAILURES.incrementAndGet();
        throw new IllegalStateException("a failure that the test wants");
      }
      output.collect(element);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
      super.processWatermark(mark);
      int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
      WATERMARKS.put(name + subtask, mark.getTimestamp());
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
      super.notifyCheckpointComplete(checkpointId);
      CHECKPOINTS.incrementAndGet();
    }
  }
}
