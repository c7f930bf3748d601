package io.millrace.operators.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.Band;
import io.millrace.features.decision.Version;
import io.millrace.features.decision.VisitorRisk;
import io.millrace.features.event.FraudRule.Severity;
import io.millrace.features.fraud.RiskPolicy;
import io.millrace.operators.fraud.RiskNews.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VisitorRiskStateTest {
  private static final long ALERTS_FOR = 1_000;

  private final VisitorRiskState.Codec codec = new VisitorRiskState.Codec();

  private static RiskNews score(long time, long tie, double score) {
    return new RiskNews(Kind.SCORE, "v", time, tie, score, "", null);
  }

  private static RiskNews open(String alert, long time, Severity severity) {
    return new RiskNews(Kind.ALERT_OPEN, "v", time, 0, 0, alert, severity);
  }

  private static VisitorRiskState of(List<RiskNews> news) {
    VisitorRiskState state = new VisitorRiskState();
    news.forEach(each -> state.take(each, ALERTS_FOR));
    return state;
  }

  private static VisitorRisk risk(VisitorRiskState state) {
    return state.risk("v", RiskPolicy.DEFAULT, 1);
  }

  @Test
  void tellsTheNewestScoreAndTheWorstOfItAndTheAlerts() {
    VisitorRiskState state =
        of(List.of(score(20, 1, .2), score(10, 9, .9), open("a", 15, Severity.LOW)));
    assertThat(risk(state).score()).isEqualTo(.2);
    assertThat(risk(state).band()).isEqualTo(Band.MEDIUM);
    assertThat(risk(state).openAlerts()).containsExactly("a");
    assertThat(risk(state).version()).isEqualTo(Version.of(1, 20));
    state.take(open("b", 16, Severity.HIGH), ALERTS_FOR);
    assertThat(risk(state).band()).isEqualTo(Band.HIGH);
    assertThat(risk(codec.decode(codec.encode(state)))).isEqualTo(risk(state));
    state.take(new RiskNews(Kind.ALERT_CLOSED, "v", 30, 0, 0, "b", Severity.HIGH), ALERTS_FOR);
    assertThat(risk(state).openAlerts()).containsExactly("a");
    // What happens to an alert is none of the visitor's own events.
    assertThat(risk(state).version()).isEqualTo(Version.of(1, 20));
  }

  @Test
  void isTheSameInWhateverOrderItIsTold() {
    Random random = new Random(3);
    List<RiskNews> news = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      news.add(score(1 + random.nextInt(5_000), i, random.nextDouble()));
      news.add(open("a" + i, 1 + random.nextInt(5_000), Severity.MEDIUM));
    }
    VisitorRisk expected = risk(of(news));
    assertThat(expected.openAlerts()).isNotEmpty().hasSizeLessThan(30);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(news, random);
      assertThat(risk(of(news))).isEqualTo(expected);
    }
  }

  @Test
  void forgetsWhatWasUpToATime() {
    VisitorRiskState state =
        of(List.of(score(10, 1, .9), open("a", 10, Severity.LOW), open("b", 30, Severity.LOW)));
    state.forget(20);
    assertThat(risk(state).score()).isNull();
    assertThat(risk(state).openAlerts()).containsExactly("b");
    assertThat(risk(state).version()).isEqualTo(Version.of(1, 30));
    state.forget(30);
    assertThat(state.isEmpty()).isTrue();
    assertThat(codec.encode(state)).isNull();
  }

  @Test
  void boundsTheAlerts() {
    VisitorRiskState state = new VisitorRiskState();
    for (int i = 0; i < 500; i++) {
      state.take(open(String.format("a%03d", 499 - i), 10, Severity.LOW), ALERTS_FOR);
    }
    assertThat(risk(state).openAlerts()).hasSize(50).contains("a000").doesNotContain("a050");
  }
}
