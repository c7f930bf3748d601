package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.PATH;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickCodec;
import io.millrace.features.event.ClickType;
import io.millrace.features.kafka.KafkaSettings;
import io.millrace.jobs.local.LocalJob;
import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.KafkaOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RecommendOptions;
import io.millrace.jobs.options.RedisOptions;
import io.millrace.jobs.recommend.RecommendJob;
import io.millrace.operators.kafka.EventStream;
import io.millrace.operators.kafka.EventTimeSettings;
import io.millrace.operators.kafka.EventTopic;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.recommend.RecommendInputs;
import io.millrace.operators.recommend.RecommendTopology;
import io.millrace.operators.redis.RedisSink;
import io.millrace.operators.types.EventTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same clicks lead to the same values in Redis, whatever their order within the allowance and
 * whatever befalls the job. Values are compared after a closing round: time has moved on until
 * every lesson is told, and every visitor has asked once more without teaching anything.
 */
class SameResultIT {
  private static final long SEED = 20260214;
  private static final RandomShop SHOP = new RandomShop(SEED);

  /** Longer than the flush interval, shorter than the gap that ends a session. */
  private static final long CLOSING_PAUSE = 10 * 60_000;

  @TempDir private static Path dir;
  private static EngineUnderTest engine;
  private static SortedMap<String, String> expected;

