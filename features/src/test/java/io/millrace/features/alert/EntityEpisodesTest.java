package io.millrace.features.alert;

import static io.millrace.features.alert.EpisodeRun.alertId;
import static io.millrace.features.alert.Suspicions.at;
import static io.millrace.features.alert.Suspicions.participant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.features.alert.Suspicion.Participant;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudAlert.Cause;
import io.millrace.features.event.FraudAlert.State;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an episode tells of its suspicions, and when. */
class EntityEpisodesTest {
  private final EpisodeRun run = new EpisodeRun();

  @Test
  void anEpisodeOpensTakesInMoreAndCloses() {
    run.add(at(10), at(15, participant("e15", "v2", "o2", 15)));
    assertThat(run.episodes.nextDue()).isEqualTo(10);
    assertThat(run.advance(9)).isEmpty();

    assertThat(run.advance(10))
        .singleElement()
        .isEqualTo(
            new FraudAlert(
                "33b5178e959e4e8c",
                State.OPEN,
                1,
                new Cause(Cause.Type.RULE, "r", 1),
                Suspicions.ENTITY,
                List.of("v1"),
                List.of("o1"),
                Severity.LOW,
                Action.MONITOR,
                null,
                null,
                null,
                at(10).reasons(),
                "e10",
                List.of("e10"),
                5,
                10,
                10,
                7,
                false,
                null));
    assertThat(run.advance(29)).isEmpty();
    assertThat(run.episodes.nextDue()).isEqualTo(30);
    assertThat(run.advance(30))
        .singleElement()
        .satisfies(
            update -> {
              assertThat(update.state()).isEqualTo(State.UPDATE);
              assertThat(update.revision()).isEqualTo(2);
              assertThat(update.visitorIds()).containsExactly("v1", "v2");
              assertThat(update.orderIds()).containsExactly("o1", "o2");
              assertThat(update.eventIds()).containsExactly("e10", "e15");
              assertThat(update.triggeringEventId()).isEqualTo("e15");
              assertThat(update.eventTime()).isEqualTo(15);
              assertThat(update.reasons()).isEqualTo(at(15).reasons());
            });
    assertThat(run.episodes.nextDue()).isEqualTo(115);
    assertThat(run.advance(114)).isEmpty();
    assertThat(run.advance(200))
        .singleElement()
        .satisfies(
            close -> {
              assertThat(close.state()).isEqualTo(State.CLOSE);
              assertThat(close.revision()).isEqualTo(3);
              assertThat(close.eventTime()).isEqualTo(115);
              assertThat(close.from()).isEqualTo(5);
              assertThat(close.to()).isEqualTo(15);
            });
    assertThat(run.episodes.isEmpty()).isTrue();
    assertThat(run.episodes.nextDue()).isEqualTo(Long.MAX_VALUE);
    assertThat(run.advance(Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void aSuspicionAtTheMomentOfQuietOpensTheNext() {
    run.add(at(0), at(99), at(199));
    List<FraudAlert> records = run.advance(1_000);
    assertThat(records)
        .extracting(FraudAlert::state, FraudAlert::eventTime, FraudAlert::revision)
        .containsExactly(
            tuple(State.OPEN, 0L, 1),
            tuple(State.CLOSE, 199L, 2),
            tuple(State.OPEN, 199L, 1),
            tuple(State.CLOSE, 299L, 2));
    assertThat(records.get(0).alertId()).isEqualTo(records.get(1).alertId());
    assertThat(records.get(2).alertId()).isEqualTo(alertId(at(199))).isNotEqualTo(alertId(at(0)));
  }

  @Test
  void aNewerVersionCarriesTheEpisodeOn() {
    Participant event = participant("e", "v1", "o1", 0);
    run.add(at(0), Suspicions.of("r", 2, false, 50, Severity.HIGH, Action.BLOCK, event));
    // Of an older rule, but a newer suspicion.
    run.add(Suspicions.of("r", 1, false, 60, Severity.CRITICAL, Action.MONITOR, event));
    List<FraudAlert> records = run.advance(1_000);
    assertThat(records)
        .extracting(FraudAlert::state, each -> each.cause().version(), FraudAlert::alertId)
        .containsExactly(
            tuple(State.OPEN, 1L, alertId(at(0))),
            tuple(State.UPDATE, 2L, alertId(at(0))),
            tuple(State.UPDATE, 1L, alertId(at(0))),
            tuple(State.CLOSE, 1L, alertId(at(0))));
    assertThat(records.get(3).severity()).isEqualTo(Severity.CRITICAL);
    assertThat(records.get(3).action()).isEqualTo(Action.BLOCK);
  }

  @Test
  void aRuleOnTrialHasEpisodesOfItsOwn() {
    Participant event = participant("e", "v1", "o1", 0);
    run.add(at(0), Suspicions.of("r", 2, true, 50, Severity.HIGH, Action.BLOCK, event));
    assertThat(run.advance(1_000))
        .extracting(FraudAlert::state, FraudAlert::shadow, FraudAlert::severity)
        .containsExactly(
            tuple(State.OPEN, false, Severity.LOW),
            tuple(State.OPEN, true, Severity.HIGH),
            tuple(State.CLOSE, false, Severity.LOW),
            tuple(State.CLOSE, true, Severity.HIGH));
  }

  @Test
  void manySuspicionsMakeItWorse() {
    for (int i = 0; i < 120; i++) {
      run.add(at(i));
    }
    assertThat(run.advance(119))
        .extracting(FraudAlert::state, FraudAlert::eventTime, FraudAlert::severity)
        .containsExactly(
            tuple(State.OPEN, 0L, Severity.LOW),
            tuple(State.UPDATE, 9L, Severity.MEDIUM),
            tuple(State.UPDATE, 99L, Severity.HIGH));
    run.add(Suspicions.of("r", 1, false, 120, Severity.HIGH, Action.MONITOR, at(120).trigger()));
    assertThat(run.advance(120))
        .extracting(FraudAlert::severity, FraudAlert::triggeringEventId)
        .containsExactly(tuple(Severity.CRITICAL, "e120"));
    run.add(
        Suspicions.of("r", 1, false, 121, Severity.CRITICAL, Action.MONITOR, at(121).trigger()));
    assertThat(run.advance(121)).isEmpty();
  }

  @Test
  void anActionThatBecomesStrongerIsToldAtOnce() {
    run.add(at(0));
    run.add(Suspicions.of("r", 1, false, 1, Severity.LOW, Action.BLOCK, at(1).trigger()));
    run.add(Suspicions.of("r", 1, false, 2, Severity.LOW, Action.REVIEW, at(2).trigger()));
    assertThat(run.advance(5))
        .extracting(FraudAlert::eventTime, FraudAlert::action)
        .containsExactly(tuple(0L, Action.MONITOR), tuple(1L, Action.BLOCK));
  }

  @Test
  void whoJoinsIsToldOnceAnInterval() {
    run.add(at(0));
    for (int i = 8; i < 50; i += 8) {
      run.add(at(i, participant("e" + i, "v" + i, "o" + i, i)));
    }
    assertThat(run.advance(99))
        .extracting(FraudAlert::revision, FraudAlert::eventTime, each -> each.visitorIds().size())
        .containsExactly(tuple(1, 0L, 1), tuple(2, 16L, 3), tuple(3, 32L, 5), tuple(4, 48L, 7));
    // Nobody new, then somebody, long after the last revision.
    run.add(at(110, participant("e110", "v8", "o8", 110)));
    assertThat(run.advance(110)).isEmpty();
    run.add(at(111, participant("e111", "v8", "o99", 111)));
    assertThat(run.advance(111))
        .extracting(FraudAlert::revision, FraudAlert::eventTime)
        .containsExactly(tuple(5, 111L));
  }

  @Test
  void updatesWithoutAnIntervalComeAtOnce() {
    EntityEpisodes eager =
        new EntityEpisodes(new EpisodeSettings(Duration.ofMillis(100), Duration.ZERO));
    eager.add(at(0));
    eager.add(at(1, participant("e1", "v2", "o2", 1)));
    List<FraudAlert> records = new ArrayList<>();
    eager.advance(50, run.snoozes, 0, records::add);
    assertThat(records).extracting(FraudAlert::eventTime).containsExactly(0L, 1L);
  }

  @Test
  void dueAtOneTimeComesInTheOrderOfTheCauses() {
    run.add(ofRule("b", 0), ofRule("c", 0), ofRule("a", 0), Suspicions.scored(0, .5));
    assertThat(run.advance(0))
        .extracting(each -> each.cause().id())
        .containsExactly("a", "b", "c", "m");
    assertThat(run.advance(500))
        .extracting(each -> each.cause().id())
        .containsExactly("a", "b", "c", "m");
  }

  private static Suspicion ofRule(String rule, long time) {
    return Suspicions.of(rule, 1, false, time, Severity.LOW, Action.MONITOR, at(time).trigger());
  }
}
