package io.millrace.features.alert;

import static io.millrace.features.alert.EpisodeRun.alertId;
import static io.millrace.features.alert.Suspicions.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.FraudAlert.Cause;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EpisodeIdTest {
  @Test
  void theIdIsOfTheBeginningAndSaysNothingOfWhatFollows() {
    Suspicion first = at(10);
    Suspicion[] others = {
      Suspicions.scored(10, .5),
      of("s", 1, "card:4711", 10, 0),
      of("r", 2, "card:4711", 10, 0),
      of("r", 1, "card:4712", 10, 0),
      of("r", 1, "card:4711", 11, 0),
      of("r", 1, "card:4711", 10, 1),
    };
    assertThat(alertId(of("r", 1, "card:4711", 10, 0))).isEqualTo(alertId(first));
    assertThat(Stream.of(others).map(EpisodeRun::alertId).distinct())
        .hasSize(others.length)
        .doesNotContain(alertId(first))
        .allMatch(each -> each.matches("[0-9a-f]{16}"));
  }

  private static Suspicion of(String rule, long version, String entity, long time, long tie) {
    Suspicion like = at(time);
    return new Suspicion(
        new Cause(Cause.Type.RULE, rule, version),
        false,
        entity,
        time,
        tie,
        like.severity(),
        like.action(),
        null,
        null,
        null,
        like.reasons(),
        like.events(),
        like.from());
  }
}
