package io.millrace.jobs.cli;

import io.millrace.jobs.bench.BenchCatalogue;
import io.millrace.jobs.bench.BenchFraud;
import io.millrace.jobs.bench.BenchProfile;
import io.millrace.jobs.bench.BenchRecommend;
import io.millrace.jobs.evaluate.Figure;
import io.millrace.jobs.evaluate.TrainClicks;
import io.millrace.jobs.local.Progress;
import io.millrace.jobs.local.StopSignal;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.replay.ClickLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench}: how fast the jobs are on this machine. */
@Command(
    name = "bench",
    description = "Measure throughput, delay and state of a job on this machine, beside its peers.",
    footer = {"", "docs/bench.md says what is measured and how to read it."})
final class BenchCommand implements Callable<Integer> {
  private static final String RECOMMEND = "recommend";
  private static final String PROFILE = "profile";
  private static final String FRAUD = "fraud";
  private static final String CATALOGUE = "catalogue";
  private static final int LEAST_CLICKS = 20_000;
  private static final int MOST_CLICKS = 10_000_000;
  private static final int MOST_ITEMS = 5_000_000;
  private static final int MOST_LISTS = 5_000_000;
  private static final double MOST_HOT = 0.9;

  /** The options that each job has beside those that all have. */
  private static final Map<String, Set<String>> OWN_OPTIONS = new LinkedHashMap<>();

  static {
    OWN_OPTIONS.put(RECOMMEND, ordered("--clicks", "--data", "--hot"));
    OWN_OPTIONS.put(PROFILE, ordered("--clicks"));
    OWN_OPTIONS.put(FRAUD, ordered("--orders"));
    OWN_OPTIONS.put(CATALOGUE, ordered("--items", "--lists"));
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "JOB",
      defaultValue = RECOMMEND,
      description =
          "recommend: clicks to lists; profile: clicks and orders to profiles; fraud: orders to"
              + " decisions; catalogue: what the recommend job makes of a large catalogue and its"
              + " updates (${DEFAULT-VALUE}).")
  private String job;

  @Option(
      names = "--clicks",
      paramLabel = "N",
      defaultValue = "" + BenchRecommend.CLICKS,
      description =
          "recommend, profile: clicks at saturation, warm-up included (${DEFAULT-VALUE}).")
  private int clicks;

  @Option(
      names = "--orders",
      paramLabel = "N",
      defaultValue = "" + BenchFraud.ORDERS,
      description = "fraud: orders at saturation, warm-up included (${DEFAULT-VALUE}).")
  private int orders;

  @Option(
      names = "--items",
      paramLabel = "N",
      defaultValue = "" + BenchCatalogue.ITEMS,
      description = "catalogue: items of the catalogue (${DEFAULT-VALUE}).")
  private int items;

  @Option(
      names = "--lists",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "catalogue: visitors who clicked once and have a list, beside some 13,000 others"
              + " (${DEFAULT-VALUE}).")
  private int lists;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "recommend: send the train clicks of this folder (as for evaluate), over and over if they are too"
              + " few, instead of made-up ones.")
  private Path data;

  @Option(
      names = "--hot",
      paramLabel = "SHARE",
      defaultValue = "0",
      description =
          "recommend: of made-up clicks, the share that falls on one item, and of sessions the share of one"
              + " visitor: 0 to 0.9 (${DEFAULT-VALUE}).")
  private double hot;

  @Mixin private JobArguments jobs;
  @Mixin private FigureOutput output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    Path logs = Files.createTempDirectory("millrace-bench-log-");
    LogFiles.into(logs);
    Path dir = Files.createTempDirectory("millrace-bench-");
    StopSignal.listen().received().thenRun(() -> StopSignal.endNow(dir, logs));
    List<Figure> figures;
    try {
      Options options = jobs.resolve();
      Progress progress = new Progress(System.err);
      figures =
          switch (job) {
            case CATALOGUE -> BenchCatalogue.run(items, lists, options, progress, dir);
            case FRAUD -> BenchFraud.run(orders, options, progress, dir);
            case PROFILE -> BenchProfile.run(clicks, options, progress, dir);
            default -> recommend(options, progress, dir);
          };
    } finally {
      FileUtils.deleteDirectoryQuietly(dir.toFile());
    }
    // Where something failed they stay.
    FileUtils.deleteDirectoryQuietly(logs.toFile());
    return output.print(figures);
  }

  private void check() {
    if (!OWN_OPTIONS.containsKey(job)) {
      throw wrong("There is no job '%s' to bench; there are %s", job, join(OWN_OPTIONS.keySet()));
    }
    requireOwnOptions();
    require("--clicks", clicks, LEAST_CLICKS, MOST_CLICKS);
    require("--orders", orders, LEAST_CLICKS, MOST_CLICKS);
    require("--items", items, BenchCatalogue.LEAST_ITEMS, MOST_ITEMS);
    require("--lists", lists, 0, MOST_LISTS);
    if (!(hot >= 0 && hot <= MOST_HOT) || hot > 0 && data != null) {
      throw wrong("--hot is %s; give 0 to %s, and no --data beside it", hot, MOST_HOT);
    }
  }

  private void requireOwnOptions() {
    Set<String> own = OWN_OPTIONS.get(job);
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      List<String> benches =
          OWN_OPTIONS.keySet().stream().filter(of -> OWN_OPTIONS.get(of).contains(name)).toList();
      if (!benches.isEmpty() && !own.contains(name)) {
        throw wrong("%s is for bench %s; bench %s has %s", name, join(benches), job, join(own));
      }
    }
  }

  private void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw wrong("%s is %d; give %d to %d", option, value, least, most);
    }
  }

  private static Set<String> ordered(String... names) {
    return new LinkedHashSet<>(List.of(names));
  }

  /** With commas, and an "and" before the last. */
  private static String join(Collection<String> names) {
    List<String> all = List.copyOf(names);
    int last = all.size() - 1;
    return last == 0
        ? all.get(0)
        : String.join(", ", all.subList(0, last)) + " and " + all.get(last);
  }

  private ParameterException wrong(String format, Object... values) {
    return new ParameterException(spec.commandLine(), String.format(Locale.ROOT, format, values));
  }

  private List<Figure> recommend(Options options, Progress progress, Path dir)
      throws IOException, InterruptedException {
    ClickLog log = data == null ? null : TrainClicks.read(data);
    String name = data == null ? madeUp() : data.toAbsolutePath().normalize().getFileName() + "";
    return BenchRecommend.run(clicks, log, hot, name, options, progress, dir);
  }

  private String madeUp() {
    return hot == 0 ? "made up" : "made up, " + hot + " hot";
  }
}
