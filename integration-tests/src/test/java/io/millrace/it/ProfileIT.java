package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.PATH;

import io.millrace.features.algebra.Feature;
import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.algebra.Filter;
import io.millrace.features.algebra.Span;
import io.millrace.features.decision.Profile;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.Version;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.ErasureCodec;
import io.millrace.features.event.Topics;
import io.millrace.features.profile.VisitorFeatures;
import io.millrace.features.session.VisitorIds;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.jobs.local.LocalJob;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.ProfileOptions;
import io.millrace.operators.profile.ProfileTopology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The profile job: what it writes is the same whatever the order of events within the allowance and
 * whatever befalls the job; it forgets whom it is told to; it fills an emptied Redis; and it goes
 * on with a feature more. Values are compared after all are written again, as the population is
 * then.
 */
class ProfileIT {
  private static final long SEED = 20261128;
  private static final int VISITORS = 120;
  private static final String GONE = "gone-visitor";
  private static final RandomShop SHOP = new RandomShop(SEED, visitors(), 40);
  private static final long LATER = SHOP.end() + 10 * 60_000;
  private static final String JOB = ProfileTopology.JOB;

  @TempDir private static Path dir;
  private static EngineUnderTest engine;
  private static SortedMap<String, String> expected;

  @BeforeAll
  static void runInOrderAndUndisturbed() throws Exception {
    engine = EngineUnderTest.start(dir);
    run(engine.options(1));
    engine.sendAll(SHOP.inOrder());
    expected = closingRound(engine.options(1));
    assertThat(expected).hasSizeGreaterThanOrEqualTo(VISITORS);
    assertThat(expected.values())
        .anyMatch(value -> value.contains("\"monetary_quintile\":5"))
        .anyMatch(value -> value.contains("\"returns\":1"))
        .filteredOn(value -> value.contains("\"price_affinity\":"))
        .hasSizeGreaterThan(VISITORS / 2);
  }

