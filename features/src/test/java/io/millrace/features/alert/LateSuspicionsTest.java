package io.millrace.features.alert;

import static io.millrace.features.alert.Suspicions.at;
import static io.millrace.features.alert.Suspicions.participant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudAlert.State;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class LateSuspicionsTest {
  private final EpisodeRun run = new EpisodeRun();

  @Test
  void whatComesBehindTimeIsTakenNext() {
    run.add(at(50));
    run.advance(120);
    Suspicion late =
        Suspicions.of("r", 3, false, 20, Severity.HIGH, Action.MONITOR, at(20).trigger());
    run.add(late);
    assertThat(run.episodes.nextDue()).isEqualTo(20);
    assertThat(run.advance(120))
        .singleElement()
        .satisfies(
            update -> {
              assertThat(update.severity()).isEqualTo(Severity.HIGH);
              assertThat(update.triggeringEventId()).isEqualTo("e20");
              assertThat(update.eventTime()).isEqualTo(20);
              assertThat(update.from()).isEqualTo(15);
              // The rest is of the newest.
              assertThat(update.to()).isEqualTo(50);
              assertThat(update.cause().version()).isEqualTo(1);
              assertThat(update.reasons()).isEqualTo(at(50).reasons());
              assertThat(update.eventIds()).containsExactly("e20", "e50");
            });
    assertThat(run.advance(150))
        .extracting(FraudAlert::state, FraudAlert::triggeringEventId)
        .containsExactly(tuple(State.CLOSE, "e50"));
    run.add(at(30));
    assertThat(run.advance(150))
        .extracting(FraudAlert::state, FraudAlert::eventTime)
        .containsExactly(tuple(State.OPEN, 30L), tuple(State.CLOSE, 130L));
  }

  @Test
  void timeThatStartsAnewAfterARestoreChangesNothing() {
    run.snoozes.put(Suspicions.snooze("s", 40L));
    run.add(at(0), at(1, participant("e1", "v2", "o2", 1)));
    run.advance(60);
    byte[] before = run.episodes.toBytes();
    assertThat(run.advance(Long.MIN_VALUE)).isEmpty();
    assertThat(run.episodes.toBytes()).isEqualTo(before);
  }

  @Test
  void ofOneMillisecondTheGreaterTieIsNewer() {
    run.add(tied(3, "third"));
    run.advance(50);
    run.add(tied(2, "second"));
    run.advance(50);
    assertThat(run.advance(500)).extracting(FraudAlert::triggeringEventId).containsExactly("third");
  }

  private static Suspicion tied(long tie, String eventId) {
    Suspicion like = at(50);
    return new Suspicion(
        like.cause(),
        false,
        like.entity(),
        50,
        tie,
        like.severity(),
        like.action(),
        null,
        null,
        null,
        like.reasons(),
        List.of(participant(eventId, "v1", "o1", 50)),
        like.from());
  }
}
