package io.millrace.jobs.cli;

import io.millrace.features.event.Topics;
import io.millrace.jobs.Failure;
import io.millrace.jobs.local.Engine;
import io.millrace.jobs.local.EventProducer;
import io.millrace.jobs.local.Progress;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RankingOptions;
import io.millrace.jobs.store.SimulatedStore;
import io.millrace.jobs.store.StoreTraffic;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: the engine on this machine with a simulated store. */
@Command(
    name = "demo",
    description =
        "Start the engine on this machine with a simulated store, and watch it recommend.",
    footer = {
      "",
      "Prints one line on standard output once everything answers:",
      "READY kafka=HOST:PORT redis=HOST:PORT flink=URL console=URL",
      "Ctrl-C stops it."
    })
final class DemoCommand implements Callable<Integer> {
  /** As much of the past as makes lists meaningful, and is sent within seconds. */
  private static final Duration PAST = Duration.ofMinutes(15);

  private static final double MAX_RATE = 2_000;

  private static final String BUCKETS = "learned:0.7:learned,neighbours:0.3:neighbours";

  @Mixin private EngineArguments arguments;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "20",
      description = "Clicks a second, on average; above 0, at most 2000 (default 20).")
  private double rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Equal seeds make equal stores (default 1).")
  private long seed;

  @Override
  public Integer call() {
    if (!(rate > 0 && rate <= MAX_RATE)) {
      throw Failure.usage("--rate is " + rate + "; give more than 0 and at most 2000");
    }
    Options options = options();
    Collection<String> buckets = RankingOptions.settings(options).buckets().shares().keySet();
    return EngineRun.run(
        arguments, options, (engine, progress) -> openStore(engine, buckets, progress));
  }

  /** Where nothing else is said, everybody is judged, and some see the neighbours' order. */
  private Options options() {
    Options options = arguments.options().orElse(RankingOptions.VISITORS, 1.0);
    return options.isSet(RankingOptions.MODEL)
        ? options
        : options.orElse(RankingOptions.BUCKETS, BUCKETS);
  }

  private EngineRun.Company openStore(
      Engine engine, Collection<String> buckets, Progress progress) {
    long start = System.currentTimeMillis() - PAST.toMillis();
    SimulatedStore store = new SimulatedStore(seed, start, rate);
    EventProducer producer =
        EventProducer.connect(
            engine.kafkaServers(), Topics.CLICKSTREAM, Topics.ORDERS, Topics.CATALOG);
    DemoStatus status = new DemoStatus(engine.redis(), engine.kafkaServers(), buckets, progress);
    StoreTraffic traffic = StoreTraffic.begin(store, producer, status::happened, Clock.systemUTC());
    status.begin(traffic::sent);
    return new Store(traffic, status);
  }

  /** The store beside the engine. */
  private record Store(StoreTraffic traffic, DemoStatus status) implements EngineRun.Company {
    @Override
    public CompletableFuture<String> onTrouble() {
      return traffic.onTrouble();
    }

    @Override
    public void close() {
      status.close();
      traffic.close();
    }
  }
}