  private static List<String> visitors() {
    List<String> visitors = new ArrayList<>(RandomShop.visitors(VISITORS));
    visitors.add(GONE);
    return visitors;
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  @BeforeEach
  void forgetEverything() throws Exception {
    engine.clear();
  }

  private static Optional<Path> run(Options options) throws Exception {
    TappedJob.reset();
    return engine.run(TappedJob.PROFILE, options);
  }

  /** Lets time pass on every partition, then has everything written again. */
  private static SortedMap<String, String> closingRound(Options options) throws Exception {
    engine.tick(LATER);
    TappedJob.awaitWatermark(options, LATER - RandomShop.OUT_OF_ORDERNESS - 1);
    engine.awaitSilence();
    engine.republish(JOB);
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

  @Test
  void shufflesAndDuplicates() throws Exception {
    Options options = engine.options(2).with(ProfileOptions.CACHED_VISITORS, 10);
    run(options);
    engine.sendAll(SHOP.shuffledWithDuplicates());
    assertSame(closingRound(options));
  }

  @Test
  void failureInMidStream() throws Exception {
    List<ContractEvent> events = SHOP.inOrder();
    int half = events.size() / 2;
    run(engine.options(2));
    engine.sendAll(events.subList(0, half));
    TappedJob.awaitRecords(RandomShop.clicksAndOrders(events.subList(0, half)));
    TappedJob.awaitCheckpoint();
    TappedJob.failAfter(half / 2);
    engine.sendAll(events.subList(half, events.size()));
    TappedJob.awaitFailure();
    Await.until("the job begins again", EngineUnderTest.LIMIT, engine::hasRestarted);
    TappedJob.awaitCheckpoint();
    assertSame(closingRound(engine.options(2)));
  }

  @Test
  void savepointAndAnotherParallelism() throws Exception {
    List<ContractEvent> events = SHOP.inOrder();
    int half = events.size() / 2;
    run(engine.options(1));
    engine.sendAll(events.subList(0, half));
    TappedJob.awaitRecords(RandomShop.clicksAndOrders(events.subList(0, half)));
    engine.stop();
    assertThat(run(engine.options(2))).get(PATH).asString().contains("/savepoint-");
    engine.sendAll(events.subList(half, events.size()));
    assertSame(closingRound(engine.options(2)));
  }

  @Test
  void anEmptiedRedisIsFilledAgain() throws Exception {
    run(engine.options(2));
    engine.sendAll(SHOP.inOrder());
    SortedMap<String, String> before = closingRound(engine.options(2));
    engine.emptyRedis();
    engine.republish(JOB);
    Await.until("all is back", EngineUnderTest.LIMIT, () -> engine.values().equals(before));
  }

  @Test
  void nothingIsLeftOfAVisitorWhoIsErasedAndNobodyElseChanges() throws Exception {
    run(engine.options(2));
    engine.sendAll(SHOP.inOrder());
    closingRound(engine.options(2));
    CanonicalSavepoint before = engine.savepoint();
    assertThat(before.count(GONE)).isPositive();

    engine.sendTo(Topics.ERASURES, GONE, ErasureCodec.encode(new Erasure(GONE, LATER)));
    engine.flush();
    assertThat(engine.messages(Topics.ERASURE_RECEIPTS, 1))
        .singleElement()
        .asString()
        .contains(
            "\"visitor_id\":\"gone-visitor\"", "\"job\":\"profile\"", "\"requested_at\":" + LATER);

    assertThat(engine.value(RedisKeys.profile(GONE)))
        .contains("\"deleted\":true")
        .contains(Version.of(1, LATER));
    CanonicalSavepoint after = engine.savepoint();
    assertThat(after.count(GONE)).isZero();
    assertThat(after.countHash(VisitorIds.of(GONE))).isEqualTo(1);
    // What comes again of before is refused, what is new begins afresh.
    engine.send(
        new Click(
            "back",
            ClickType.VIEW_CART,
            LATER + 1,
            GONE,
            null,
            List.of(),
            null,
            Click.Details.NONE));
    AtomicReference<Profile> back = new AtomicReference<>();
    Await.until(
        "the visitor is known again",
        EngineUnderTest.LIMIT,
        () -> {
          engine.reader().profile(GONE).ifPresent(back::set);
          return back.get() != null;
        });
    assertThat(back.get().features()).containsEntry("events_30d", 1L).containsEntry("views", 0L);
    SortedMap<String, String> others = new TreeMap<>(engine.values());
    SortedMap<String, String> othersBefore = new TreeMap<>(expected);
    others.remove(RedisKeys.profile(GONE));
    othersBefore.remove(RedisKeys.profile(GONE));
    assertThat(others).isEqualTo(othersBefore);
  }

  @Test
  void aRunningJobGetsAFeatureMoreThatSaysSinceWhen() throws Exception {
    List<ContractEvent> events = SHOP.inOrder();
    int half = events.size() / 2;
    run(engine.options(1));
    engine.sendAll(events.subList(0, half));
    TappedJob.awaitRecords(RandomShop.clicksAndOrders(events.subList(0, half)));
    engine.stop();

    TappedJob.reset();
    LocalJob more = TappedJob.profile(ProfileIT::oneFeatureMore);
    assertThat(engine.run(more, engine.options(2))).get(PATH).asString().contains("/savepoint-");
    engine.sendAll(events.subList(half, events.size()));
    SortedMap<String, String> values = closingRound(engine.options(2));
    assertThat(values.values()).anyMatch(value -> value.contains("\"wishlist_items_1d\":"));
    assertThat(values.values())
        .anyMatch(value -> value.contains("\"since\":{\"wishlist_items_1d\":"));
    values.forEach(
        (key, value) -> {
          String without =
              value
                  .replaceAll("\"since\":\\{\"wishlist_items_1d\":\\d+\\},", "")
                  .replaceAll(",\"wishlist_items_1d\":\\d+", "");
          assertThat(without).isEqualTo(expected.get(key));
        });
  }

  private static FeatureSet oneFeatureMore() {
    return VisitorFeatures.with(
        List.of(
            Feature.distinct("wishlist_items_1d", "item")
                .where(Filter.isOneOf("what", "wishlist", "cart"))
                .over(Span.days(1))));
  }
}
