package io.millrace.features.alert;

import static io.millrace.features.alert.EpisodeRun.SETTINGS;
import static io.millrace.features.alert.Suspicions.at;
import static io.millrace.features.alert.Suspicions.participant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.alert.Suspicion.Participant;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How large it may become, and what it is restored from. */
class EpisodeStateTest {
  private final EpisodeRun run = new EpisodeRun();

  @Test
  void whatWaitsIsBounded() {
    IntStream.range(0, EntityEpisodes.MAX_WAITING).forEach(i -> run.add(at(i)));
    assertThat(run.episodes.add(at(0))).isFalse();
    assertThat(run.episodes.refused()).isZero();
    assertThat(run.episodes.add(at(2_000))).isFalse();
    assertThat(run.episodes.add(at(-1))).isFalse();
    assertThat(run.episodes.refused()).isEqualTo(2);
    run.advance(0);
    assertThat(run.episodes.add(at(2_000))).isTrue();
    assertThat(run.episodes.refused()).isEqualTo(2);
  }

  @Test
  void whatIsOpenIsBounded() {
    for (int i = 0; i < EntityEpisodes.MAX_OPEN; i++) {
      run.add(ofRule("r%03d".formatted(i), 0));
    }
    run.add(ofRule("s", 1), ofRule("r007", 50));
    assertThat(run.advance(60)).hasSize(EntityEpisodes.MAX_OPEN).noneMatch(this::isOfS);
    assertThat(run.episodes.refused()).isOne();
    assertThat(run.advance(149)).hasSize(EntityEpisodes.MAX_OPEN - 1);
    run.add(ofRule("s", 149));
    assertThat(run.advance(149)).hasSize(1).allMatch(this::isOfS);
  }

  private boolean isOfS(FraudAlert alert) {
    return alert.cause().id().equals("s");
  }

  private static Suspicion ofRule(String rule, long time) {
    return Suspicions.of(rule, 1, false, time, Severity.LOW, Action.MONITOR, at(time).trigger());
  }

  @Test
  void suspicionsThatNameTheSameEventsAreSmall() {
    Participant[] window = new Participant[FraudAlert.MAX_EVENTS];
    for (int i = 0; i < 1_000; i++) {
      for (int j = 0; j < window.length; j++) {
        int event = i + j;
        window[j] =
            participant("event-%06d".formatted(event), "visitor-0001", "order-00001", event);
      }
      run.add(at(i + window.length, window));
    }
    // 20 events of 12 bytes an id would be 800 bytes each.
    assertThat(run.episodes.toBytes().length).isLessThan(1_000 * 200);
  }

  @Test
  void refusesAStateOfALaterRelease() {
    byte[] state = run.episodes.toBytes();
    state[0] = 99;
    assertThatThrownBy(() -> EntityEpisodes.ofBytes(state, SETTINGS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("99");
  }
}
