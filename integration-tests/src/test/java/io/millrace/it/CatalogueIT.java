package io.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList;
import io.millrace.features.decision.RecommendationList.Reason;
import io.millrace.features.decision.TrendList;
import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.CatalogItem.Prices;
import io.millrace.features.event.CatalogItem.Status;
import io.millrace.features.event.CatalogItem.Supply;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.event.Topics;
import io.millrace.features.trend.HourCounts;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.jobs.local.LocalJob;
import io.millrace.jobs.recommend.RecommendJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the catalogue, orders and controls do to the lists of a running store. */
class CatalogueIT {
  /** Within this, an item that goes has left the lists already written. */
  private static final Duration GONE_LIMIT = Duration.ofSeconds(2);

  @TempDir private static Path dir;
  private static EngineUnderTest engine;

  /** Event time, always within the last full hour: trend weights stay whole. */
  private static long time;

  private static int events;

  @BeforeAll
  static void startEngine() throws Exception {
    time = (HourCounts.hourOf(System.currentTimeMillis()) - 1) * HourCounts.HOUR_MS;
    engine = EngineUnderTest.start(dir);
    engine.run(new LocalJob("recommend", RecommendJob::define), engine.options(2));
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  private static long now() {
    time += 1_000;
    return time;
  }

  private static String nextId() {
    return "e" + ++events;
  }

  private static Click click(String visitor, String item) {
    return Click.view(nextId(), now(), visitor, item);
  }

  /** A visit, known to the postings when this returns. */
  private static void visit(String visitor, String... items) throws Exception {
    for (String item : items) {
      engine.ask(click(visitor, item));
    }
  }

  private static List<String> ids(RecommendationList list) {
    return list.items().stream().map(RecommendationList.Item::itemId).toList();
  }

  private static Optional<Reason> reason(RecommendationList list, String item) {
    return list.items().stream()
        .filter(listed -> listed.itemId().equals(item))
        .map(RecommendationList.Item::reason)
        .findFirst();
  }

  /** Has a visitor look at an item again and again until the list is as it should be. */
  private static RecommendationList awaitAnswer(
      String what, String visitor, String item, Predicate<RecommendationList> condition)
      throws Exception {
    List<RecommendationList> last = new ArrayList<>();
    Await.until(
        what,
        EngineUnderTest.LIMIT,
        () -> {
          last.clear();
          last.add(engine.ask(click(visitor, item)));
          return condition.test(last.get(0));
        });
    return last.get(0);
  }

  /**
   * Waits until the list written for a visitor holds an item no more, and says how long it took.
   */
  private static void awaitGone(String visitor, String item, long since) throws Exception {
    Await.until(
        item + " leaves the list of " + visitor,
        GONE_LIMIT,
        () -> !ids(engine.reader().recommendations(visitor).orElseThrow()).contains(item));
    System.out.printf("%s was gone after %d ms%n", item, (System.nanoTime() - since) / 1_000_000);
  }

  private static void list(CatalogItem... items) {
    engine.send(
        Stream.of(items).map(item -> ContractEvent.of(item, time)).toArray(ContractEvent[]::new));
  }

  private static CatalogItem item(String id, Status status, Long stock) {
    return new CatalogItem(
        id,
        null,
        null,
        null,
        new TreeMap<>(),
        status,
        false,
        Prices.NONE,
        new Supply(stock, null, null, null),
        stock == null ? null : time);
  }

  private static Order order(String visitor, String order, int quantity, String... items) {
    List<Order.Line> lines =
        Stream.of(items).map(item -> new Order.Line(item, quantity, null, null)).toList();
    return Order.placed(nextId(), order, now(), visitor, "EUR", lines);
  }

  private static void send(Order order) {
    engine.send(ContractEvent.of(order));
  }

  private static void cancel(String visitor, String order) {
    send(Order.became(nextId(), order, OrderStatus.CANCELLED, now(), visitor));
  }

  /** Sends a control; its value and target as they stand in JSON. */
  private static void control(String id, String kind, String target, String value) {
    String json =
        "{\"control_id\":\"%s\",\"kind\":\"%s\",\"target\":\"%s\",\"actor\":\"ana\"%s}"
            .formatted(id, kind, target, value == null ? "" : ",\"value\":" + value);
    engine.sendTo(Topics.CONTROLS, id, json.getBytes(UTF_8));
    engine.flush();
  }

  private static void lift(String control) {
    engine.sendTo(Topics.CONTROLS, control, null);
    engine.flush();
  }

  @Test
  void hiddenItemLeavesListsAtOnceAndComesBack() throws Exception {
    visit("hide-1", "hide-A", "hide-B");
    assertThat(ids(engine.ask(click("hide-me", "hide-A")))).contains("hide-B");

    long sent = System.nanoTime();
    list(item("hide-B", Status.HIDDEN, null));
    awaitGone("hide-me", "hide-B", sent);
    assertThat(ids(engine.ask(click("hide-you", "hide-A")))).doesNotContain("hide-B");

    list(item("hide-B", Status.ACTIVE, null));
    awaitAnswer("it is back", "hide-me", "hide-A", list -> ids(list).contains("hide-B"));
  }

  @Test
  void soldOutItemLeavesListsUntilThereIsStock() throws Exception {
    visit("sold-1", "sold-A", "sold-B");
    list(item("sold-B", Status.ACTIVE, 3L));
    assertThat(ids(engine.ask(click("sold-me", "sold-A")))).contains("sold-B");

    long sent = System.nanoTime();
    list(item("sold-B", Status.ACTIVE, 0L));
    awaitGone("sold-me", "sold-B", sent);
    assertThat(ids(engine.ask(click("sold-you", "sold-A")))).doesNotContain("sold-B");

    list(item("sold-B", Status.ACTIVE, 3L));
    awaitAnswer("it is back", "sold-me", "sold-A", list -> ids(list).contains("sold-B"));
  }

  @Test
  void stockRunDownByOrdersTakesTheItemOutUntilOneIsCancelled() throws Exception {
    visit("run-1", "run-A", "run-B");
    list(item("run-B", Status.ACTIVE, 3L));
    assertThat(ids(engine.ask(click("run-me", "run-A")))).contains("run-B");

    send(order("run-buyer", "run-o1", 2, "run-B"));
    long sent = System.nanoTime();
    send(order("run-buyer", "run-o2", 1, "run-B"));
    awaitGone("run-me", "run-B", sent);

    cancel("run-buyer", "run-o1");
    awaitAnswer("it is back", "run-me", "run-A", list -> ids(list).contains("run-B"));
  }

  @Test
  void deletedItemLeavesListsAndIsBackWhenAddedAgain() throws Exception {
    visit("del-1", "del-A", "del-B");
    list(item("del-B", Status.ACTIVE, null));
    assertThat(ids(engine.ask(click("del-me", "del-A")))).contains("del-B");

    long sent = System.nanoTime();
    engine.sendTo(Topics.CATALOG, "del-B", null);
    engine.flush();
    awaitGone("del-me", "del-B", sent);

    list(item("del-B", Status.ACTIVE, null));
    awaitAnswer("it is back", "del-me", "del-A", list -> ids(list).contains("del-B"));
  }

  @Test
  void controlsExcludeBoostAndPinUntilTheyAreLifted() throws Exception {
    visit("ctl-1", "ctl-A", "ctl-B");
    visit("ctl-2", "ctl-A", "ctl-B");
    visit("ctl-3", "ctl-A", "ctl-C");
    assertThat(ids(engine.ask(click("ctl-me", "ctl-A")))).startsWith("ctl-B", "ctl-C");

    control("ctl-boost", "boost", "item:ctl-C", "10");
    awaitAnswer("C goes ahead", "ctl-me", "ctl-A", list -> ids(list).indexOf("ctl-C") == 0);
    lift("ctl-boost");
    awaitAnswer("B is ahead again", "ctl-me", "ctl-A", list -> ids(list).indexOf("ctl-B") == 0);

    control("ctl-pin", "pin", "item:ctl-P", "2");
    awaitAnswer("P is second", "ctl-me", "ctl-A", list -> ids(list).indexOf("ctl-P") == 1);
    lift("ctl-pin");
    awaitAnswer("P is gone", "ctl-me", "ctl-A", list -> !ids(list).contains("ctl-P"));

    long sent = System.nanoTime();
    control("ctl-exclude", "exclude", "item:ctl-B", null);
    awaitGone("ctl-me", "ctl-B", sent);
    lift("ctl-exclude");
    awaitAnswer("B is back", "ctl-me", "ctl-A", list -> ids(list).contains("ctl-B"));
  }

  private static double trendScore(String category, String item) {
    return engine.reader().trend(category).map(TrendList::items).orElse(List.of()).stream()
        .filter(trending -> trending.itemId().equals(item))
        .mapToDouble(TrendList.Item::score)
        .sum();
  }

  @Test
  void trendingInTheCategoryFillsUpBeforeTrendingOverall() throws Exception {
    list(
        CatalogItem.of("tent-1", "dome of canvas with poles pegs and ropes", "camp/tents"),
        CatalogItem.of("tent-2", "light shelter for two in summer rain", "camp/tents"),
        CatalogItem.of("stove-1", "burner gas cartridge kettle pan lid spoon", "camp/stoves"));
    for (int i = 0; i < 30; i++) {
      engine.send(click("camp-hot-" + i, "camp-hot"));
    }
    visit("camp-1", "tent-1");
    visit("camp-2", "tent-1");
    visit("camp-3", "stove-1");
    Await.until(
        "the tent trends on both levels",
        EngineUnderTest.LIMIT,
        () ->
            trendScore("camp", "tent-1") == 2
                && trendScore("camp/tents", "tent-1") == 2
                && trendScore("camp", "stove-1") == 1
                && trendScore("camp/tents", "stove-1") == 0);

    RecommendationList list =
        awaitAnswer(
            "the tents come first, then what else is for camping, then the rest of the store",
            "camp-me",
            "tent-2",
            answer ->
                ids(answer).stream()
                    .filter(List.of("tent-1", "stove-1", "camp-hot")::contains)
                    .toList()
                    .equals(List.of("tent-1", "stove-1", "camp-hot")));

    assertThat(reason(list, "tent-1")).contains(new Reason(ReasonType.TRENDING, null, null));
  }

  @Test
  void newItemIsRecommendedByContentAndBySessionAfterItsFirstCoClick() throws Exception {
    list(
        CatalogItem.of("kettle-old", "steel whistling kettle two litres red", "kitchen"),
        CatalogItem.of("kettle-new", "steel whistling kettle two litres blue", "kitchen"));

    RecommendationList before =
        awaitAnswer(
            "the new item is found by its content",
            "kettle-me",
            "kettle-old",
            list -> ids(list).contains("kettle-new"));
    assertThat(reason(before, "kettle-new"))
        .contains(new Reason(ReasonType.SIMILAR_CONTENT, "kettle-old", null));

    visit("kettle-1", "kettle-new", "kettle-old");
    RecommendationList after = engine.ask(click("kettle-you", "kettle-old"));
    assertThat(reason(after, "kettle-new").orElseThrow().type()).isEqualTo(ReasonType.SESSION);
  }

  @Test
  void boughtItemIsNotRecommendedToItsBuyerUnlessCancelled() throws Exception {
    visit("buy-1", "buy-A", "buy-B");
    assertThat(ids(engine.ask(click("buy-me", "buy-A")))).contains("buy-B");

    send(order("buy-me", "buy-o1", 1, "buy-B"));
    awaitAnswer("B is left out", "buy-me", "buy-A", list -> !ids(list).contains("buy-B"));
    assertThat(ids(engine.ask(click("buy-you", "buy-A")))).contains("buy-B");

    cancel("buy-me", "buy-o1");
    awaitAnswer("B is back", "buy-me", "buy-A", list -> ids(list).contains("buy-B"));
  }

  @Test
  void bundleComesWithOrdersAndGoesWithTheirCancellation() throws Exception {
    for (int i = 1; i <= 3; i++) {
      send(order("pair-v" + i, "pair-o" + i, 1, "pair-A", "pair-B"));
      send(order("pair-w" + i, "pair-p" + i, 1, "pair-C"));
    }
    Await.until(
        "A goes with B in 3 of 3 orders",
        EngineUnderTest.LIMIT,
        () ->
            engine.reader().bundle("pair-A").stream()
                .flatMap(bundle -> bundle.items().stream())
                .anyMatch(
                    item ->
                        item.itemId().equals("pair-B")
                            && item.evidence().equals(Evidence.orders(3, 3))));
    Reason bought = new Reason(ReasonType.BOUGHT_TOGETHER, "pair-A", Evidence.orders(3, 3));
    awaitAnswer(
        "B fills up because it was bought with A",
        "pair-me",
        "pair-A",
        answer -> reason(answer, "pair-B").equals(Optional.of(bought)));

    for (int i = 1; i <= 3; i++) {
      cancel("pair-v" + i, "pair-o" + i);
    }
    Await.until(
        "the bundle is gone",
        EngineUnderTest.LIMIT,
        () ->
            engine.reader().bundle("pair-A").map(bundle -> bundle.items().isEmpty()).orElse(true));
  }

  @Test
  void returningVisitorIsGivenAListOfWhatWasLikedBefore() throws Exception {
    visit("again-1", "again-A", "again-B");
    visit("again-2", "again-A", "again-C");
    visit("again-me", "again-A");
    time += 31 * 60_000;

    RecommendationList list =
        engine.ask(
            new Click(
                nextId(),
                ClickType.VIEW_CART,
                now(),
                "again-me",
                null,
                List.of(),
                null,
                Click.Details.NONE));

    assertThat(reason(list, "again-B"))
        .contains(new Reason(ReasonType.PROFILE, "again-A", Evidence.sessions(1, 2)));
    assertThat(ids(list)).contains("again-C");
  }

  @Test
  void whatTheCatalogueNeverNamedIsRecommendedBySession() throws Exception {
    visit("bare-1", "bare-A", "bare-B");
    send(order("bare-buyer", "bare-o1", 1, "bare-B"));
    assertThat(reason(engine.ask(click("bare-me", "bare-A")), "bare-B"))
        .contains(new Reason(ReasonType.SESSION, "bare-A", Evidence.sessions(1, 1)));
  }

  @Test
  void badMessagesOfTheShopBecomeDeadLettersAndTheJobGoesOn() throws Exception {
    List<Bad> all = badMessages();
    for (Bad bad : all) {
      engine.sendTo(bad.topic(), bad.key(), bad.json().getBytes(UTF_8));
    }
    engine.flush();

    List<String> letters = engine.messages(Topics.DEAD_LETTERS, all.size());
    assertThat(letters).hasSize(all.size());
    for (Bad bad : all) {
      assertThat(letters)
          .as(bad.toString())
          .anyMatch(
              letter ->
                  letter.contains("\"topic\":\"" + bad.topic() + "\"")
                      && letter.contains("\"reason\":\"" + bad.reason() + "\""));
    }
    visit("sane-1", "sane-A", "sane-B");
    list(item("sane-B", Status.HIDDEN, null));
    awaitAnswer("facts go on", "sane-me", "sane-A", list -> !ids(list).contains("sane-B"));
    assertThat(engine.hasRestarted()).isFalse();
  }

  private record Bad(String topic, String key, String reason, String json) {}

  private static List<Bad> badMessages() {
    String order =
        "{\"event_id\":\"b\",\"order_id\":\"b\",\"status\":\"%s\",\"event_time\":"
            + time
            + ",\"visitor_id\":\"b\",\"currency\":\"EUR\"%s}";
    String control =
        "{\"control_id\":\"b\",\"kind\":\"%s\",\"target\":\"%s\",\"actor\":\"ana\",\"value\":%s}";
    return List.of(
        new Bad(Topics.CATALOG, "b", "malformed_json", "{\"item_id\":"),
        new Bad(Topics.CATALOG, "b", "key_mismatch", "{\"item_id\":\"c\"}"),
        new Bad(Topics.CATALOG, "b", "missing_field", "{\"item_id\":\"b\",\"list_price\":1}"),
        new Bad(
            Topics.CATALOG,
            "b",
            "out_of_range",
            "{\"item_id\":\"b\",\"title\":\"" + "t".repeat(100_000) + "\"}"),
        new Bad(
            Topics.CATALOG,
            "b",
            "out_of_range",
            "{\"item_id\":\"b\",\"category\":\"shoes/sale/shoes\"}"),
        new Bad(Topics.ORDERS, "b", "missing_field", order.formatted("placed", "")),
        new Bad(Topics.ORDERS, "b", "unknown_value", order.formatted("dreamt", "")),
        new Bad(
            Topics.ORDERS,
            "b",
            "out_of_range",
            order.formatted("placed", ",\"lines\":[{\"item_id\":\"i\",\"quantity\":0}]")),
        new Bad(
            Topics.CONTROLS, "b", "invalid_control", control.formatted("boost", "item:i", "11")),
        new Bad(
            Topics.CONTROLS, "b", "invalid_control", control.formatted("adore", "item:i", "1")));
  }
}
