package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.RecommendationList;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.Version;
import io.millrace.features.event.Click;
import io.millrace.features.trend.HourCounts;
import io.millrace.jobs.local.LocalJob;
import io.millrace.jobs.recommend.RecommendJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recommendation job while Redis hangs. */
class RedisAwayIT {
  private static final int VISITORS = 200;
  private static final Duration AWAY = Duration.ofSeconds(15);

  @TempDir private Path dir;
  private EngineUnderTest engine;
  private final Map<String, Long> newest = new HashMap<>();
  private long time = (HourCounts.hourOf(System.currentTimeMillis()) - 1) * HourCounts.HOUR_MS;
  private final Random random = new Random(7);
  private int clicks;

  @BeforeEach
  void startEngine() throws Exception {
    engine = EngineUnderTest.start(dir);
    engine.run(new LocalJob("recommend", RecommendJob::define), engine.options(2));
  }

  @AfterEach
  void stopEngine() {
    engine.close();
  }

  @Test
  void nothingIsLostWhileRedisIsAway() throws Exception {
    clicksFor(Duration.ofSeconds(2));
    engine.awaitList("v0", 0);

    engine.redis().pause();
    try {
      clicksFor(AWAY);
    } finally {
      engine.redis().resume();
    }
    clicksFor(Duration.ofSeconds(1));

    assertThat(newest).hasSize(VISITORS);
    for (Map.Entry<String, Long> visitor : newest.entrySet()) {
      RecommendationList list = engine.awaitList(visitor.getKey(), visitor.getValue());
      assertThat(list.version()).isEqualTo(Version.of(1, visitor.getValue()));
      assertThat(list.items()).isNotEmpty();
    }
    Await.until(
        "every click counts in the trend",
        EngineUnderTest.LIMIT,
        () ->
            engine.reader().trend().orElseThrow().items().stream()
                    .mapToDouble(item -> item.score())
                    .sum()
                == clicks);
    assertThat(engine.values()).containsKeys(RedisKeys.sim("item0"), RedisKeys.sim("item9"));
    assertThat(engine.hasRestarted()).isFalse();
  }

  /** About 500 clicks a second, at 10 ms of event time each. */
  private void clicksFor(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < end) {
      for (int i = 0; i < 10; i++) {
        time += 10;
        String visitor = "v" + clicks % VISITORS;
        engine.send(Click.view("e" + clicks, time, visitor, "item" + random.nextInt(10)));
        newest.put(visitor, time);
        clicks++;
      }
      LockSupport.parkNanos(20_000_000);
    }
  }
}
