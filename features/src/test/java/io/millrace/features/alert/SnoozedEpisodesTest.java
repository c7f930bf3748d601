package io.millrace.features.alert;

import static io.millrace.features.alert.Suspicions.at;
import static io.millrace.features.alert.Suspicions.participant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudAlert.State;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import org.junit.jupiter.api.Test;

class SnoozedEpisodesTest {
  private final EpisodeRun run = new EpisodeRun();

  @Test
  void aSnoozeIsToldWhenItIsGivenWhenItEndsAndWhenItIsLifted() {
    run.add(at(0));
    assertThat(run.advance(10)).extracting(FraudAlert::suppressedBy).containsExactly((String) null);
    run.snoozes.put(Suspicions.snooze("s", 40L));
    assertThat(run.advance(20))
        .extracting(
            FraudAlert::state,
            FraudAlert::suppressedBy,
            FraudAlert::eventTime,
            FraudAlert::triggeringEventId)
        .containsExactly(tuple(State.UPDATE, "s", 20L, "e0"));
    assertThat(run.episodes.nextDue()).isEqualTo(40);
    assertThat(run.advance(39)).isEmpty();
    assertThat(run.advance(70))
        .extracting(FraudAlert::suppressedBy, FraudAlert::eventTime)
        .containsExactly(tuple(null, 40L));
    run.snoozes.put(Suspicions.snooze("t", null));
    assertThat(run.advance(71)).extracting(FraudAlert::suppressedBy).containsExactly("t");
    assertThat(run.episodes.nextDue()).isEqualTo(100);
    run.snoozes.remove("t");
    assertThat(run.advance(72))
        .extracting(FraudAlert::suppressedBy, FraudAlert::eventTime)
        .containsExactly(tuple(null, 72L));
  }

  @Test
  void aSnoozeMayBeGivenAnotherEnd() {
    run.snoozes.put(Suspicions.snooze("s", 40L));
    run.add(at(0));
    assertThat(run.advance(10)).extracting(FraudAlert::suppressedBy).containsExactly("s");
    run.snoozes.put(Suspicions.snooze("s", 60L));
    assertThat(run.advance(50)).isEmpty();
    assertThat(run.episodes.nextDue()).isEqualTo(60);
    run.snoozes.put(Suspicions.snooze("s", 55L));
    assertThat(run.advance(59))
        .extracting(FraudAlert::suppressedBy, FraudAlert::eventTime)
        .containsExactly(tuple(null, 55L));
  }

  @Test
  void anEndThatWasMovedBehindTheLastRevisionTakesEffectThen() {
    run.snoozes.put(Suspicions.snooze("s", null));
    run.add(at(0), Suspicions.of("r", 1, false, 30, Severity.HIGH, Action.BLOCK, at(30).trigger()));
    run.advance(30);
    run.snoozes.put(Suspicions.snooze("s", 10L));
    assertThat(run.advance(35))
        .extracting(FraudAlert::suppressedBy, FraudAlert::eventTime)
        .containsExactly(tuple(null, 30L));
  }

  @Test
  void aLateOneDoesNotBringBackASnoozeThatHasEnded() {
    run.snoozes.put(Suspicions.snooze("s", 40L));
    run.add(at(0), at(50, participant("e50", "v2", "o2", 50)));
    run.advance(60);
    run.add(Suspicions.of("r", 1, false, 20, Severity.HIGH, Action.MONITOR, at(20).trigger()));
    assertThat(run.advance(60)).extracting(FraudAlert::suppressedBy).containsExactly((String) null);
  }

  @Test
  void aSnoozeIsToldWithTheNextSuspicion() {
    run.add(at(0));
    run.advance(10);
    run.snoozes.put(Suspicions.snooze("s", null));
    run.add(at(15));
    assertThat(run.advance(20))
        .extracting(FraudAlert::suppressedBy, FraudAlert::eventTime, FraudAlert::triggeringEventId)
        .containsExactly(tuple("s", 15L, "e15"));
  }
}
