package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.Version;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.ErasureCodec;
import io.millrace.features.event.Order;
import io.millrace.features.event.Topics;
import io.millrace.features.ranking.ListOrder;
import io.millrace.features.session.VisitorIds;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RankingOptions;
import io.millrace.jobs.options.RecommendOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is left of a visitor of a random shop who is erased in the middle of the day: nothing in any
 * value, answer or savepoint; and in the end every value is as if only what the visitor did later
 * had ever been. A job that reads the whole log again comes to no more.
 */
class ErasureIT {
  private static final long SEED = 20260301;
  private static final int ITEMS = 30;
  private static final String GONE = "gone-visitor";

  /** Nobody else has looked at it, and the catalogue does not know it. */
  private static final String OWN_ITEM = "own-item";

  /** Each keeps the visitor's hash, to know what may come: tracker, postings, bundles, merger. */
  private static final int OPERATORS_THAT_REMEMBER = 4;

  /** Longer than the flush interval, shorter than the gap that ends a session. */
  private static final long CLOSING_PAUSE = 10 * 60_000;

  @TempDir private static Path dir;
  private static EngineUnderTest engine;
  private static Options options;
  private static RandomShop shop;
  private static long requestedAt;

  /** How often the visitor's hash stands in the state of a job that never saw what is erased. */
  private static int hashes;

  /** All that happens, the visitor's visit to the item of the visitor's own included. */
  private static List<ContractEvent> events;

