package io.millrace.features.alert;

import static io.millrace.features.alert.Suspicions.at;
import static io.millrace.features.alert.Suspicions.participant;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.alert.Suspicion.Participant;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudAlert.State;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ForgottenParticipantsTest {
  private final EpisodeRun run = new EpisodeRun();

  @Test
  void anEpisodeOfWhichAllAreErasedNamesNobodyAndCloses() {
    Participant other = participant("e5", "v2", "o2", 5);
    run.add(at(0, participant("e0", "v1", "o1", 0)), at(5, other), at(9, at(9).trigger()));
    run.advance(10);
    run.episodes.forget(each -> each.visitorId().equals("v1"));
    run.snoozes.put(Suspicions.snooze("s", null));
    assertThat(run.advance(10))
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left.visitorIds()).containsExactly("v2");
              assertThat(left.orderIds()).containsExactly("o2");
              assertThat(left.eventIds()).containsExactly("e5");
              assertThat(left.triggeringEventId()).isEqualTo("e5");
            });
    run.episodes.forget(each -> true);
    assertThat(new String(run.episodes.toBytes(), StandardCharsets.ISO_8859_1))
        .doesNotContain("v1", "v2", "o1", "o2", "e0", "e5", "e9");
    assertThat(run.episodes.isEmpty()).isFalse();
    assertThat(run.advance(1_000))
        .singleElement()
        .satisfies(
            close -> {
              assertThat(close.state()).isEqualTo(State.CLOSE);
              assertThat(close.eventTime()).isEqualTo(109);
              assertThat(close.visitorIds()).isEmpty();
              assertThat(close.orderIds()).isEmpty();
              assertThat(close.eventIds()).isEmpty();
              assertThat(close.triggeringEventId()).isNull();
            });
  }

  @Test
  void aSuspicionThatWaitsGoesWithTheLastOfThoseWhoTookPart() {
    Participant other = participant("e8", "v2", "o2", 8);
    run.add(at(10, other, at(10).trigger()), at(20));
    run.episodes.forget(each -> each.visitorId().equals("v1"));
    assertThat(run.advance(50))
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left.eventTime()).isEqualTo(10);
              assertThat(left.triggeringEventId()).isEqualTo("e8");
              assertThat(left.visitorIds()).containsExactly("v2");
            });
    assertThat(run.advance(110)).extracting(FraudAlert::state).containsExactly(State.CLOSE);
    run.add(at(200));
    run.episodes.forget(each -> true);
    assertThat(run.episodes.isEmpty()).isTrue();
  }

  @Test
  void whatItIsBecauseOfStaysWhenOthersAreErased() {
    // The one it is because of is not the newest by its id.
    run.add(at(10, participant("e2", "v1", "o1", 10), participant("e1", "v2", "o2", 10)));
    run.advance(10);
    run.episodes.forget(each -> each.visitorId().equals("v3"));
    assertThat(run.advance(500)).extracting(FraudAlert::triggeringEventId).containsExactly("e1");
  }
}
