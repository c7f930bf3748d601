package io.millrace.jobs.bench;

import io.millrace.features.decision.RedisKeys;
import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.Click;
import io.millrace.features.event.Order;
import io.millrace.features.event.Topics;
import io.millrace.jobs.Failure;
import io.millrace.jobs.bench.CatalogueReport.Burst;
import io.millrace.jobs.bench.CatalogueReport.Gone;
import io.millrace.jobs.bench.VisitorValues.Wanted;
import io.millrace.jobs.evaluate.Delays;
import io.millrace.jobs.evaluate.Figure;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.jobs.local.EventProducer;
import io.millrace.jobs.local.LocalFlink;
import io.millrace.jobs.local.LocalJob;
import io.millrace.jobs.local.LocalKafka;
import io.millrace.jobs.local.LocalRedis;
import io.millrace.jobs.local.Progress;
import io.millrace.jobs.options.KafkaOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RecommendOptions;
import io.millrace.jobs.options.RedisOptions;
import io.millrace.jobs.recommend.RecommendJob;
import io.millrace.jobs.replay.ClickLog;
import io.millrace.operators.recommend.RecommendTopology;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * What a catalogue costs the recommendation job, and how soon it is heeded: a whole catalogue is
 * taken in, items go while visitors are active, and a burst of updates comes. On a real Kafka and a
 * real Redis as child processes, Flink in this one.
 */
public final class BenchCatalogue {
  /** Items where nothing else is said. */
  public static final int ITEMS = 100_000;

  /** Fewest items: those that are clicked. */
  public static final int LEAST_ITEMS = SyntheticLog.ITEMS;

  /** Of the items, this part is warm-up. */
  private static final double LOAD_WARM_UP = 0.4;

  private static final int PAST_CLICKS = 100_000;
  private static final int CLICKS_AN_ORDER = 5;
  private static final int VISITORS = 1_000;
  private static final double CLICKS_A_SECOND = 200;
  private static final int GONE_WARM_UP = 150;
  private static final int GONE_UPDATES = 450;
  private static final double GONE_A_SECOND = 5;
  private static final int MOST_STOCK_UPDATES = 1_000_000;
  private static final int STOCK_UPDATES_AN_ITEM = 10;
  private static final int MOST_STATUS_UPDATES = 20_000;

  /** Items new behind a burst, on every way that an update can take. */
  private static final int MARKERS = 256;

  /** Silence after which a round over all lists has begun, and some. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(4);

  /** What the job has still to tell. */
  private static final List<String> WAITING = List.of("similar_items_waiting", "bundles_waiting");

  /** Longer than a catalogue entry takes from Kafka to where items wait to be told of. */
  private static final long COMPARED_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Where comparing takes longer, it is seen what comes of visitors meanwhile. */
  private static final long SOON_COMPARED_NANOS = TimeUnit.MINUTES.toNanos(2);

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final MadeUpCatalogue catalogue;
  private final int visitorsOnce;
  private final BenchClicks past;
  private final ActiveVisitors active;
  private final Options options;
  private final Progress progress;
  private final Path dir;

  private BenchCatalogue(int items, int lists, Options options, Progress progress, Path dir) {
    catalogue = new MadeUpCatalogue(items);
    visitorsOnce = lists;
    ClickLog log = SyntheticLog.of(PAST_CLICKS, 0);
    past = BenchClicks.of("made up", log, PAST_CLICKS);
    active = new ActiveVisitors(log, VISITORS, log.time(PAST_CLICKS - 1) + 1_000, CLICKS_A_SECOND);
    // No limits on bots: every click leads to a list.
    this.options =
        options
            .with(RecommendOptions.MAX_CLICKS_PER_MINUTE, 0)
            .with(RecommendOptions.MAX_SESSION_BREADTH, 0);
    this.progress = progress;
    this.dir = dir;
  }

  /**
   * Runs the bench.
   *
   * @param items of the catalogue, {@link #LEAST_ITEMS} at least
   * @param lists of visitors who clicked once, beside those of some 13,000 others
   * @param options of the job; Kafka and Redis are the bench's own
   * @param dir an empty directory for servers and state
   * @throws Failure if something does not start or the job does not get through
   */
  public static List<Figure> run(int items, int lists, Options options, Progress progress, Path dir)
      throws IOException, InterruptedException {
    return new BenchCatalogue(items, lists, options, progress, dir).run();
  }

