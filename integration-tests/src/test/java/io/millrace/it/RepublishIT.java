package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.CatalogItem.Prices;
import io.millrace.features.event.CatalogItem.Status;
import io.millrace.features.event.CatalogItem.Supply;
import io.millrace.features.event.Click;
import io.millrace.features.event.Order;
import io.millrace.features.trend.HourCounts;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.jobs.local.LocalJob;
import io.millrace.jobs.recommend.RecommendJob;
import io.millrace.operators.recommend.BundleWriteSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that lost everything gets everything back. */
class RepublishIT {
  private static final LocalJob JOB = new LocalJob("recommend", RecommendJob::define);
  private static final int VISITORS = 40;
  private static final int ITEMS = 12;

  /** Of the store, of kitchen, and of tea and coffee below it. */
  private static final int TREND_LISTS = 4;

  /** Bundles are held against the counts once more after their time of quiet. */
  private static final long REST_NANOS =
      BundleWriteSettings.DEFAULT.quiet().plus(Duration.ofSeconds(3)).toNanos();

  @TempDir private Path dir;
  private EngineUnderTest engine;
  private final long hour =
      (HourCounts.hourOf(System.currentTimeMillis()) - 1) * HourCounts.HOUR_MS;

  @AfterEach
  void stopEngine() {
    engine.close();
  }

  @Test
  void emptiedRedisIsFilledAgainOnRequest() throws Exception {
    engine = EngineUnderTest.start(dir);
    engine.run(JOB, engine.options(2));
    engine.send(aShopsDay().toArray(ContractEvent[]::new));
    SortedMap<String, String> before = awaitEverything();

    engine.emptyRedis();
    assertThat(engine.values()).isEmpty();
    assertThat(republish()).isZero();
    Await.until("all keys are back", EngineUnderTest.LIMIT, () -> engine.values().equals(before));

    // What the job holds by a savepoint is as complete as what it held in memory.
    engine.stop();
    engine.run(JOB, engine.options(1));
    engine.emptyRedis();
    assertThat(republish("--jobs", "recommend")).isZero();
    Await.until(
        "all keys are back after a restart",
        EngineUnderTest.LIMIT,
        () -> engine.values().equals(before));
  }

  @Test
  void jobThatIsNotThereIsRefused() throws Exception {
    engine = EngineUnderTest.start(dir);

    assertThat(republish("--jobs", "astrology")).isEqualTo(2);
  }

  /** Runs the command line's own process; its exit code. */
  private int republish(String... more) throws Exception {
    List<String> args = new ArrayList<>(List.of("republish", "--kafka", engine.servers()));
    args.addAll(List.of(more));
    try (MillraceProcess command = MillraceProcess.start(dir, args.toArray(String[]::new))) {
      return command.awaitExit(EngineUnderTest.LIMIT);
    }
  }

  private List<ContractEvent> aShopsDay() {
    List<ContractEvent> events = new ArrayList<>();
    for (int item = 0; item < ITEMS; item++) {
      CatalogItem listed =
          new CatalogItem(
              "i" + item,
              "tea pot number " + item,
              item % 2 == 0 ? "kitchen/tea" : "kitchen/coffee",
              null,
              new TreeMap<>(),
              Status.ACTIVE,
              false,
              Prices.NONE,
              new Supply(null, null, null, null),
              null);
      events.add(ContractEvent.of(listed, hour));
    }
    for (int visitor = 0; visitor < VISITORS; visitor++) {
      String id = "v" + visitor;
      for (int click = 0; click < 3; click++) {
        String item = "i" + (visitor + click * click) % ITEMS;
        String event = id + "-" + click;
        events.add(
            ContractEvent.of(
                Click.view(event, hour + visitor * 1_000L + click * 10_000L, id, item)));
      }
      if (visitor % 2 == 0) {
        List<Order.Line> lines =
            List.of(
                new Order.Line("i" + visitor % ITEMS, 1, null, null),
                new Order.Line("i" + (visitor + 4) % ITEMS, 1, null, null));
        events.add(
            ContractEvent.of(
                Order.placed("e" + visitor, "o" + visitor, hour + 60_000, id, "EUR", lines)));
      }
    }
    return events;
  }

  /** Waits until there are values of all kinds, and none has changed for a while. */
  private SortedMap<String, String> awaitEverything() throws Exception {
    AtomicReference<SortedMap<String, String>> last = new AtomicReference<>();
    AtomicLong since = new AtomicLong();
    Await.until(
        "there are values of all kinds, at rest",
        EngineUnderTest.LIMIT,
        () -> {
          SortedMap<String, String> now = engine.values();
          if (!now.equals(last.getAndSet(now))) {
            since.set(System.nanoTime());
          }
          return count(now, "rec:") == VISITORS
              && count(now, "sim:") == ITEMS
              && count(now, "bundle:") > 0
              && count(now, "trend:") == TREND_LISTS
              && System.nanoTime() - since.get() > REST_NANOS;
        });
    return last.get();
  }

  private static long count(SortedMap<String, String> values, String prefix) {
    return values.keySet().stream().filter(key -> key.startsWith(prefix)).count();
  }
}
