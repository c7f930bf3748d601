package io.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.SimilarItems;
import io.millrace.features.decision.TrendList;
import io.millrace.features.event.Click;
import io.millrace.features.event.Topics;
import io.millrace.features.trend.HourCounts;
import io.millrace.jobs.local.LocalJob;
import io.millrace.jobs.recommend.RecommendJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recommendation job as a store runs it: clicks into Kafka, lists out of Redis. */
class RecommendJobIT {
  @TempDir private static Path dir;
  private static EngineUnderTest engine;

  /** Event time, always within the first half of the last full hour: trend weights stay whole. */
  private static long time;

  private static int events;

  @BeforeAll
  static void startEngine() throws Exception {
    long hour = HourCounts.hourOf(System.currentTimeMillis()) - 1;
    time = hour * HourCounts.HOUR_MS;
    engine = EngineUnderTest.start(dir);
    engine.run(new LocalJob("recommend", RecommendJob::define), engine.options(2));
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  private static Click click(String visitor, String item) {
    time += 1_000;
    return Click.view("e" + ++events, time, visitor, item);
  }

  /** Visits of others, each known to the postings when this returns. */
  private static void visits(String visitor, String... items) throws Exception {
    for (String item : items) {
      engine.ask(click(visitor, item));
    }
  }

  private static RecommendationList.Item find(RecommendationList list, String item) {
    return list.items().stream()
        .filter(listed -> listed.itemId().equals(item))
        .findFirst()
        .orElseThrow(() -> new AssertionError(item + " is not in " + list));
  }

  private static List<String> ids(RecommendationList list) {
    return list.items().stream().map(RecommendationList.Item::itemId).toList();
  }

  @Test
  void recommendsWhatOthersWentOnToWithTheEvidence() throws Exception {
    visits("appear-1", "appear-A", "appear-B");
    visits("appear-2", "appear-A", "appear-B");
    visits("appear-3", "appear-A", "appear-B");
    visits("appear-4", "appear-A", "appear-C");

    Click click = click("appear-me", "appear-A");
    RecommendationList list = engine.ask(click);

    assertThat(list.visitorId()).isEqualTo("appear-me");
    assertThat(list.eventTime()).isEqualTo(click.eventTime());
    assertThat(ids(list)).startsWith("appear-B", "appear-C").doesNotContain("appear-A");
    assertThat(find(list, "appear-B").reason())
        .isEqualTo(
            new RecommendationList.Reason(ReasonType.SESSION, "appear-A", Evidence.sessions(3, 4)));
    assertThat(find(list, "appear-C").reason().evidence()).isEqualTo(Evidence.sessions(1, 4));
    Await.until(
        "sim of appear-A holds B in 3 and C in 1 of 4 sessions",
        EngineUnderTest.LIMIT,
        () ->
            engine.reader().similarItems("appear-A").map(SimilarItems::items).stream()
                .flatMap(List::stream)
                .map(item -> item.itemId() + item.evidence().count() + item.evidence().of())
                .toList()
                .equals(List.of("appear-B34", "appear-C14")));
    Await.until(
        "five clicks on appear-A are in the trend",
        EngineUnderTest.LIMIT,
        () -> trendScore("appear-A") == 5);
  }

  @Test
  void listFollowsTheVisitor() throws Exception {
    visits("follow-1", "follow-A", "follow-B");
    visits("follow-2", "follow-X", "follow-Y");

    RecommendationList first = engine.ask(click("follow-me", "follow-A"));
    RecommendationList second = engine.ask(click("follow-me", "follow-X"));

    assertThat(ids(first).get(0)).isEqualTo("follow-B");
    assertThat(reasons(first)).doesNotContainKey("follow-Y");
    assertThat(ids(second).get(0)).isEqualTo("follow-Y");
    assertThat(reasons(second))
        .containsEntry("follow-Y", "follow-X")
        .containsEntry("follow-B", "follow-A");
    assertThat(second.version()).isGreaterThan(first.version());
  }

  /** The session's item behind each item that the session is the reason for. */
  private static Map<String, String> reasons(RecommendationList list) {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (RecommendationList.Item item : list.items()) {
      if (item.reason().type() == ReasonType.SESSION) {
        reasons.put(item.itemId(), item.reason().itemId());
      }
    }
    return reasons;
  }

  @Test
  void newVisitorOnAnUnknownItemGetsWhatIsTrending() throws Exception {
    for (int i = 0; i < 30; i++) {
      engine.send(click("hot-" + i, "hot-item"));
    }
    Await.until(
        "the clicks are in the trend", EngineUnderTest.LIMIT, () -> trendScore("hot-item") == 30);
    // The mergers are told just before Redis is; a later list shows that they know.
    Await.until(
        "a list is filled up",
        EngineUnderTest.LIMIT,
        () -> !engine.ask(click("new-visitor", "unknown-item")).items().isEmpty());

    RecommendationList list = engine.ask(click("newer-visitor", "another-unknown-item"));

    assertThat(find(list, "hot-item").reason())
        .isEqualTo(new RecommendationList.Reason(ReasonType.TRENDING, null, null));
    assertThat(ids(list)).doesNotContain("another-unknown-item").doesNotHaveDuplicates();
  }

  private static double trendScore(String item) {
    return engine.reader().trend().map(TrendList::items).orElse(List.of()).stream()
        .filter(trending -> trending.itemId().equals(item))
        .mapToDouble(TrendList.Item::score)
        .sum();
  }

  @Test
  void duplicateChangesNothing() throws Exception {
    List<Click> visit = List.of(click("twice-1", "twice-A"), click("twice-1", "twice-B"));
    engine.send(visit);
    engine.awaitList("twice-1", time);
    Await.until(
        "both clicks are in trends and similar items",
        EngineUnderTest.LIMIT,
        () ->
            trendScore("twice-A") == 1
                && trendScore("twice-B") == 1
                && engine.reader().similarItems("twice-A").isPresent()
                && engine.reader().similarItems("twice-B").isPresent());
    SortedMap<String, String> before = of("twice", engine.values());

    for (int i = 0; i < 5; i++) {
      engine.send(visit);
    }
    // Same partition, same visitor: what comes of this click comes after the duplicates.
    time += 1_000;
    engine.ask(Click.view("once", time, "twice-1", "thrice-A", "another-session"));
    Await.until(
        "the click after the duplicates is in the trend",
        EngineUnderTest.LIMIT,
        () -> trendScore("thrice-A") == 1);

    SortedMap<String, String> after = of("twice", engine.values());
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.remove(RedisKeys.rec("twice-1"));
    after.remove(RedisKeys.rec("twice-1"));
    assertThat(after).isEqualTo(before).hasSize(2);
    assertThat(trendScore("twice-A")).isEqualTo(1);
    assertThat(trendScore("twice-B")).isEqualTo(1);
    RecommendationList other = engine.ask(click("twice-2", "twice-A"));
    assertThat(find(other, "twice-B").reason().evidence()).isEqualTo(Evidence.sessions(1, 1));
  }

  private static SortedMap<String, String> of(String prefix, SortedMap<String, String> values) {
    values.keySet().removeIf(key -> !key.contains("{" + prefix));
    return values;
  }

  @Test
  void poisonLandsInTheDeadLettersAndTheJobGoesOn() throws Exception {
    List<Map.Entry<String, byte[]>> poison = poison();
    RecommendationList before = engine.ask(click("sane", "sane-A"));
    for (int i = 0; i < poison.size(); i++) {
      engine.send(i % EngineUnderTest.PARTITIONS, "sane", poison.get(i).getValue());
      engine.send(click("sane", "sane-" + i));
    }
    RecommendationList after = engine.ask(click("sane", "sane-Z"));

    List<String> letters = engine.messages(Topics.DEAD_LETTERS, poison.size());
    assertThat(letters).hasSize(poison.size());
    for (String reason : poison.stream().map(Map.Entry::getKey).distinct().toList()) {
      assertThat(letters)
          .as(reason)
          .filteredOn(letter -> letter.contains("\"reason\":\"" + reason + "\""))
          .hasSize((int) poison.stream().filter(p -> p.getKey().equals(reason)).count());
    }
    assertThat(after.version()).isGreaterThan(before.version());
    assertThat(engine.hasRestarted()).isFalse();
  }

  /** Bad messages of every kind, each with the reason it is refused for. */
  private static List<Map.Entry<String, byte[]>> poison() {
    String sane =
        "\"event_id\":\"p\",\"event_type\":\"view_item\",\"visitor_id\":\"sane\",\"item_id\":\"i\"";
    String now = ",\"event_time\":" + time;
    List<Map.Entry<String, byte[]>> poison = new ArrayList<>();
    poison.add(Map.entry("malformed_json", "{\"event_id\":".getBytes(UTF_8)));
    poison.add(Map.entry("malformed_json", new byte[0]));
    poison.add(Map.entry("malformed_json", "not json at all".getBytes(UTF_8)));
    poison.add(Map.entry("invalid_utf8", new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"'}));
    poison.add(Map.entry("too_large", new byte[5 * 1024 * 1024]));
    poison.add(json("missing_field", "{" + sane + "}"));
    poison.add(json("missing_field", "{}"));
    poison.add(json("wrong_type", "{" + sane + now + ",\"quantity\":\"many\"}"));
    poison.add(json("wrong_type", "{" + sane + ",\"event_time\":{}}"));
    poison.add(
        json("unknown_value", "{" + (sane + now).replace("view_item", "stare_at_item") + "}"));
    poison.add(json("out_of_range", "{" + sane + now + ",\"price\":-1}"));
    poison.add(json("out_of_range", "{" + (sane + now).replace("\"sane\"", "\"\"") + "}"));
    poison.add(
        json(
            "out_of_range",
            "{" + (sane + now).replace("\"sane\"", "\"" + "v".repeat(10_000) + "\"") + "}"));
    poison.add(json("out_of_range", "{" + sane + ",\"event_time\":\"1999-12-31T23:59:59Z\"}"));
    poison.add(json("out_of_range", "{" + sane + ",\"event_time\":\"2190-01-01T00:00:00Z\"}"));
    return poison;
  }

  private static Map.Entry<String, byte[]> json(String reason, String json) {
    return Map.entry(reason, json.getBytes(UTF_8));
  }
}