  private List<Figure> run() throws IOException, InterruptedException {
    try (LocalKafka kafka = LocalKafka.start(0, dir.resolve("kafka"), dir.resolve("logs"));
        LocalRedis redis = LocalRedis.start(0, dir.resolve("redis"), false);
        VisitorValues lists =
            new VisitorValues(redis.port(), options.get(RedisOptions.EPOCH), RedisKeys::rec);
        EventProducer producer =
            EventProducer.connect(
                kafka.bootstrapServers(), Topics.CATALOG, Topics.CLICKSTREAM, Topics.ORDERS)) {
      Options here =
          options
              .with(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers())
              .with(RedisOptions.URL, "redis://" + redis.address());
      String machine = "On " + BenchReport.machine(lists.serverVersion());
      progress.say(machine);
      try (LocalFlink flink =
          LocalFlink.start(0, dir.resolve("flink"), dir.resolve("flink.log"), 1, here)) {
        flink.run(new LocalJob(RecommendTopology.JOB, RecommendJob::define));
        List<Figure> figures = new Run(kafka, redis, producer, lists, flink).all();
        progress.say(machine);
        return figures;
      }
    }
  }

  /** One run against servers that have been started. */
  private final class Run {
    private final LocalKafka kafka;
    private final LocalRedis redis;
    private final EventProducer producer;
    private final VisitorValues lists;
    private final LocalFlink flink;
    private final CatalogueReport report = new CatalogueReport(VISITORS, CLICKS_A_SECOND);
    private int clicked;
    private int markers;
    private long loadBegin;
    private boolean compared;
    private boolean sweeping;
    private long sweepBegin;
    private long sweepEnd;

    private Run(
        LocalKafka kafka,
        LocalRedis redis,
        EventProducer producer,
        VisitorValues lists,
        LocalFlink flink) {
      this.kafka = kafka;
      this.redis = redis;
      this.producer = producer;
      this.lists = lists;
      this.flink = flink;
    }

    private List<Figure> all() throws InterruptedException {
      load();
      fillLists();
      fillPast();
      if (!compared) {
        report.goneMeanwhile = takeOut();
        noteCompared(awaitAllCompared());
      }
      settle();
      report.gone = takeOut();
      int most =
          (int) Math.min(MOST_STOCK_UPDATES, (long) STOCK_UPDATES_AN_ITEM * catalogue.size());
      burst("sold out, then there", most, catalogue::soldOut);
      burst("hidden, then shown", MOST_STATUS_UPDATES, catalogue::hidden);
      flink.stopWithSavepoints();
      report.states = StateSize.of(flink.counts(RecommendTopology.JOB));
      say("state", "%d states were filled", report.states.size());
      return report.figures();
    }

    private void load() {
      report.items = catalogue.size();
      int warmUp = (int) (catalogue.size() * LOAD_WARM_UP);
      loadBegin = System.nanoTime();
      load(0, warmUp);
      long start = System.nanoTime();
      load(warmUp, catalogue.size());
      report.itemsPerSecond = (catalogue.size() - warmUp) / seconds(start);
      report.tableBytesPerItem =
          (double) flink.gauges("item_table_bytes").get(0) / catalogue.size();
      say(
          "load",
          "%,d items, %,.0f a second, %.1f bytes each in the item table",
          catalogue.size(),
          report.itemsPerSecond,
          report.tableBytesPerItem);
      noteCompared(awaitCompared(SOON_COMPARED_NANOS));
    }

    private void noteCompared(long end) {
      compared = end != 0;
      if (compared) {
        double seconds = (end - loadBegin) / 1e9;
        report.comparedPerSecond = catalogue.size() / seconds;
        say(
            "compared",
            "all items after %,.0f s, %,.0f a second",
            seconds,
            report.comparedPerSecond);
      }
    }

    private void load(int from, int to) {
      for (int i = from; i < to; i++) {
        send(catalogue.shown(i));
      }
      producer.flush();
      await("every item of the catalogue", () -> everyMergerKnows(to));
    }

