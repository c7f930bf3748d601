package io.millrace.features.algebra;

import java.time.Duration;

/** Which events a feature looks at, by their time. */
public sealed interface Span {
  /** Shortest window, delay aside, and shortest half-life. */
  Duration SHORTEST = Duration.ofMinutes(1);

  /** Longest window, and longest delay. */
  Duration LONGEST = Duration.ofDays(30);

  /** Longest half-life. */
  Duration LONGEST_HALF_LIFE = Duration.ofDays(365);

  /** All events up to the time asked for. */
  Span EVER = new Ever();

  /** So many minutes. */
  static Duration minutes(long minutes) {
    return Duration.ofMinutes(minutes);
  }

  /** So many hours. */
  static Duration hours(long hours) {
    return Duration.ofHours(hours);
  }

  /** So many days of 24 hours. */
  static Duration days(long days) {
    return Duration.ofDays(days);
  }

  /** What it is in words. */
  String words();

  /**
   * As of time t, the events in (t − delay − window, t − delay].
   *
   * @param window how long it is
   * @param delay how long before t it ends
   */
  record Sliding(Duration window, Duration delay) implements Span {
    @Override
    public String words() {
      String words = "over " + Span.words(window);
      return delay.isZero() ? words : words + " up to " + Span.words(delay) + " before";
    }
  }

  /**
   * All events up to the time asked for, each weighing 2^(−age / half-life); after 64 half-lives it
   * weighs nothing.
   */
  record HalfLife(Duration halfLife) implements Span {
    private static final int MOST_HALVED = 8;

    /** How far back retained events are looked at: 8 half-lives, 30 days at most. */
    public Duration reach() {
      Duration reach = halfLife.multipliedBy(MOST_HALVED);
      return reach.compareTo(LONGEST) < 0 ? reach : LONGEST;
    }

    @Override
    public String words() {
      return "halving every " + Span.words(halfLife);
    }
  }

  /** All events up to the time asked for. */
  record Ever() implements Span {
    @Override
    public String words() {
      return "ever";
    }
  }

  /** A duration in the largest unit that it is a whole number of. */
  static String words(Duration duration) {
    long ms = duration.toMillis();
    if (ms == 0) {
      return "0";
    } else if (ms % 86_400_000 == 0) {
      return counted(ms / 86_400_000, "day");
    } else if (ms % 3_600_000 == 0) {
      return counted(ms / 3_600_000, "hour");
    } else if (ms % 60_000 == 0) {
      return counted(ms / 60_000, "minute");
    } else if (ms % 1_000 == 0) {
      return counted(ms / 1_000, "second");
    }
    return counted(ms, "millisecond");
  }

  private static String counted(long count, String unit) {
    return count + " " + unit + (count == 1 ? "" : "s");
  }
}
