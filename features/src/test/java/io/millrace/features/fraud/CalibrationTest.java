package io.millrace.features.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final double[] EDGES = {
    0, .001, .002, .005, .01, .02, .05, .1, .2, .3, .5, .7, .9, 1.1
  };

  private record Scored(double probability, boolean fraud) {}

  /** Each bin a third too sure. */
  private static List<Scored> scored() {
    Random random = new Random(1);
    List<Scored> scored = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      double probability = Math.pow(random.nextDouble(), 4);
      scored.add(new Scored(probability, random.nextDouble() < probability * 2 / 3));
    }
    return scored;
  }

  private static Calibration of(List<Scored> all) {
    Calibration calibration = new Calibration();
    all.forEach(each -> calibration.add(each.probability(), each.fraud()));
    return calibration;
  }

  @Test
  void equalsTheDefinitions() {
    List<Scored> all = scored();
    Calibration calibration = of(all);
    double error = 0;
    assertThat(Calibration.bins()).isEqualTo(EDGES.length - 1);
    for (int i = 0; i + 1 < EDGES.length; i++) {
      int bin = i;
      List<Scored> within =
          all.stream()
              .filter(each -> each.probability() >= EDGES[bin])
              .filter(each -> each.probability() < EDGES[bin + 1])
              .toList();
      double observed = within.stream().filter(Scored::fraud).count();
      double expected = within.stream().mapToDouble(Scored::probability).sum();
      assertThat(calibration.bin(bin).payments()).isEqualTo(within.size()).isPositive();
      assertThat(calibration.bin(bin).frauds()).isEqualTo((long) observed);
      assertThat(calibration.bin(bin).expected()).isCloseTo(expected, within(1e-4));
      error +=
          Math.abs(observed / within.size() - expected / within.size())
              * within.size()
              / all.size();
    }
    assertThat(calibration.expectedError()).isCloseTo(error, within(1e-7));
    assertThat(calibration.observedOverExpected()).isBetween(.62, .71);
    assertThat(calibration.payments()).isEqualTo(20_000);
  }

  @Test
  void neitherOrderNorPartsChangeABit() {
    List<Scored> all = scored();
    Calibration whole = of(all);
    Collections.shuffle(all, new Random(2));
    Calibration parts = of(all.subList(0, 7_000));
    parts.add(Calibration.ofBytes(of(all.subList(7_000, 20_000)).toBytes()));

    assertThat(parts.toBytes()).isEqualTo(whole.toBytes());
    assertThat(parts.expectedError()).isEqualTo(whole.expectedError());
    assertThat(parts.observedOverExpected()).isEqualTo(whole.observedOverExpected());
  }

  @Test
  void aCorrectedLabelCountsAsIfItHadAlwaysBeenThat() {
    List<Scored> all = scored();
    Calibration corrected = new Calibration();
    all.forEach(each -> corrected.add(each.probability(), !each.fraud()));
    all.forEach(each -> corrected.correct(each.probability(), each.fraud()));

    assertThat(corrected.toBytes()).isEqualTo(of(all).toBytes());
  }

  @Test
  void nothingIsCountedOfWhatIsNoProbability() {
    Calibration calibration = new Calibration();
    for (double each : new double[] {-.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> calibration.add(each, true))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(each));
    }
    assertThat(calibration.payments()).isZero();
    assertThat(calibration.expectedError()).isNaN();
    assertThat(calibration.observedOverExpected()).isNaN();
    calibration.add(1, true);
    calibration.add(0, false);
    assertThat(calibration.expectedError()).isZero();
    assertThat(calibration.observedOverExpected()).isEqualTo(1);
  }
}
