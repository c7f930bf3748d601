package io.millrace.jobs.options;

import java.time.Duration;
import java.util.List;

/** Time, parallelism and checkpoints: what all jobs share. */
public final class EngineOptions {
  /** Parallelism, 0 for the machine's. */
  public static final Option<Integer> PARALLELISM =
      Option.intOption(
          "parallelism",
          0,
          0,
          1_024,
          "Parallel instances of each operator; 0 takes the number of cores, at most 2 locally.");

  /** Key groups of keyed state. */
  public static final Option<Integer> MAX_PARALLELISM =
      Option.intOption(
          "max-parallelism",
          128,
          1,
          32_768,
          "Upper bound of the parallelism a job can ever be scaled to; fixed for the life of its"
              + " state.");

  /** Time between checkpoints. */
  public static final Option<Duration> CHECKPOINT_INTERVAL =
      Option.durationOption(
          "checkpoint.interval",
          Duration.ofSeconds(10),
          Duration.ofMillis(100),
          Duration.ofHours(1),
          "Time between the starts of two checkpoints.");

  /** Time after which a checkpoint is given up. */
  public static final Option<Duration> CHECKPOINT_TIMEOUT =
      Option.durationOption(
          "checkpoint.timeout",
          Duration.ofMinutes(10),
          Duration.ofSeconds(1),
          Duration.ofHours(24),
          "Time after which a checkpoint that has not completed is given up and tried again.");

  /** How late an event may be without changing a result. */
  public static final Option<Duration> OUT_OF_ORDERNESS =
      Option.durationOption(
          "event-time.out-of-orderness",
          Duration.ofSeconds(5),
          Duration.ZERO,
          Duration.ofDays(1),
          "How far out of order events may arrive without changing any result; later ones are"
              + " counted and dropped.");

  /** Silence after which event time moves by the clock. */
  public static final Option<Duration> IDLE_ADVANCE =
      Option.durationOption(
          "event-time.idle-advance",
          Duration.ofSeconds(60),
          Duration.ofSeconds(1),
          Duration.ofDays(1),
          "Silence on all inputs after which event time moves on by the clock.");

  /** The store's currency. */
  public static final Option<String> CURRENCY =
      Option.parsedOption(
          "currency",
          "EUR",
          "three letters of ISO 4217",
          "The store's currency: amounts are summed up in it, those in another one are left out"
              + " and counted.",
          EngineOptions::currency);

  static final List<Option<?>> ALL =
      List.of(
          PARALLELISM,
          MAX_PARALLELISM,
          CHECKPOINT_INTERVAL,
          CHECKPOINT_TIMEOUT,
          OUT_OF_ORDERNESS,
          IDLE_ADVANCE,
          CURRENCY);

  private EngineOptions() {}

  private static String currency(String text) {
    if (!text.matches("[A-Z]{3}")) {
      throw new IllegalArgumentException("give three capital letters such as EUR");
    }
    return text;
  }

  /** The parallelism on this machine: what is set, else its cores, at most 2. */
  public static int localParallelism(Options options) {
    int set = options.get(PARALLELISM);
    int parallelism = set > 0 ? set : Math.min(2, Runtime.getRuntime().availableProcessors());
    return Math.min(parallelism, options.get(MAX_PARALLELISM));
  }
}
