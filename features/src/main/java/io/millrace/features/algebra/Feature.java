package io.millrace.features.algebra;

import java.time.Duration;

/**
 * The declaration of one feature, which reads like a sentence:
 *
 * <pre>{@code
 * count("payments_1d").over(days(1))
 * sum("frauds_7d", "fraud").over(days(7)).delayedBy(days(7))
 * count("views_30m").where(is("type", "view_item")).over(minutes(30)).withoutCurrent()
 * ratio("risk_7d", "frauds_7d", "payments_7d").orElse(0)
 * sum("interest", "points").halvingEvery(days(7))
 * top("likings", "category", 5).weighing("points").halvingEvery(days(7))
 * sessions("sessions_7d", "session", minutes(30)).over(days(7))
 * }</pre>
 *
 * Where no span is given it looks at all events ever. It is checked when a {@link FeatureSet} is
 * built of it.
 *
 * @param name in snake_case
 * @param description what it is good for; may be empty
 * @param aggregate what it makes of the events
 * @param field what it aggregates, or the dividend of a ratio; null where it needs none
 * @param divisor the divisor of a ratio, otherwise null
 * @param filter which events it counts, null for all
 * @param span which events it looks at, by their time
 * @param current whether the event counts as of which it is asked for
 * @param orElse its value where it would be absent, null to leave it absent
 * @param weight the number that an event weighs among the heaviest values; null where each weighs 1
 * @param most how many of the heaviest values it names, otherwise 0
 * @param gap the longest pause within a session that no field tells, otherwise null
 */
