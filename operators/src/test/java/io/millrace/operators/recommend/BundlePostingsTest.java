package io.millrace.operators.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.bundle.BundleSettings;
import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.decision.BundleList;
import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.Version;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.session.VisitorIds;
import io.millrace.operators.forget.Forget;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.operators.state.TwoInputHarness;
import io.millrace.operators.types.Snapshots;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class BundlePostingsTest {
  private static final long TIME = 1_748_736_000_000L;
  private static final StateSettings TINY =
      new StateSettings(Duration.ofDays(30), Duration.ofDays(30), 2, 2);

  /** Milliseconds after which what has changed is told, with some to spare. */
  private static final long AN_INTERVAL = 2_000;

  /** Milliseconds of silence after which a round begins, with some to spare. */
  private static final long QUIET = 20_000;

  private static TwoInputHarness<PostingMessage, BundleNews, FillIn> open(
      OperatorSubtaskState state) throws Exception {
    return new TwoInputHarness<>(
        new BundlePostings(BundleSettings.DEFAULT, BundleWriteSettings.DEFAULT, TINY),
        PostingMessage::item,
        null,
        FillIn.TYPE.serializer(),
        state,
        1,
        1,
        0);
  }

  private static SessionItems order(String visitor, int number, String... items) {
    return new SessionItems(VisitorIds.ofOrder(visitor, "o" + number), TIME + number, items);
  }

  private static void place(
      TwoInputHarness<PostingMessage, BundleNews, FillIn> harness, SessionItems order)
      throws Exception {
    for (String item : order.items()) {
      harness.first(PostingMessage.teach(item, order));
    }
  }

  private static void takeBack(
      TwoInputHarness<PostingMessage, BundleNews, FillIn> harness, SessionItems order)
      throws Exception {
    for (String item : order.items()) {
      harness.first(PostingMessage.retract(item, order.id()));
    }
  }

  private static ItemFact fact(String item, int orders) {
    return new ItemFact(item, false, false, false, false, null, 1, orders);
  }

  private static void tell(
      TwoInputHarness<PostingMessage, BundleNews, FillIn> harness, ItemFact... facts)
      throws Exception {
    for (ItemFact fact : facts) {
      harness.second(BundleNews.of(fact));
    }
  }

  /** Two orders of a and b and one of a and c, in a store of a hundred. */
  private static TwoInputHarness<PostingMessage, BundleNews, FillIn> openWithThreeOrders()
      throws Exception {
    var harness = open(null);
    tell(harness, fact(ItemFact.ALL_ORDERS, 100), fact("a", 3), fact("b", 2), fact("c", 1));
    place(harness, order("ana", 1, "a", "b"));
    place(harness, order("bob", 2, "a", "b"));
    place(harness, order("cid", 3, "a", "c"));
    return harness;
  }

  private static RedisWrite write(List<RedisWrite> writes, String item) {
    return writes.stream()
        .filter(write -> write.key().equals("bundle:{" + item + "}"))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Test
  void tellsWhatIsBoughtTogetherToRedisAndAsAFillIn() throws Exception {
    try (var harness = openWithThreeOrders()) {
      harness.clock(AN_INTERVAL);

      List<RedisWrite> writes = harness.takeSide(BundlePostings.BUNDLES);
      BundleList bundle = DecisionJson.readBundle(write(writes, "a").value());
      assertThat(bundle.version()).isEqualTo(Version.of(1, TIME + 3));
      assertThat(bundle.itemId()).isEqualTo("a");
      assertThat(bundle.items()).hasSize(1);
      assertThat(bundle.items().get(0).itemId()).isEqualTo("b");
      assertThat(bundle.items().get(0).evidence()).isEqualTo(Evidence.orders(2, 3));
      assertThat(write(writes, "b").version()).isEqualTo(Version.of(1, TIME + 2));
      assertThat(write(writes, "a").ttlMillis()).isEqualTo(Duration.ofDays(30).toMillis());

      List<FillIn> fillIns = harness.take();
      assertThat(fillIns).extracting(FillIn::item).containsExactly("a", "b", "c");
      assertThat(fillIns).allMatch(fillIn -> fillIn.kind() == FillIn.Kind.BOUGHT_TOGETHER);
      assertThat(fillIns.get(0).answer().items()).containsExactly("b");
      assertThat(fillIns.get(0).answer().sessions()).isEqualTo(3);
    }
  }

  @Test
  void tellsABundleOnceAnIntervalAndOnlyAfterItsOrdersChanged() throws Exception {
    try (var harness = open(null)) {
      tell(harness, fact(ItemFact.ALL_ORDERS, 100), fact("a", 9), fact("b", 9));
      harness.clock(QUIET);
      place(harness, order("ana", 1, "a", "b"));
      place(harness, order("bob", 2, "a", "b"));
      harness.clock(QUIET + 900);
      place(harness, order("cid", 3, "a", "b"));
      assertThat(harness.takeSide(BundlePostings.BUNDLES)).isEmpty();

      harness.clock(QUIET + 1_200);

      assertThat(harness.takeSide(BundlePostings.BUNDLES))
          .extracting(RedisWrite::key)
          .containsExactly("bundle:{a}", "bundle:{b}");
      harness.clock(10 * QUIET);
      assertThat(harness.takeSide(BundlePostings.BUNDLES)).isEmpty();
    }
  }

  @Test
  void keepsQuietAboutItemsThatAreBoughtAlone() throws Exception {
    try (var harness = open(null)) {
      tell(harness, fact(ItemFact.ALL_ORDERS, 100), fact("a", 1));
      place(harness, order("ana", 1, "a"));
      harness.clock(QUIET);
      assertThat(harness.takeSide(BundlePostings.BUNDLES)).isEmpty();
      assertThat(harness.take()).isEmpty();
    }
  }

  @Test
  void anOrderThatIsTakenBackCountsNoMoreAndTheVersionStays() throws Exception {
    try (var harness = openWithThreeOrders()) {
      harness.clock(AN_INTERVAL);
      harness.takeSide(BundlePostings.BUNDLES);
      harness.take();

      takeBack(harness, order("cid", 3, "a", "c"));
      harness.clock(2 * AN_INTERVAL);
      List<RedisWrite> writes = harness.takeSide(BundlePostings.BUNDLES);
      BundleList bundle = DecisionJson.readBundle(write(writes, "a").value());
      assertThat(bundle.version()).isEqualTo(Version.of(1, TIME + 3));
      assertThat(bundle.items().get(0).evidence()).isEqualTo(Evidence.orders(2, 2));
      assertThat(write(writes, "c").isTombstone()).isTrue();
      assertThat(write(writes, "c").version()).isEqualTo(Version.of(1, TIME + 3));

      harness.take();
      takeBack(harness, order("ana", 1, "a", "b"));
      takeBack(harness, order("bob", 2, "a", "b"));
      harness.clock(3 * AN_INTERVAL);
      assertThat(harness.takeSide(BundlePostings.BUNDLES)).allMatch(RedisWrite::isTombstone);
      assertThat(harness.take()).hasSize(2).allMatch(FillIn::isEmpty);
      harness.clock(4 * AN_INTERVAL);
      assertThat(harness.takeSide(BundlePostings.BUNDLES)).isEmpty();
    }
  }

  @Test
  void linesThatChangeTakeTheOrdersPlace() throws Exception {
    try (var harness = openWithThreeOrders()) {
      SessionItems changed = order("bob", 2, "a", "c");
      harness.first(PostingMessage.retract("b", changed.id()));
      place(harness, changed);
      tell(harness, fact("b", 1), fact("c", 2));
      harness.clock(AN_INTERVAL);

      List<RedisWrite> writes = harness.takeSide(BundlePostings.BUNDLES);
      assertThat(DecisionJson.readBundle(write(writes, "a").value()).items())
          .extracting(BundleList.Item::itemId)
          .containsExactly("c");
    }
  }

  @Test
  void anItemThatIsHiddenLeavesTheBundlesAtOnceAndComesBack() throws Exception {
    try (var harness = openWithThreeOrders()) {
      harness.clock(AN_INTERVAL);
      harness.takeSide(BundlePostings.BUNDLES);

      tell(harness, new ItemFact("b", true, false, false, false, null, 1, 2));
      harness.clock(AN_INTERVAL + 200);
      RedisWrite without = write(harness.takeSide(BundlePostings.BUNDLES), "a");
      assertThat(DecisionJson.readBundle(without.value()).items())
          .as("one order is enough where there is no better")
          .extracting(BundleList.Item::itemId)
          .containsExactly("c");
      assertThat(without.version()).isEqualTo(Version.of(1, TIME + 3));

      tell(harness, fact("b", 2));
      harness.clock(AN_INTERVAL + 400);
      RedisWrite again = write(harness.takeSide(BundlePostings.BUNDLES), "a");
      assertThat(DecisionJson.readBundle(again.value()).items())
          .extracting(BundleList.Item::itemId)
          .containsExactly("b");
    }
  }

  @Test
  void bundlesAreHeldAgainstTheCountsOnceThoseAreQuiet() throws Exception {
    try (var harness = openWithThreeOrders()) {
      harness.clock(AN_INTERVAL);
      harness.takeSide(BundlePostings.BUNDLES);

      tell(harness, fact(ItemFact.ALL_ORDERS, 1_000));
      harness.clock(AN_INTERVAL + 5_000);
      tell(harness, fact("b", 700));
      harness.clock(AN_INTERVAL + 12_000);
      assertThat(harness.takeSide(BundlePostings.BUNDLES)).isEmpty();

      harness.clock(AN_INTERVAL + 16_000);
      List<RedisWrite> writes = harness.takeSide(BundlePostings.BUNDLES);
      assertThat(DecisionJson.readBundle(write(writes, "a").value()).items().get(0).evidence())
          .isEqualTo(Evidence.orders(1, 3));
      harness.clock(10 * QUIET);
      assertThat(harness.takeSide(BundlePostings.BUNDLES)).isEmpty();
    }
  }

  @Test
  void aForgottenVisitorsOrdersLeaveAtOnceAndDoNotComeBack() throws Exception {
    try (var harness = openWithThreeOrders()) {
      harness.clock(AN_INTERVAL);
      harness.takeSide(BundlePostings.BUNDLES);
      harness.take();

      harness.second(BundleNews.of(new Forget("cid", Forget.Kind.ERASE, TIME + 3)));
      place(harness, order("cid", 3, "a", "c"));
      harness.clock(AN_INTERVAL + 200);

      List<RedisWrite> writes = harness.takeSide(BundlePostings.BUNDLES);
      BundleList bundle = DecisionJson.readBundle(write(writes, "a").value());
      assertThat(bundle.items().get(0).evidence()).isEqualTo(Evidence.orders(2, 2));
      assertThat(bundle.version())
          .as("or Redis would refuse it")
          .isEqualTo(Version.of(1, TIME + 3));
      assertThat(write(writes, "c").isTombstone()).isTrue();
      assertThat(harness.take()).extracting(FillIn::item).containsExactly("a", "c");
      harness.snapshot();
      assertThat(harness.stateEntries()).as("a and b").isEqualTo(2);

      place(
          harness, new SessionItems(VisitorIds.ofOrder("cid", "o4"), TIME + 4, new String[] {"c"}));
      harness.snapshot();
      assertThat(harness.stateEntries()).as("what comes later counts").isEqualTo(3);
    }
  }

  @Test
  void whatWaitsAndAnUnfinishedRoundGoOnAfterARestore() throws Exception {
    OperatorSubtaskState state;
    try (var harness = openWithThreeOrders()) {
      harness.clock(AN_INTERVAL);
      harness.takeSide(BundlePostings.BUNDLES);
      place(harness, order("dan", 4, "b"));
      tell(harness, new ItemFact("b", true, false, false, false, null, 1, 2));
      state = harness.snapshot();
    }
    try (var harness = open(state)) {
      harness.clock(AN_INTERVAL);
      assertThat(harness.takeSide(BundlePostings.BUNDLES))
          .extracting(RedisWrite::key)
          .containsExactlyInAnyOrder("bundle:{a}", "bundle:{b}");
      state = harness.snapshot();
    }
    try (var harness = open(state)) {
      harness.clock(QUIET);
      assertThat(harness.takeSide(BundlePostings.BUNDLES)).isEmpty();
    }
  }

  @Test
  void newsSurviveTheNetwork() throws IOException {
    var serializer = BundleNews.TYPE.serializer();
    for (BundleNews news :
        List.of(
            BundleNews.of(new ItemFact("ü", true, false, true, false, "a/b", 2, 7)),
            BundleNews.of(new Forget("ana", Forget.Kind.ERASE, TIME)))) {
      assertThat(Snapshots.roundTrip(serializer, news)).isEqualTo(news);
      Snapshots.assertRestores(serializer, news);
    }
  }
}
