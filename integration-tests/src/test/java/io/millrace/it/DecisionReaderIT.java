package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.decision.Band;
import io.millrace.features.decision.BundleList;
import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.OrderRisk;
import io.millrace.features.decision.OrderRiskJson;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.SimilarItems;
import io.millrace.features.decision.TrendList;
import io.millrace.features.decision.UnreadableDecisionException;
import io.millrace.features.decision.Version;
import io.millrace.features.decision.VisitorRisk;
import io.millrace.features.decision.VisitorRiskJson;
import io.millrace.features.event.FraudRule;
import io.millrace.features.event.RiskReason;
import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.local.LocalRedis;
import io.millrace.operators.redis.RedisSink;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.serving.DecisionReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** What a storefront reads of what the sink has written. */
class DecisionReaderIT {
  private static final String VERSION = Version.of(1, 1_764_000_000_000L);
  private static final TrendList TREND =
      new TrendList(VERSION, List.of(new TrendList.Item("hot", 12)));
  private static final SimilarItems SIMILAR =
      new SimilarItems(
          VERSION, "i1", List.of(new SimilarItems.Item("i2", 0.5, Evidence.sessions(3, 9))));
  private static final BundleList BUNDLE =
      new BundleList(
          VERSION, "i1", List.of(new BundleList.Item("i3", 12.5, Evidence.orders(3, 9))));
  private static final RecommendationList RECOMMENDATIONS =
      new RecommendationList(
          VERSION,
          "ana",
          1_764_000_000_000L,
          null,
          null,
          List.of(
              new RecommendationList.Item(
                  "i2",
                  0.25,
                  new RecommendationList.Reason(
                      ReasonType.SESSION, "i1", Evidence.sessions(14, 50)))));

  @TempDir private static Path dir;
  private static LocalRedis server;

  private DecisionReader reader;

  @BeforeAll
  static void startRedis() throws Exception {
    server = LocalRedis.start(0, dir, false);
  }

  @AfterAll
  static void stopRedis() {
    server.close();
  }

  @BeforeEach
  void open() throws Exception {
    try (Jedis redis = new Jedis("127.0.0.1", server.port())) {
      redis.flushAll();
    }
    reader = DecisionReader.open(settings(), 2);
  }

  @AfterEach
  void close() {
    reader.close();
  }

  private static RedisSettings settings() {
    return server.settings().withKeyPrefix("shop:");
  }

  private static void write(RedisWrite... writes) throws Exception {
    try (SinkTask<RedisWrite> task =
        new SinkTask<>(RedisSink.builder().settings(settings()).build())) {
      for (RedisWrite write : writes) {
        task.write(write);
      }
      task.flush();
    }
  }

  private static RedisWrite set(String key, byte[] value) {
    return RedisWrite.set(key, value, RedisKeys.REC_TTL, 0);
  }

  @Test
  void readsWhatTheSinkWrote() throws Exception {
    write(
        set(RedisKeys.rec("ana"), DecisionJson.write(RECOMMENDATIONS)),
        set(RedisKeys.sim("i1"), DecisionJson.write(SIMILAR)),
        set(RedisKeys.bundle("i1"), DecisionJson.write(BUNDLE)),
        set(RedisKeys.TREND_ALL, DecisionJson.write(TREND)),
        set(RedisKeys.trend("a/b"), DecisionJson.write(TREND)));

    assertThat(reader.recommendations("ana")).contains(RECOMMENDATIONS);
    assertThat(reader.forVisitor("ana")).isEqualTo(RECOMMENDATIONS.items());
    assertThat(reader.similarItems("i1")).contains(SIMILAR);
    assertThat(reader.bundle("i1")).contains(BUNDLE);
    assertThat(reader.trend()).contains(TREND);
    assertThat(reader.trend("a/b")).contains(TREND);
  }

