package io.millrace.features.algebra;

import static io.millrace.features.algebra.Span.days;
import static io.millrace.features.algebra.Span.hours;
import static io.millrace.features.algebra.Span.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final long MINUTE = 60_000;
  private static final Schema SCHEMA =
      Schema.of("clicks", Field.text("session"), Field.flag("bot"));

  private EntityFeatures entity;
  private long tie;

  private static FeatureSet set() {
    return FeatureSet.of(
        "visitor",
        SCHEMA,
        Feature.sessions("sessions", "session", minutes(30)).over(days(1)),
        Feature.sessionEvents("events", "session", minutes(30)),
        Feature.sessionEvents("before", "session", minutes(30)).withoutCurrent(),
        Feature.sessions("of_people", "session", minutes(30))
            .where(Filter.is("bot", false))
            .over(days(1)),
        Feature.sessionEvents("people", "session", minutes(30)).where(Filter.is("bot", false)));
  }

  @BeforeEach
  void begin() {
    entity = new EntityFeatures(Layouts.of(set()));
  }

  private void click(long minute, String session) {
    click(minute * MINUTE, session, false);
  }

  private void click(long time, String session, boolean bot) {
    entity.add(SCHEMA.row(time, tie++).text("session", session).flag("bot", bot).build());
  }

  private double number(String feature) {
    return entity.values().value(feature).number();
  }

  @Test
  void sessionsAreToldByTheFieldWhateverThePauses() {
    click(0, "a");
    click(120, "b");
    click(240, "a");

    assertThat(number("sessions")).isEqualTo(2);
    assertThat(number("events")).isEqualTo(2);
    assertThat(number("before")).isEqualTo(1);
  }

  @Test
  void withoutTheFieldAPauseOfMoreThanTheGapBeginsASession() {
    click(0, null);
    click(30, null);
    assertThat(number("sessions")).isEqualTo(1);
    assertThat(number("events")).isEqualTo(2);

    click(60 * MINUTE + 1, null, false);

    assertThat(number("sessions")).isEqualTo(2);
    assertThat(number("events")).isEqualTo(1);
    assertThat(number("before")).isEqualTo(2);
  }

  @Test
  void eventsWithTheFieldNeitherJoinNorCutARunWithoutIt() {
    click(0, null);
    click(20, "a");
    click(40, null);
    assertThat(number("sessions")).isEqualTo(3);
    assertThat(number("events")).isEqualTo(1);

    click(50, "a");
    click(60, null);

    assertThat(number("sessions")).isEqualTo(3);
    assertThat(number("events")).isEqualTo(2);
  }

  @Test
  void onlyFilteredEventsMakeSessions() {
    click(0, null, false);
    click(20 * MINUTE, null, true);
    click(40 * MINUTE, null, false);
    click(41 * MINUTE, "bot", true);

    assertThat(number("of_people")).isEqualTo(2);
    assertThat(number("people")).isEqualTo(1);
    assertThat(number("sessions")).isEqualTo(2);
  }

  @Test
  void whereThereIsNoEventThereAreNoSessions() {
    FeatureValues values = entity.values(0, 0);

    assertThat(values.number(0)).isZero();
    assertThat(values.isPresent(1)).isFalse();
    click(0, "a");
    assertThat(entity.values().value("before").present()).isFalse();
    entity.add(SCHEMA.row(days(2).toMillis(), 0).flag("bot", true).build());
    assertThat(number("of_people")).isZero();
  }

  @Test
  void sessionsInAWindowThatRowsLeftAreOfTheRetainedOnesAndSaySo() {
    entity = new EntityFeatures(Layouts.of(set()), 2);
    click(0, "a");
    click(1, "b");
    click(2, "c");

    FeatureValue sessions = entity.values().value("sessions");

    assertThat(sessions.number()).isEqualTo(2);
    assertThat(sessions.approximate()).isTrue();
    assertThat(sessions.since()).isZero();
    click(1_440, "d");
    assertThat(entity.values().value("sessions").approximate()).isTrue();
    click(1_442, "e");
    assertThat(entity.values().value("sessions").approximate()).isFalse();
  }

  @Test
  void aSessionThatRowsMayHaveLeftSaysSo() {
    entity = new EntityFeatures(Layouts.of(set()), 2);
    click(0, null);
    click(10, null);
    assertThat(entity.values().value("events").approximate()).isFalse();
    click(20, null);
    assertThat(number("events")).isEqualTo(2);
    assertThat(entity.values().value("events").approximate()).isTrue();

    click(60, null);
    assertThat(number("events")).isEqualTo(1);
    assertThat(entity.values().value("events").approximate()).isFalse();

    click(120, "a");
    click(200, "a");
    assertThat(number("events")).isEqualTo(2);
    assertThat(entity.values().value("events").approximate())
        .as("the oldest retained row is of the session")
        .isTrue();
    click(300, "b");
    assertThat(entity.values().value("events").approximate()).isFalse();
  }

  @Test
  void rowsAreRetainedAsLongAsTheGapAtLeast() {
    FeatureSet set =
        FeatureSet.of("visitor", SCHEMA, Feature.sessionEvents("events", "session", hours(24)));
    entity = new EntityFeatures(Layouts.of(set));
    click(0, null);
    click(24 * 60, null);

    assertThat(number("events")).isEqualTo(2);
    assertThat(entity.values().isApproximate(0)).isFalse();
  }
}
