package io.millrace.features.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.decision.Band;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import org.junit.jupiter.api.Test;

class RiskPolicyTest {
  private static final RiskPolicy POLICY = new RiskPolicy(.1, .5, .9, 5);

  @Test
  void bandsBeginAtTheirProbability() {
    assertThat(POLICY.band(.0999)).isEqualTo(Band.LOW);
    assertThat(POLICY.band(.1)).isEqualTo(Band.MEDIUM);
    assertThat(POLICY.band(.4999)).isEqualTo(Band.MEDIUM);
    assertThat(POLICY.band(.5)).isEqualTo(Band.HIGH);
    assertThat(POLICY.severity(.05)).isEqualTo(Severity.LOW);
    assertThat(POLICY.severity(.1)).isEqualTo(Severity.MEDIUM);
    assertThat(POLICY.severity(.5)).isEqualTo(Severity.HIGH);
    assertThat(POLICY.severity(.9)).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void asksForWhatIsWorthIt() {
    assertThat(POLICY.action(.01, 5)).isEqualTo(Action.MONITOR);
    assertThat(POLICY.action(.01, 5.01)).isEqualTo(Action.REVIEW);
    assertThat(POLICY.action(.9, 0)).isEqualTo(Action.BLOCK);
    assertThat(POLICY.action(.8999, 0)).isEqualTo(Action.MONITOR);
    assertThat(POLICY.isWorthReview(.49, Double.NaN)).isFalse();
    assertThat(POLICY.isWorthReview(.5, Double.NaN)).isTrue();
  }

  @Test
  void refusesBandsThatDoNotRise() {
    assertThatThrownBy(() -> new RiskPolicy(.6, .5, .9, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.6")
        .hasMessageContaining("set shares that rise");
    assertThatThrownBy(() -> new RiskPolicy(0, .5, .9, 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RiskPolicy(.1, .5, 1.1, 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RiskPolicy(.1, .5, .9, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("review cost");
  }
}
