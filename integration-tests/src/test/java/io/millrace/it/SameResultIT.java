package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.PATH;

import io.millrace.features.event.Click;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.event.ModelSnapshotCodec;
import io.millrace.features.event.Topics;
import io.millrace.features.ranking.ListOrder;
import io.millrace.features.ranking.RankingFeatures;
import io.millrace.features.ranking.RankingModel;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RankingOptions;
import io.millrace.jobs.options.RecommendOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same clicks, orders and catalogue lead to the same values in Redis, whatever their order
 * within the allowance and whatever befalls the job. Values are compared after a closing round:
 * time has moved on until every lesson is told, and every visitor has asked once more without
 * teaching anything.
 */
class SameResultIT {

  private static final long SEED = 20260214;
  private static final RandomShop SHOP = new RandomShop(SEED, RandomShop.visitors(300), 70);
  private static final ModelSnapshot RANKING = ranking();

  /** Longer than the flush interval, shorter than the gap that ends a session. */
  private static final long CLOSING_PAUSE = 10 * 60_000;

  @TempDir private static Path dir;
  private static EngineUnderTest engine;
  private static SortedMap<String, String> expected;

  @BeforeAll
  static void runInOrderAndUndisturbed() throws Exception {
    engine = EngineUnderTest.start(dir);
    engine.sendTo(Topics.MODELS, RANKING.modelId(), ModelSnapshotCodec.encode(RANKING));
    engine.flush();
    run(options(1));
    engine.sendAll(SHOP.inOrder());
    expected = closingRound(options(1));
    assertThat(expected.keySet()).filteredOn(key -> key.startsWith("rec:")).hasSize(300);
    assertThat(expected.values())
        .filteredOn(value -> value.contains("\"bucket\":\"frozen-3\",\"model_version\":3,"))
        .hasSize(300);
    assertThat(expected.keySet()).filteredOn(key -> key.startsWith("sim:")).hasSize(70);
    assertThat(expected.keySet())
        .filteredOn(key -> key.startsWith("bundle:"))
        .hasSizeGreaterThan(50);
    assertThat(expected).containsKeys("trend:{_all}", "trend:{a}", "trend:{a/b}");
  }

  /** What is learned depends on who came when, so one version puts all lists in order. */
  private static Options options(int parallelism) {
    return engine
        .options(parallelism)
        .with(RankingOptions.MODEL, ListOrder.parse("frozen:" + RANKING.version()))
        .with(RankingOptions.VISITORS, 1.0);
  }

  private static ModelSnapshot ranking() {
    Random random = new Random(5);
    double[] weights = random.doubles(RankingFeatures.COUNT, -1, 1).toArray();
    return new ModelSnapshot(
        RankingModel.id(RankingModel.DEFAULT_SEGMENT),
        3,
        RankingFeatures.fingerprint(),
        1_000,
        SHOP.end(),
        weights);
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
        options(2)
            .with(RecommendOptions.CACHED_VISITORS, 20)
            .with(RecommendOptions.CACHED_ITEMS, 5);
    List<ContractEvent> events = SHOP.shuffledWithDuplicates();
    run(smallCaches);
    engine.sendAll(events.subList(0, events.size() / 2));
    TappedJob.awaitRecords(events.size() / 3);
    engine.sendAll(events.subList(events.size() / 2, events.size()));
    assertSame(closingRound(smallCaches));
  }

  @Test
  void failureInMidStream() throws Exception {
    List<ContractEvent> events = SHOP.inOrder();
    int half = events.size() / 2;
    run(options(2));
    engine.sendAll(events.subList(0, half));
    TappedJob.awaitRecords(RandomShop.clicksAndOrders(events.subList(0, half)));
    TappedJob.awaitCheckpoint();
    TappedJob.failAfter(half / 2);
    engine.sendAll(events.subList(half, events.size()));
    TappedJob.awaitFailure();
    Await.until("the job begins again", EngineUnderTest.LIMIT, engine::hasRestarted);
    // Before all tasks run again, no savepoint can be taken.
    TappedJob.awaitCheckpoint();
    assertSame(closingRound(options(2)));
  }

  @Test
  void savepointAndAnotherParallelism() throws Exception {
    List<ContractEvent> events = SHOP.inOrder();
    int half = events.size() / 2;
    run(options(1));
    engine.sendAll(events.subList(0, half));
    TappedJob.awaitRecords(RandomShop.clicksAndOrders(events.subList(0, half)));
    engine.stop();
    runFromSavepoint(options(2));
    engine.sendAll(events.subList(half, events.size()));
    assertSame(closingRound(options(2)));
  }

  private static Optional<Path> run(Options options) throws Exception {
    TappedJob.reset();
    return engine.run(TappedJob.JOB, options);
  }

  private static void runFromSavepoint(Options options) throws Exception {
    assertThat(run(options)).get(PATH).asString().contains("/savepoint-");
  }

  /** Lets time pass on every partition, then has every visitor ask. */
  private static SortedMap<String, String> closingRound(Options options) throws Exception {
    long later = SHOP.end() + CLOSING_PAUSE;
    engine.tick(later);
    TappedJob.awaitWatermark(options, later - RandomShop.OUT_OF_ORDERNESS - 1);
    // A savepoint waits for all that is under way, however slow the machine; so wait here instead.
    TappedJob.awaitCheckpoint();
    engine.stop();
    runFromSavepoint(options.with(RecommendOptions.LEARN, false));
    engine.awaitSilence();
    // Nothing is learned from these, so they need not wait for each other.
    List<Click> probes = SHOP.probes(later + 60_000);
    engine.send(probes);
    for (Click probe : probes) {
      engine.awaitList(probe.visitorId(), probe.eventTime());
    }
    return engine.awaitSilence();
  }

  private static void assertSame(SortedMap<String, String> values) {
    assertThat(values.keySet()).isEqualTo(expected.keySet());
    List<String> different =
        values.keySet().stream().filter(key -> !values.get(key).equals(expected.get(key))).toList();
    assertThat(different)
        .as("of %d values, with seed %d, these differ", values.size(), SEED)
        .isEmpty();
  }
}