  @BeforeAll
  static void startEngine() throws Exception {
    List<String> visitors = new ArrayList<>(RandomShop.visitors(40));
    visitors.add(GONE);
    shop = new RandomShop(SEED, visitors, ITEMS);
    List<ContractEvent> ofVisitor = shop.inOrder().stream().filter(ErasureIT::isGones).toList();
    requestedAt = ofVisitor.get(ofVisitor.size() / 2).eventTime();
    events = new ArrayList<>(shop.inOrder());
    events.addAll(ownVisit());
    events.sort(Comparator.comparingLong(ContractEvent::eventTime));
    engine = EngineUnderTest.start(dir);
    options =
        engine
            .options(2)
            .with(RankingOptions.VISITORS, 1.0)
            .with(RankingOptions.MODEL, ListOrder.parse("frozen:1"));
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  /** A visit that shows in every kind of value. */
  private static List<ContractEvent> ownVisit() {
    List<ContractEvent> visit = new ArrayList<>();
    for (String item : List.of("item0", OWN_ITEM, "item1", "item2", "item3", "item4", "item5")) {
      long time = requestedAt - 10_000 + visit.size() * 1_000L;
      visit.add(ContractEvent.of(Click.view("own" + time, time, GONE, item, "own-session")));
    }
    List<Order.Line> lines =
        Stream.of("item0", OWN_ITEM).map(item -> new Order.Line(item, 1, null, null)).toList();
    visit.add(
        ContractEvent.of(Order.placed("own-placed", "own-order", requestedAt, GONE, "EUR", lines)));
    visit.add(
        ContractEvent.of(
            new Click(
                "own-list",
                ClickType.VIEW_ITEM_LIST,
                requestedAt,
                GONE,
                null,
                List.of(OWN_ITEM, "item1"),
                "own-session",
                Click.Details.NONE)));
    return visit;
  }

  private static boolean isGones(ContractEvent event) {
    return event instanceof ContractEvent.OfClick of && of.click().visitorId().equals(GONE)
        || event instanceof ContractEvent.OfOrder order && order.order().visitorId().equals(GONE);
  }

  private static boolean isToBeErased(ContractEvent event) {
    return isGones(event) && event.eventTime() <= requestedAt;
  }

  @Test
  void nothingIsLeftOfTheVisitorAndAllElseIsAsIfNothingHadBeen() throws Exception {
    SortedMap<String, String> expected = neverSaw();

    engine.clear();
    run(options);
    Map<Boolean, List<ContractEvent>> halves =
        events.stream().collect(Collectors.partitioningBy(e -> e.eventTime() <= requestedAt));
    engine.sendAll(halves.get(true));
    awaitTraces();

    erase();
    assertErased();
    // What comes again of before is refused; what is new begins afresh.
    engine.sendAll(halves.get(true).stream().filter(ErasureIT::isToBeErased).toList());
    engine.sendAll(halves.get(false));
    SortedMap<String, String> values = closingRound(shop.end() + CLOSING_PAUSE);
    assertThat(differing(values, expected)).as("seed %d", SEED).isEmpty();
    CanonicalSavepoint savepoint = engine.savepoint();
    assertThat(savepoint.count(OWN_ITEM)).isZero();
    assertThat(savepoint.countHash(VisitorIds.of(GONE)))
        .isEqualTo(hashes + OPERATORS_THAT_REMEMBER);

    engine.startOver();
    run(options);
    assertThat(engine.messages(Topics.ERASURE_RECEIPTS, 2)).hasSize(2);
    closingRound(shop.end() + 2 * CLOSING_PAUSE);
    assertThat(tracesOf(OWN_ITEM)).isEmpty();
    assertThat(tracesOf(GONE)).containsOnlyKeys(RedisKeys.rec(GONE));
  }

  /** Keys of which one has other values than the other. */
  private static Set<String> differing(
      SortedMap<String, String> one, SortedMap<String, String> other) {
    Set<String> keys = new TreeSet<>(one.keySet());
    keys.addAll(other.keySet());
    keys.removeIf(key -> Objects.equals(withoutVersion(key, one), withoutVersion(key, other)));
    return keys;
  }

  /**
   * The version of what is told of an item never falls, also when its newest event is forgotten.
   */
  private static String withoutVersion(String key, SortedMap<String, String> values) {
    String value = values.get(key);
    return value == null || key.startsWith("rec:") ? value : value.substring(value.indexOf(','));
  }

  /** What a shop comes to in which nothing was done that is to be erased. */
  private static SortedMap<String, String> neverSaw() throws Exception {
    run(options);
    engine.sendAll(events.stream().filter(event -> !isToBeErased(event)).toList());
    SortedMap<String, String> expected = closingRound(shop.end() + CLOSING_PAUSE);
    hashes = engine.savepoint().countHash(VisitorIds.of(GONE));
    assertThat(expected).hasSizeGreaterThan(2 * ITEMS).containsKey(RedisKeys.rec(GONE));
    return expected;
  }

  private static void run(Options options) throws Exception {
    TappedJob.reset();
    engine.run(TappedJob.JOB, options);
  }

  /** Waits until the visitor shows everywhere: what the test looks for later, it can find. */
  private static void awaitTraces() throws Exception {
    Await.until(
        "what the visitor alone did is in every kind of value",
        EngineUnderTest.LIMIT,
        () -> kinds(tracesOf(OWN_ITEM)).equals(Set.of("rec", "sim", "bundle", "trend")));
    assertThat(tracesOf(GONE)).containsOnlyKeys(RedisKeys.rec(GONE));
    CanonicalSavepoint savepoint = engine.savepoint();
    assertThat(savepoint.count(GONE)).isPositive();
    assertThat(savepoint.count(OWN_ITEM)).isPositive();
    assertThat(savepoint.countHash(VisitorIds.of(GONE))).isPositive();
  }

  private static void erase() {
    engine.sendTo(Topics.ERASURES, GONE, ErasureCodec.encode(new Erasure(GONE, requestedAt)));
    engine.flush();
    assertThat(engine.messages(Topics.ERASURE_RECEIPTS, 1))
        .singleElement()
        .asString()
        .contains(GONE, "\"job\":\"recommend\"", "\"requested_at\":" + requestedAt);
  }

  private static void assertErased() throws Exception {
    assertThat(engine.value(RedisKeys.rec(GONE)))
        .contains("\"deleted\":true")
        .contains(Version.of(1, requestedAt));
    assertThat(tracesOf(GONE)).isEmpty();
    // Lists of others are made anew when these come again; here nobody has.
    Await.until(
        "only lists of others name what the visitor alone did",
        EngineUnderTest.LIMIT,
        () -> Set.of("rec").containsAll(kinds(tracesOf(OWN_ITEM))));
    TappedJob.awaitCheckpoint();
    CanonicalSavepoint savepoint = engine.savepoint();
    assertThat(savepoint.count(GONE)).isZero();
    assertThat(savepoint.countHash(VisitorIds.of(GONE))).isEqualTo(OPERATORS_THAT_REMEMBER);
  }

  /** Values whose key or text names something. */
  private static Map<String, String> tracesOf(String name) {
    Map<String, String> traces = new TreeMap<>(engine.values());
    traces.entrySet().removeIf(value -> !(value.getKey() + value.getValue()).contains(name));
    return traces;
  }

  private static Set<String> kinds(Map<String, String> values) {
    Set<String> kinds = new TreeSet<>();
    values.keySet().forEach(key -> kinds.add(key.substring(0, key.indexOf(':'))));
    return kinds;
  }

  /** Lets time pass, then has every visitor ask. */
  private static SortedMap<String, String> closingRound(long time) throws Exception {
    engine.tick(time);
    TappedJob.awaitWatermark(options, time - RandomShop.OUT_OF_ORDERNESS - 1);
    TappedJob.awaitCheckpoint();
    engine.stop();
    run(options.with(RecommendOptions.LEARN, false));
    engine.awaitSilence();
    List<Click> probes = shop.probes(time + 60_000);
    engine.send(probes);
    for (Click probe : probes) {
      engine.awaitList(probe.visitorId(), probe.eventTime());
    }
    return engine.awaitSilence();
  }
}
