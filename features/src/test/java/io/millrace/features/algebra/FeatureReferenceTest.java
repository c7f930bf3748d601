package io.millrace.features.algebra;

import static io.millrace.features.algebra.Filter.above;
import static io.millrace.features.algebra.Filter.and;
import static io.millrace.features.algebra.Filter.is;
import static io.millrace.features.algebra.Filter.isOneOf;
import static io.millrace.features.algebra.Filter.not;
import static io.millrace.features.algebra.Filter.or;
import static io.millrace.features.algebra.Filter.present;
import static io.millrace.features.algebra.Span.days;
import static io.millrace.features.algebra.Span.hours;
import static io.millrace.features.algebra.Span.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FeatureReferenceTest {
  private static final Schema SCHEMA =
      Schema.of(
          "clicks",
          Field.number("price", 2),
          Field.number("points", 0),
          Field.text("type"),
          Field.flag("fraud"));

  @Test
  void saysOfEveryFeatureWhatItIs() {
    FeatureSet set =
        FeatureSet.of(
            "visitor",
            SCHEMA,
            Feature.count("views_30m")
                .where(is("type", "view_item"))
                .over(minutes(30))
                .withoutCurrent()
                .describedAs("Looks | and looks"),
            Feature.sum("frauds_7d", "fraud").over(days(7)).delayedBy(hours(36)),
            Feature.count("clicks_7d").over(days(7)),
            Feature.ratio("risk_7d", "frauds_7d", "clicks_7d").orElse(0),
            Feature.sum("interest", "points").halvingEvery(days(1)),
            Feature.last("last_type", "type")
                .where(
                    and(
                        or(above("price", 1.5), not(present("points"))),
                        isOneOf("type", "view", "buy"))),
            Feature.timeSince("quiet"),
            Feature.top("types_7d", "type", 3).over(days(7)),
            Feature.top("liked", "type", 5).weighing("points").halvingEvery(days(1)),
            Feature.top("loved", "type", 5).halvingEvery(days(10)).withoutCurrent(),
            Feature.sessions("sessions_7d", "type", minutes(30)).over(days(7)),
            Feature.sessionEvents("clicks_so_far", "type", Duration.ofSeconds(90))
                .where(is("fraud", false)));

    assertThat(FeatureReference.of(set))
        .isEqualTo(
            """
            | feature | what it is | type | description |
            |---|---|---|---|
            | `views_30m` | number of events where type is "view_item", over 30 minutes, without the current event | whole number | Looks \\| and looks |
            | `frauds_7d` | sum of `fraud`, over 7 days up to 36 hours before, the current event included | number |  |
            | `clicks_7d` | number of events, over 7 days, the current event included | whole number |  |
            | `risk_7d` | `frauds_7d` / `clicks_7d`; 0 where there is none | number |  |
            | `interest` | sum of `points`, halving every 1 day, the current event included | number |  |
            | `last_type` | newest `type` where ((price is above 1.5 or not (points is present)) and type is one of "buy", "view"), ever, the current event included | text |  |
            | `quiet` | milliseconds since the newest event, ever, the current event included | duration in ms |  |
            | `types_7d` | the 3 values of `type` that weigh most, over 7 days, the current event included | texts with weights |  |
            | `liked` | the 5 values of `type` that weigh most by `points`, halving every 1 day over the last 8 days, the current event included | texts with weights |  |
            | `loved` | the 5 values of `type` that weigh most, halving every 10 days over the last 30 days, without the current event | texts with weights |  |
            | `sessions_7d` | number of sessions by `type`, of events without it by pauses above 30 minutes, over 7 days, the current event included | whole number |  |
            | `clicks_so_far` | number of events in the session of the newest one, by `type`, without it by pauses above 90 seconds where fraud is false, of the events retained, the current event included | whole number |  |
            """);
  }
}