public record Feature(
    String name,
    String description,
    Aggregate aggregate,
    String field,
    String divisor,
    Filter filter,
    Span span,
    boolean current,
    Double orElse,
    String weight,
    int most,
    Duration gap) {

  /** Values that {@link #top} names at most. */
  public static final int MAX_TOP = 64;

  /** Shortest gap between sessions. */
  public static final Duration SHORTEST_GAP = Duration.ofSeconds(1);

  /** Longest gap between sessions. */
  public static final Duration LONGEST_GAP = Duration.ofDays(1);

  private static Feature of(String name, Aggregate aggregate, String field, String divisor) {
    return new Feature(
        name, "", aggregate, field, divisor, null, Span.EVER, true, null, null, 0, null);
  }

  private static Feature ofSessions(String name, Aggregate aggregate, String field, Duration gap) {
    return new Feature(name, "", aggregate, field, null, null, Span.EVER, true, null, null, 0, gap);
  }

  /** How many events; 0 where there are none. */
  public static Feature count(String name) {
    return of(name, Aggregate.COUNT, null, null);
  }

  /** The sum of a number, or how often a flag is set. */
  public static Feature sum(String name, String field) {
    return of(name, Aggregate.SUM, field, null);
  }

  /** The mean of a number, or the share in which a flag is set. */
  public static Feature mean(String name, String field) {
    return of(name, Aggregate.MEAN, field, null);
  }

  /** The least value of a number. */
  public static Feature min(String name, String field) {
    return of(name, Aggregate.MIN, field, null);
  }

  /** The greatest value of a number. */
  public static Feature max(String name, String field) {
    return of(name, Aggregate.MAX, field, null);
  }

  /** The standard deviation of a number, that of a whole population. */
  public static Feature stddev(String name, String field) {
    return of(name, Aggregate.STDDEV, field, null);
  }

  /** How many different values a text or number has. */
  public static Feature distinct(String name, String field) {
    return of(name, Aggregate.DISTINCT, field, null);
  }

  /** The newest value of a field. */
  public static Feature last(String name, String field) {
    return of(name, Aggregate.LAST, field, null);
  }

  /** The time of the newest event, milliseconds since the epoch. */
  public static Feature lastTime(String name) {
    return of(name, Aggregate.LAST_TIME, null, null);
  }

  /** Milliseconds since the newest event. */
  public static Feature timeSince(String name) {
    return of(name, Aggregate.TIME_SINCE, null, null);
  }

  /** One feature divided by another. */
  public static Feature ratio(String name, String dividend, String divisor) {
    return of(name, Aggregate.RATIO, dividend, divisor);
  }

  /**
   * The values of a text that weigh most: heaviest first, those that weigh the same in their
   * natural order. Each event weighs 1, or what {@link #weighing} says; a value that weighs nothing
   * in all, or less, is left out. It is computed of the events that are retained, over a window or
   * with a half-life: then over the last 8 half-lives, 30 days at most.
   *
   * @param most how many values at most, 1 to {@link #MAX_TOP}
   */
  public static Feature top(String name, String field, int most) {
    return new Feature(
        name, "", Aggregate.TOP, field, null, null, Span.EVER, true, null, null, most, null);
  }

  /**
   * How many sessions a window has events of, computed of the events that are retained: as many as
   * the text that tells them apart has different values, and for events that do not carry it, as
   * many as there are runs without a longer pause.
   *
   * @param field the text that tells sessions apart
   * @param gap the longest pause within a run, {@link #SHORTEST_GAP} to {@link #LONGEST_GAP}
   */
  public static Feature sessions(String name, String field, Duration gap) {
    return ofSessions(name, Aggregate.SESSIONS, field, gap);
  }

  /**
   * How many events the session of the newest event has so far, computed of the events that are
   * retained: those with the same value of the text that tells sessions apart, or where the newest
   * does not carry it, those of its run without a longer pause.
   *
   * @param field the text that tells sessions apart
   * @param gap the longest pause within a run, {@link #SHORTEST_GAP} to {@link #LONGEST_GAP}
   */
  public static Feature sessionEvents(String name, String field, Duration gap) {
    return ofSessions(name, Aggregate.SESSION_EVENTS, field, gap);
  }

  /** With every event weighing a number that it carries; one without it is left out. */
  public Feature weighing(String numberField) {
    return new Feature(
        name,
        description,
        aggregate,
        field,
        divisor,
        filter,
        span,
        current,
        orElse,
        numberField,
        most,
        gap);
  }

  /** Over a sliding window that ends at the time asked for. */
  public Feature over(Duration window) {
    return spanning(new Span.Sliding(window, Duration.ZERO));
  }

  /**
   * With the window ended so long before the time asked for, as where labels come late.
   *
   * @throws IllegalStateException if there is no window yet
   */
  public Feature delayedBy(Duration delay) {
    if (span instanceof Span.Sliding sliding) {
      return spanning(new Span.Sliding(sliding.window(), delay));
    }
    throw new IllegalStateException(
        "feature %s: only a window can be delayed; say over(...) before delayedBy(...)"
            .formatted(name));
  }

  /** With events weighing half for every half-life of age. */
  public Feature halvingEvery(Duration halfLife) {
    return spanning(new Span.HalfLife(halfLife));
  }

  private Feature spanning(Span newSpan) {
    return new Feature(
        name,
        description,
        aggregate,
        field,
        divisor,
        filter,
        newSpan,
        current,
        orElse,
        weight,
        most,
        gap);
  }

  /** Counting only these events. */
  public Feature where(Filter which) {
    return new Feature(
        name,
        description,
        aggregate,
        field,
        divisor,
        which,
        span,
        current,
        orElse,
        weight,
        most,
        gap);
  }

  /** Not counting the event as of which it is asked for. */
  public Feature withoutCurrent() {
    return new Feature(
        name,
        description,
        aggregate,
        field,
        divisor,
        filter,
        span,
        false,
        orElse,
        weight,
        most,
        gap);
  }

  /** With a value where it would be absent. */
  public Feature orElse(double value) {
    return new Feature(
        name,
        description,
        aggregate,
        field,
        divisor,
        filter,
        span,
        current,
        value,
        weight,
        most,
        gap);
  }

  /** With a description for the reference. */
  public Feature describedAs(String text) {
    return new Feature(
        name, text, aggregate, field, divisor, filter, span, current, orElse, weight, most, gap);
  }
}