  @Test
  void readsHowRiskyOrdersAndVisitorsAre() throws Exception {
    OrderRisk order =
        new OrderRisk(
            "o1",
            "e9",
            1_764_000_000_000L,
            "ana",
            0.83,
            Band.HIGH,
            FraudRule.Action.REVIEW,
            "card",
            41L,
            List.of("r7@3"),
            List.of(new RiskReason("amount_ratio", "r", 5.1, 1.0, 1.9)));
    VisitorRisk visitor = new VisitorRisk(VERSION, "ana", 0.5, Band.MEDIUM, List.of("9f3c"));
    write(
        set(RedisKeys.decision("o1"), OrderRiskJson.write(VERSION, order)),
        set(RedisKeys.risk("ana"), VisitorRiskJson.write(visitor)),
        RedisWrite.tombstone(RedisKeys.decision("o2"), VERSION, 0),
        RedisWrite.tombstone(RedisKeys.risk("bob"), VERSION, 0));

    assertThat(reader.orderRisk("o1")).contains(order);
    assertThat(reader.visitorRisk("ana")).contains(visitor);
    assertThat(reader.orderRisk("o2")).isEmpty();
    assertThat(reader.orderRisk("o3")).isEmpty();
    assertThat(reader.visitorRisk("bob")).isEmpty();
    assertThat(reader.visitorRisk("eve")).isEmpty();
  }

  @Test
  void showsAStrangerWhatIsTrending() throws Exception {
    write(set(RedisKeys.TREND_ALL, DecisionJson.write(TREND)));

    assertThat(reader.recommendations("bob")).isEmpty();
    assertThat(reader.forVisitor("bob"))
        .containsExactly(
            new RecommendationList.Item(
                "hot", 12, new RecommendationList.Reason(ReasonType.TRENDING, null, null)));
  }

  @Test
  void takesADeletedKeyForNothing() throws Exception {
    write(
        set(RedisKeys.rec("ana"), DecisionJson.write(RECOMMENDATIONS)),
        set(RedisKeys.TREND_ALL, DecisionJson.write(TREND)),
        RedisWrite.tombstone(RedisKeys.rec("ana"), VERSION, 0),
        RedisWrite.tombstone(RedisKeys.sim("i1"), VERSION, 0));

    assertThat(reader.recommendations("ana")).isEmpty();
    assertThat(reader.similarItems("i1")).isEmpty();
    assertThat(reader.forVisitor("ana")).extracting("itemId").containsExactly("hot");
  }

  @Test
  void readsAWholeCartAtOnce() throws Exception {
    write(set(RedisKeys.sim("i1"), DecisionJson.write(SIMILAR)));

    assertThat(reader.similarItems(List.of("i0", "i1", "i2")))
        .containsOnlyKeys("i1")
        .containsValue(SIMILAR);
    assertThat(reader.similarItems(List.of())).isEmpty();

    write(set(RedisKeys.bundle("i2"), DecisionJson.write(BUNDLE)));
    assertThat(reader.bundles(List.of("i1", "i2"))).containsOnlyKeys("i2").containsValue(BUNDLE);
    assertThat(reader.bundles(List.of())).isEmpty();
  }

  @Test
  void isEmptyWhileNothingIsThere() {
    assertThat(reader.forVisitor("ana")).isEmpty();
    assertThat(reader.trend()).isEmpty();
  }

  @Test
  void saysWhenAKeyHoldsSomethingElse() {
    try (Jedis redis = new Jedis("127.0.0.1", server.port())) {
      redis.set("shop:rec:{ana}", "hello");
    }
    assertThatThrownBy(() -> reader.recommendations("ana"))
        .isInstanceOf(UnreadableDecisionException.class);
  }

  @Test
  void saysWhenRedisIsNotThere() {
    try (DecisionReader nowhere = DecisionReader.open(RedisSettings.of("127.0.0.1", 1))) {
      assertThatThrownBy(() -> nowhere.recommendations("ana")).isInstanceOf(JedisException.class);
    }
  }
}