    private void send(CatalogItem item) {
      producer.send(ContractEvent.of(item, item.updatedAt()));
    }

    private boolean everyMergerKnows(long items) {
      List<Long> known = flink.gauges("item_table_items");
      return !known.isEmpty() && known.stream().allMatch(count -> count == items);
    }

    /** Visitors who clicked once, each a millisecond after the one before. */
    private void fillLists() {
      if (visitorsOnce == 0) {
        return;
      }
      long start = System.nanoTime();
      for (int i = 0; i < visitorsOnce; i++) {
        Click click = past.click(i % past.size());
        long time = past.click(0).eventTime() - visitorsOnce + i;
        String visitor = String.format(Locale.ROOT, "l%011d", i);
        producer.send(Click.view("once-" + i, time, visitor, click.itemId()));
      }
      producer.flush();
      await("the lists of visitors who clicked once", () -> sum("last_lists_keys") == visitorsOnce);
      say("lists", "%,d of visitors who clicked once (%.1f s)", visitorsOnce, seconds(start));
    }

    /** What was clicked and ordered before, so that there are lists of all kinds. */
    private void fillPast() {
      long start = System.nanoTime();
      for (int i = 0; i < past.size(); i++) {
        producer.send(past.click(i));
        if (i % CLICKS_AN_ORDER == CLICKS_AN_ORDER - 1) {
          producer.send(ContractEvent.of(order(i)));
        }
      }
      producer.flush();
      List<Wanted> last = new ArrayList<>();
      past.newest(past.size())
          .forEach((visitor, time) -> last.add(new Wanted(visitor, time, start)));
      await("the lists of past visitors", () -> lists.missing(last).isEmpty());
      say(
          "past",
          "%,d clicks and %,d orders of %,d visitors (%.1f s)",
          past.size(),
          past.size() / CLICKS_AN_ORDER,
          last.size(),
          seconds(start));
    }

    /** Waits until what was taken in has been told everywhere, which goes by intervals. */
    private void settle() {
      long start = System.nanoTime();
      await("rest", () -> WAITING.stream().allMatch(gauge -> sum(gauge) == 0));
      say("rest", "nothing waits to be told (%.1f s)", seconds(start));
    }

    /**
     * Waits until no catalogue entry waits to be compared with others.
     *
     * @return since when it is so; 0 if it is not by the end of {@code most} nanoseconds
     */
    private long awaitCompared(long most) {
      long[] since = new long[1];
      long end = System.nanoTime() + most;
      await(
          "the end of comparing items",
          () -> {
            long now = System.nanoTime();
            boolean rest = sum("pendingRecords") < CLICKS_A_SECOND && sum("items_waiting") == 0;
            since[0] = !rest ? 0 : since[0] == 0 ? now : since[0];
            return since[0] == 0 ? now > end : now - since[0] > COMPARED_NANOS;
          });
      return since[0];
    }

    private long awaitAllCompared() {
      long since = awaitCompared(LIMIT.toNanos());
      if (since == 0) {
        throw Failure.failed(
            "the job did not compare all items within " + LIMIT.toMinutes() + " minutes");
      }
      return since;
    }

    /** An order by the visitor of a click, of that item and of the one clicked before it. */
    private Order order(int i) {
      List<Order.Line> lines = new ArrayList<>();
      for (int at = i - 1; at <= i; at++) {
        String item = past.click(at).itemId();
        if (lines.isEmpty() || !lines.get(0).itemId().equals(item)) {
          lines.add(new Order.Line(item, 1, null, null));
        }
      }
      String id = "order-" + i;
      return Order.placed(
          id, id, past.click(i).eventTime(), past.click(i).visitorId(), "EUR", lines);
    }

    /** Runs a part while the active visitors click; how long their lists took. */
    private Delays whileClicking(Runnable part) throws InterruptedException {
      try (EventProducer clicks =
              EventProducer.connect(kafka.bootstrapServers(), Topics.CLICKSTREAM);
          VisitorValues versions =
              new VisitorValues(redis.port(), options.get(RedisOptions.EPOCH), RedisKeys::rec)) {
        DelayProbe probe = new DelayProbe(active::click, clicks, versions);
        Callable<Delays> clicking =
            () -> probe.run(clicked, VISITORS, Integer.MAX_VALUE, CLICKS_A_SECOND, 1);
        FutureTask<Delays> delays = new FutureTask<>(clicking);
        new Thread(delays, "bench-clicks").start();
        try {
          part.run();
        } finally {
          probe.end();
        }
        Delays measured = delays.get();
        clicked += (int) clicks.acknowledged();
        return measured;
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Failure failure
            ? failure
            : new IllegalStateException("the clicks ended", e);
      }
    }

