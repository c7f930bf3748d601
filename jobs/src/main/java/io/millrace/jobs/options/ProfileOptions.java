package io.millrace.jobs.options;

import io.millrace.features.profile.ProfileSettings;
import io.millrace.operators.profile.KeepSettings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** The profile job. */
public final class ProfileOptions {
  private static final KeepSettings KEEP = KeepSettings.DEFAULT;
  private static final ProfileSettings PROFILE = ProfileSettings.DEFAULT;

  /** Time between two writes of a profile. */
  public static final Option<Duration> WRITE_INTERVAL =
      Option.durationOption(
          "profile.write-interval",
          KEEP.writeInterval(),
          Duration.ofMillis(10),
          Duration.ofHours(1),
          "Least time between two writes of a visitor's profile.");

  /** Time between two looks at the population. */
  public static final Option<Duration> POPULATION_INTERVAL =
      Option.durationOption(
          "profile.population-interval",
          KEEP.populationInterval(),
          Duration.ofMillis(10),
          Duration.ofHours(1),
          "Least time between two looks at how the visitors who have ordered divide into fifths.");

  /** Events that are retained. */
  public static final Option<Integer> RETAINED_EVENTS =
      Option.intOption(
          "profile.retained-events",
          PROFILE.retainedEvents(),
          16,
          ProfileSettings.MAX_RETAINED,
          "Newest events of a visitor for which windows are exact; of more, features are marked"
              + " approximate.");

  /** The store's time zone. */
  public static final Option<ZoneId> TIME_ZONE =
      Option.parsedOption(
          "profile.time-zone",
          PROFILE.zone(),
          "a time zone such as Europe/Amsterdam",
          "The store's time zone, for days and hours of the day.",
          ProfileOptions::zone);

  /** How long a visitor is new. */
  public static final Option<Duration> NEW_FOR =
      Option.durationOption(
          "profile.new-for",
          PROFILE.newFor(),
          Duration.ofMinutes(1),
          Duration.ofDays(365),
          "Time after the first event for which a visitor is new.");

  /** The rhythm of visitors who came on one day. */
  public static final Option<Duration> USUAL_GAP =
      Option.durationOption(
          "profile.usual-gap",
          PROFILE.usualGap(),
          Duration.ofDays(1),
          Duration.ofDays(30),
          "Time between two days on which a visitor comes, for those who came on one day only.");

  /** When visitors are forgotten. */
  public static final Option<Duration> RETENTION =
      Option.durationOption(
          "profile.retention",
          PROFILE.retention(),
          Duration.ofHours(1),
          Duration.ofDays(3650),
          "Time (by the clock) without anything new of a visitor, an event or another stage, after"
              + " which the visitor is forgotten.");

  /** Visitors on the heap. */
  public static final Option<Integer> CACHED_VISITORS =
      Option.intOption(
          "profile.cached-visitors",
          KEEP.cachedVisitors(),
          1,
          10_000_000,
          "Visitors that each subtask keeps decoded on the heap, some 20 KB each (10 to 240).");

  static final List<Option<?>> ALL =
      List.of(
          WRITE_INTERVAL,
          POPULATION_INTERVAL,
          RETAINED_EVENTS,
          TIME_ZONE,
          NEW_FOR,
          USUAL_GAP,
          RETENTION,
          CACHED_VISITORS);

  private ProfileOptions() {}

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no such time zone; give one such as UTC", e);
    }
  }
}
