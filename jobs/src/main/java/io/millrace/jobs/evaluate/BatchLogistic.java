package io.millrace.jobs.evaluate;

/**
 * Logistic regression as it is taught: numbers standardised by the mean and the deviation of what
 * is learned from, a squared penalty on all weights but the bias, and Newton's method. For an
 * evaluation to stand beside.
 */
final class BatchLogistic {
  private static final double PENALTY = 1;
  private static final int STEPS = 50;
  private static final double ENOUGH = 1e-9;

  private final double[] means;
  private final double[] deviations;
  private final double[] weights;

  private BatchLogistic(double[] means, double[] deviations) {
    this.means = means;
    this.deviations = deviations;
    weights = new double[means.length + 1];
  }

  /**
   * Learns from rows of equally many numbers.
   *
   * @param labels of the rows
   */
  static BatchLogistic learn(double[][] rows, boolean[] labels) {
    int columns = rows[0].length;
    double[] means = new double[columns];
    double[] deviations = new double[columns];
    for (int j = 0; j < columns; j++) {
      for (double[] row : rows) {
        means[j] += row[j] / rows.length;
      }
      for (double[] row : rows) {
        deviations[j] += (row[j] - means[j]) * (row[j] - means[j]) / rows.length;
      }
      deviations[j] = deviations[j] > 0 ? Math.sqrt(deviations[j]) : 1;
    }
    BatchLogistic learned = new BatchLogistic(means, deviations);
    double[][] inputs = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      inputs[i] = learned.input(rows[i]);
    }
    double moved = Double.MAX_VALUE;
    for (int step = 0; step < STEPS && moved > ENOUGH; step++) {
      moved = learned.step(inputs, labels);
    }
    return learned;
  }

  /** One and the standardised numbers. */
  private double[] input(double[] row) {
    double[] input = new double[row.length + 1];
    input[0] = 1;
    for (int j = 0; j < row.length; j++) {
      input[j + 1] = (row[j] - means[j]) / deviations[j];
    }
    return input;
  }

  private double step(double[][] inputs, boolean[] labels) {
    int size = weights.length;
    double[] gradient = new double[size];
    double[][] curvature = new double[size][size];
    for (int j = 1; j < size; j++) {
      gradient[j] = -PENALTY * weights[j];
      curvature[j][j] = PENALTY;
    }
    for (int i = 0; i < inputs.length; i++) {
      double[] input = inputs[i];
      double probability = ofInput(input);
      double spread = probability * (1 - probability);
      for (int j = 0; j < size; j++) {
        gradient[j] += ((labels[i] ? 1 : 0) - probability) * input[j];
        for (int k = 0; k < size; k++) {
          curvature[j][k] += spread * input[j] * input[k];
        }
      }
    }
    double[] change = solve(curvature, gradient);
    double moved = 0;
    for (int j = 0; j < size; j++) {
      weights[j] += change[j];
      moved = Math.max(moved, Math.abs(change[j]));
    }
    return moved;
  }

  /** The matrix is positive definite, so that no pivot need be looked for. */
  private static double[] solve(double[][] matrix, double[] right) {
    int size = right.length;
    for (int p = 0; p < size; p++) {
      for (int row = p + 1; row < size; row++) {
        double factor = matrix[row][p] / matrix[p][p];
        for (int k = p; k < size; k++) {
          matrix[row][k] -= factor * matrix[p][k];
        }
        right[row] -= factor * right[p];
      }
    }
    double[] solution = new double[size];
    for (int row = size - 1; row >= 0; row--) {
      double rest = right[row];
      for (int k = row + 1; k < size; k++) {
        rest -= matrix[row][k] * solution[k];
      }
      solution[row] = rest / matrix[row][row];
    }
    return solution;
  }

  /** How likely the label is true of a row. */
  double probability(double[] row) {
    return ofInput(input(row));
  }

  private double ofInput(double[] input) {
    double sum = 0;
    for (int j = 0; j < input.length; j++) {
      sum += weights[j] * input[j];
    }
    return 1 / (1 + Math.exp(-sum));
  }
}
