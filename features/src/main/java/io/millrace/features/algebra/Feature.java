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
    Double orElse) {

  private static Feature of(String name, Aggregate aggregate, String field, String divisor) {
    return new Feature(name, "", aggregate, field, divisor, null, Span.EVER, true, null);
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
        name, description, aggregate, field, divisor, filter, newSpan, current, orElse);
  }

  /** Counting only these events. */
  public Feature where(Filter which) {
    return new Feature(name, description, aggregate, field, divisor, which, span, current, orElse);
  }

  /** Not counting the event as of which it is asked for. */
  public Feature withoutCurrent() {
    return new Feature(name, description, aggregate, field, divisor, filter, span, false, orElse);
  }

  /** With a value where it would be absent. */
  public Feature orElse(double value) {
    return new Feature(name, description, aggregate, field, divisor, filter, span, current, value);
  }

  /** With a description for the reference. */
  public Feature describedAs(String text) {
    return new Feature(name, text, aggregate, field, divisor, filter, span, current, orElse);
  }
}
