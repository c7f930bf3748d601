package io.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogTableTest {
  private static final long SEED = 42;

  @Test
  void isTheLogarithm() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      float value = (float) Math.exp(random.nextDouble() * 60 - 30);
      assertThat((double) LogTable.log(value))
          .as("log of %s", value)
          .isCloseTo(Math.log(value), within(.0011));
    }
    assertThat(LogTable.log(1)).isZero();
    assertThat((double) LogTable.log(8)).isCloseTo(Math.log(8), within(1e-6));
  }

  @Test
  void growsWithItsArgument() {
    float before = LogTable.log(.0001f);
    for (float value = .0001f; value < 2; value *= 1.00005f) {
      assertThat(LogTable.log(value)).isGreaterThanOrEqualTo(before);
      before = LogTable.log(value);
    }
  }
}
