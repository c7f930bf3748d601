package io.millrace.features.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditSampleTest {
  private static final int ORDERS = 200_000;

  private static List<String> taken(double share) {
    return IntStream.range(0, ORDERS)
        .mapToObj(i -> "order-" + i)
        .filter(order -> AuditSample.takes(order, share))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(doubles = {.001, .01, .1, .5, .9})
  void takesTheShare(double share) {
    // Five deviations of a binomial draw.
    double bound = 5 * Math.sqrt(ORDERS * share * (1 - share));
    assertThat((double) taken(share).size()).isCloseTo(ORDERS * share, within(bound));
  }

  @Test
  void takesNoneAndAll() {
    assertThat(taken(0)).isEmpty();
    assertThat(taken(1)).hasSize(ORDERS);
  }

  @Test
  void aGreaterShareTakesThoseOfASmallerOne() {
    assertThat(taken(.02)).containsAll(taken(.01));
  }

  @Test
  void takesTheSameInEveryRelease() {
    assertThat(taken(.0001).subList(0, 3))
        .containsExactly("order-10163", "order-19536", "order-61574");
  }

  @Test
  void refusesWhatIsNoShare() {
    for (double share : new double[] {-.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> AuditSample.takes("o1", share))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(share));
    }
  }
}
