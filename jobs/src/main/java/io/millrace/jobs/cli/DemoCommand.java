package io.millrace.jobs.cli;

import io.millrace.features.event.Topics;
import io.millrace.jobs.Failure;
import io.millrace.jobs.fraud.StarterRules;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.jobs.local.Engine;
import io.millrace.jobs.local.EventProducer;
import io.millrace.jobs.local.Progress;
import io.millrace.jobs.options.FraudOptions;
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

  /** Labels come within minutes in the simulated store, and a version soon after. */
  private static final Duration LABEL_HORIZON = Duration.ofMinutes(2);

  private static final int PUBLISH_EVERY = 20;
  private static final Duration PUBLISH_AFTER = Duration.ofMinutes(1);

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

  /**
   * Where nothing else is said, everybody is judged, some see the neighbours' order, and fraud is
   * learned within minutes.
   */
  private Options options() {
    Options options =
        arguments
            .options()
            .orElse(RankingOptions.VISITORS, 1.0)
            .orElse(FraudOptions.LABEL_HORIZON, LABEL_HORIZON)
            .orElse(FraudOptions.PUBLISH_EVERY, PUBLISH_EVERY)
            .orElse(FraudOptions.PUBLISH_AFTER, PUBLISH_AFTER);
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
            engine.kafkaServers(),
            Topics.CLICKSTREAM,
            Topics.ORDERS,
            Topics.CATALOG,
            Topics.FRAUD_LABELS,
            Topics.FRAUD_RULES);
    sendRules(producer);
    DemoStatus status = new DemoStatus(engine.redis(), engine.kafkaServers(), buckets, progress);
    StoreTraffic traffic = StoreTraffic.begin(store, producer, status::happened, Clock.systemUTC());
    status.begin(traffic::sent);
    return new Store(traffic, status);
  }

  /** Before any order, so that none of the past goes unwatched. */
  private static void sendRules(EventProducer producer) {
    long now = System.currentTimeMillis();
    StarterRules.all().forEach(rule -> producer.send(ContractEvent.of(rule, now)));
    producer.flush();
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