  @BeforeAll
  static void runInOrderAndUndisturbed() throws Exception {
    engine = EngineUnderTest.start(dir);
    run(engine.options(1));
    engine.send(SHOP.inOrder());
    expected = closingRound(engine.options(1));
    assertThat(expected.keySet()).filteredOn(key -> key.startsWith("rec:")).hasSize(300);
    assertThat(expected.keySet()).filteredOn(key -> key.startsWith("sim:")).hasSize(70);
    assertThat(expected).containsKey("trend:{_all}");
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  @BeforeEach
  void forgetEverything() throws Exception {
    engine.clear();
  }

  @Test
  void shufflesAndDuplicates() throws Exception {
    Options smallCaches =
        engine
            .options(2)
            .with(RecommendOptions.CACHED_VISITORS, 20)
            .with(RecommendOptions.CACHED_ITEMS, 5);
    List<Click> clicks = SHOP.shuffledWithDuplicates();
    run(smallCaches);
    engine.send(clicks.subList(0, clicks.size() / 2));
    Tap.awaitRecords(clicks.size() / 3);
    engine.send(clicks.subList(clicks.size() / 2, clicks.size()));
    assertSame(closingRound(smallCaches));
  }

  @Test
  void failureInMidStream() throws Exception {
    List<Click> clicks = SHOP.inOrder();
    int half = clicks.size() / 2;
    run(engine.options(2));
    engine.send(clicks.subList(0, half));
    Tap.awaitRecords(half);
    Tap.awaitCheckpoint();
    Tap.failAfter(half / 2);
    engine.send(clicks.subList(half, clicks.size()));
    Await.until("the failure happens", EngineUnderTest.LIMIT, () -> Tap.FAILURES.get() == 1);
    Await.until("the job begins again", EngineUnderTest.LIMIT, engine::hasRestarted);
    // Before all tasks run again, no savepoint can be taken.
    Tap.awaitCheckpoint();
    assertSame(closingRound(engine.options(2)));
  }

  @Test
  void savepointAndAnotherParallelism() throws Exception {
    List<Click> clicks = SHOP.inOrder();
    int half = clicks.size() / 2;
    run(engine.options(1));
    engine.send(clicks.subList(0, half));
    Tap.awaitRecords(half);
    engine.stop();
    runFromSavepoint(engine.options(2));
    engine.send(clicks.subList(half, clicks.size()));
    assertSame(closingRound(engine.options(2)));
  }

  private static Optional<Path> run(Options options) throws Exception {
    Tap.reset();
    return engine.run(new LocalJob("recommend", SameResultIT::define), options);
  }

  private static void runFromSavepoint(Options options) throws Exception {
    assertThat(run(options)).get(PATH).asString().contains("/savepoint-");
  }

  /** Lets time pass on every partition, then has every visitor ask. */
  private static SortedMap<String, String> closingRound(Options options) throws Exception {
    long later = SHOP.end() + CLOSING_PAUSE;
    for (int partition = 0; partition < EngineUnderTest.PARTITIONS; partition++) {
      Click tick =
          new Click(
              "tick" + partition,
              ClickType.VIEW_CART,
              later,
              "clock" + partition,
              null,
              List.of(),
              null,
              Click.Details.NONE);
      engine.send(partition, tick.visitorId(), ClickCodec.encode(tick));
    }
    engine.flush();
    Tap.awaitWatermark(
        EngineOptions.localParallelism(options), later - RandomShop.OUT_OF_ORDERNESS - 1);
    engine.stop();
    runFromSavepoint(options.with(RecommendOptions.LEARN, false));
    // Nothing is learned from these, so they need not wait for each other.
    List<Click> probes = SHOP.probes(later + 60_000);
    engine.send(probes);
    for (Click probe : probes) {
      engine.awaitList(probe.visitorId(), probe.eventTime());
    }
    return engine.values();
  }

  private static void assertSame(SortedMap<String, String> values) {
    assertThat(values.keySet()).isEqualTo(expected.keySet());
    List<String> different =
        values.keySet().stream().filter(key -> !values.get(key).equals(expected.get(key))).toList();
    assertThat(different)
        .as("of %d values, with seed %d, these differ", values.size(), SEED)
        .isEmpty();
  }

  /** The recommendation job with a tap behind its clicks. */
  private static void define(StreamExecutionEnvironment env, Options options) {
    DataStream<Timed<Click>> clicks =
        EventStream.from(
                env,
                EventTopic.clickstream(),
                KafkaSettings.of(options.get(KafkaOptions.BOOTSTRAP_SERVERS), "same-result"),
                EventTimeSettings.DEFAULT)
            .transform("tap", Timed.typeInfo(EventTypes.CLICK), new Tap())
            .uid("tap");
    new RecommendTopology(RecommendInputs.of(clicks), RecommendJob.settings(options), 0)
        .writeTo(RedisSink.builder().settings(RedisOptions.settings(options)).build());
  }

  /** Shows the test how far the job is, and fails when the test wants it to. */
  private static final class Tap extends AbstractStreamOperator<Timed<Click>>
      implements OneInputStreamOperator<Timed<Click>, Timed<Click>> {
    private static final long serialVersionUID = 1L;
    private static final AtomicLong RECORDS = new AtomicLong();
    private static final AtomicLong CHECKPOINTS = new AtomicLong();
    private static final AtomicLong UNTIL_FAILURE = new AtomicLong();
    private static final AtomicInteger FAILURES = new AtomicInteger();
    private static final Map<Integer, Long> WATERMARKS = new ConcurrentHashMap<>();

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

    static void awaitRecords(long records) throws Exception {
      Await.until(
          records + " records came through", EngineUnderTest.LIMIT, () -> RECORDS.get() >= records);
    }

    /** Waits for a checkpoint that begins after this call. */
    static void awaitCheckpoint() throws Exception {
      long before = CHECKPOINTS.get();
      Await.until(
          "a checkpoint completes", EngineUnderTest.LIMIT, () -> CHECKPOINTS.get() >= before + 4);
    }

    /** What a barrier follows from now on has this watermark before it, in every subtask. */
    static void awaitWatermark(int parallelism, long time) throws Exception {
      Await.until(
          "event time reaches " + time + " in " + parallelism + " subtasks",
          EngineUnderTest.LIMIT,
          () ->
              WATERMARKS.size() == parallelism
                  && WATERMARKS.values().stream().allMatch(watermark -> watermark >= time));
    }

    @Override
    public void processElement(StreamRecord<Timed<Click>> element) {
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
      WATERMARKS.put(
          getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(), mark.getTimestamp());
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
      super.notifyCheckpointComplete(checkpointId);
      CHECKPOINTS.incrementAndGet();
    }
  }
}
