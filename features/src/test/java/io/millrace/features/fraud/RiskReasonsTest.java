package io.millrace.features.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.features.event.RiskReason;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RiskReasonsTest {
  private static final FraudDeclaration SHOPS = FraudDeclarations.shops();

  private static double[] random(Random random) {
    double[] signals = SHOPS.observation();
    for (int i = 0; i < signals.length; i++) {
      signals[i] = random.nextInt(3) == 0 ? Double.NaN : Math.exp(random.nextDouble() * 8);
    }
    return signals;
  }

  @Test
  void addUpToTheLogOddsTheLargestFirst() {
    Random random = new Random(5);
    FtrlLearner learner = new FtrlLearner(SHOPS, FtrlSettings.DEFAULT);
    for (int i = 0; i < 500; i++) {
      double[] signals = random(random);
      boolean fraud = signals[SHOPS.place("amount")] > 300;
      learner.learn(new Lesson(i, i, SHOPS.indices(signals), fraud, false));
    }
    FraudModel model = learner.publish();
    for (int i = 0; i < 100; i++) {
      double[] signals = random(random);
      int[] active = SHOPS.indices(signals);
      List<RiskReason> reasons = RiskReasons.of(model, SHOPS, signals, active);
      assertThat(reasons.stream().mapToDouble(RiskReason::contribution).sum())
          .isCloseTo(model.logOdds(active), within(1e-9));
      List<RiskReason> features = reasons.subList(0, reasons.size() - 1);
      assertThat(features)
          .hasSize(SHOPS.features().size())
          .isSortedAccordingTo(
              (one, other) ->
                  Double.compare(Math.abs(other.contribution()), Math.abs(one.contribution())));
      assertThat(reasons.get(features.size()).code()).isEqualTo(RiskReasons.BASELINE);
      RiskReason amount =
          features.stream().filter(each -> each.code().equals("amount")).findFirst().orElseThrow();
      double value = signals[SHOPS.place("amount")];
      assertThat(amount.value()).isEqualTo(Double.isNaN(value) ? null : (Double) value);
      assertThat(amount.feature()).startsWith("amount ");
    }
  }
}