    /** Takes items out while visitors click; how long both take. */
    private Gone takeOut() throws InterruptedException {
      Delays[] gone = new Delays[1];
      Delays clicks =
          whileClicking(
              () -> {
                await("the lists of active visitors", this::allHaveLists);
                gone[0] =
                    new GoneProbe(catalogue, active.visitors(), producer, lists)
                        .run(GONE_WARM_UP, GONE_UPDATES, GONE_A_SECOND);
              });
      say(
          "gone",
          "p50 %,.0f, p99 %,.0f, max %,.0f ms after the update%s; clicks p99 %,.0f ms",
          gone[0].millis(50),
          gone[0].millis(99),
          gone[0].millis(100),
          compared ? "" : ", while items are compared",
          clicks.millis(99));
      return new Gone(gone[0], clicks);
    }

    private boolean allHaveLists() {
      return !lists.read(active.visitors()).contains(null);
    }

    /** Takes items out and back in as fast as Kafka takes it. */
    private void burst(String name, int most, IntFunction<CatalogItem> out)
        throws InterruptedException {
      awaitSwept();
      HideAndShow updates = new HideAndShow(catalogue.size(), most);
      // Some more than the catalogue has: orders are counted of all items together, too.
      long known = flink.gauges("item_table_items").get(0);
      long sweptBefore = sum("lists_swept");
      double[] seconds = new double[3];
      Delays clicks =
          whileClicking(
              () -> {
                long start = System.nanoTime();
                updates.forEach(
                    (item, hidden) -> send(hidden ? out.apply(item) : catalogue.shown(item)));
                sendMarkers();
                seconds[0] = seconds(start);
                await("the end of a burst", () -> everyMergerKnows(known + MARKERS));
                seconds[1] = seconds(start);
                seconds[2] = (awaitAllCompared() - start) / 1e9;
              });
      awaitSwept();
      report.sweepSeconds = (sweepEnd - sweepBegin) / 1e9;
      double rounds = (double) (sum("lists_swept") - sweptBefore) / sum("last_lists_keys");
      report.bursts.add(
          new Burst(name, updates.size(), seconds[0], seconds[1], seconds[2], rounds, clicks));
      say(
          "burst",
          "%,d %s: %,.0f a second, %.2f rounds over %,d lists; clicks p99 %,.0f ms",
          updates.size(),
          name,
          updates.size() / seconds[1],
          rounds,
          sum("last_lists_keys"),
          clicks.millis(99));
    }

    private void sendMarkers() {
      for (int i = 0; i < MARKERS; i++) {
        send(catalogue.shown(catalogue.size() + markers));
        markers++;
      }
      producer.flush();
    }

    private void awaitSwept() {
      long since = System.nanoTime();
      await(
          "the end of the sweep",
          () -> System.nanoTime() - since > QUIET_NANOS && sum("lists_to_sweep") == 0);
    }

    /** Notes from when to when the last sweep was under way. */
    private void watchSweep() {
      boolean sweeps = sum("lists_to_sweep") > 0;
      if (sweeps && !sweeping) {
        sweepBegin = System.nanoTime();
      }
      sweepEnd = sweeps ? System.nanoTime() : sweepEnd;
      sweeping = sweeps;
    }

    private static double seconds(long start) {
      return (System.nanoTime() - start) / 1e9;
    }

    private long sum(String gauge) {
      return flink.gauges(gauge).stream().mapToLong(Long::longValue).sum();
    }

    private void await(String what, BooleanSupplier condition) {
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > deadline) {
          throw Failure.failed(
              "the job did not reach " + what + " within " + LIMIT.toMinutes() + " minutes");
        }
        watchSweep();
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }

    private void say(String part, String format, Object... values) {
      progress.say(part, String.format(Locale.ROOT, format, values));
    }
  }
}
