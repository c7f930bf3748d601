package io.millrace.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchLogisticTest {
  private static final int ROWS = 20_000;

  private final Random random = new Random(11);
  private final double[][] rows = new double[ROWS][];
  private final boolean[] labels = new boolean[ROWS];

  /** Numbers of very different sizes, of which the last says nothing. */
  private double drawRows() {
    int positive = 0;
    for (int i = 0; i < ROWS; i++) {
      double one = random.nextGaussian();
      double other = random.nextGaussian();
      rows[i] = new double[] {1_000 + 50 * one, other / 100, 3};
      labels[i] = random.nextDouble() < truth(one, other);
      positive += labels[i] ? 1 : 0;
    }
    return (double) positive / ROWS;
  }

  private static double truth(double one, double other) {
    return 1 / (1 + Math.exp(-(-1 + 2 * one - other)));
  }

  @Test
  void findsTheProbabilitiesThatLabelsWereDrawnWith() {
    drawRows();
    BatchLogistic model = BatchLogistic.learn(rows, labels);
    for (double one = -2; one <= 2; one++) {
      for (double other = -2; other <= 2; other++) {
        double[] row = {1_000 + 50 * one, other / 100, 3};
        assertThat(model.probability(row)).isCloseTo(truth(one, other), within(.04));
      }
    }
  }

  @Test
  void itsProbabilitiesAddUpToTheLabels() {
    double share = drawRows();
    BatchLogistic model = BatchLogistic.learn(rows, labels);
    double sum = 0;
    for (double[] row : rows) {
      sum += model.probability(row);
    }
    assertThat(sum / ROWS).isCloseTo(share, within(1e-9));
  }

  @Test
  void thePenaltyKeepsWeightsFiniteWhereLabelsAreSeparated() {
    double[][] apart = {{0}, {1}, {10}, {11}};
    BatchLogistic model = BatchLogistic.learn(apart, new boolean[] {false, false, true, true});
    assertThat(model.probability(apart[0])).isBetween(.01, .4);
    assertThat(model.probability(apart[3])).isBetween(.6, .99);
  }
}
