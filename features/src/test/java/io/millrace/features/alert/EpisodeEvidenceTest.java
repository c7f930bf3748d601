package io.millrace.features.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.FraudAlert.Cause;
import org.junit.jupiter.api.Test;

class EpisodeEvidenceTest {
  private final EpisodeRun run = new EpisodeRun();

  @Test
  void theHighestScoreSpeaksForAModel() {
    run.add(Suspicions.scored(0, .5), Suspicions.scored(1, .9), Suspicions.scored(2, .7));
    assertThat(run.advance(5)).hasSize(1);
    assertThat(run.advance(1_000))
        .singleElement()
        .satisfies(
            close -> {
              assertThat(close.cause()).isEqualTo(new Cause(Cause.Type.MODEL, "m", 1));
              assertThat(close.score()).isEqualTo(.9);
              assertThat(close.probability()).isEqualTo(.45);
              assertThat(close.expectedLoss()).isEqualTo(90);
              assertThat(close.reasons()).isEqualTo(Suspicions.scored(1, .9).reasons());
              assertThat(close.triggeringEventId()).isEqualTo("e2");
            });
  }

  @Test
  void ofEqualScoresTheNewestSpeaks() {
    run.add(Suspicions.scored(0, .5), Suspicions.scored(1, .5));
    assertThat(run.advance(1_000).get(1).reasons()).isEqualTo(Suspicions.scored(1, .5).reasons());
  }

  @Test
  void whatHasNoScoreDoesNotSpeakForAModel() {
    Suspicion scored = Suspicions.scored(0, .5);
    Suspicion other = Suspicions.scored(1, .7);
    run.add(
        scored,
        new Suspicion(
            other.cause(),
            false,
            other.entity(),
            1,
            0,
            other.severity(),
            other.action(),
            null,
            null,
            null,
            other.reasons(),
            other.events(),
            1));
    assertThat(run.advance(1_000).get(1).reasons()).isEqualTo(scored.reasons());
  }
}
