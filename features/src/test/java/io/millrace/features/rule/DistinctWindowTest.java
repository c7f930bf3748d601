package io.millrace.features.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.event.FraudRule.Function;
import io.millrace.features.rule.NaiveWindow.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DistinctWindowTest {
  private static final long SEED = 1_024;
  private static final long WINDOW = 600_000;

  @Test
  void isWhatALookAtTheEventsSays() {
    Random random = new Random(SEED);
    for (int run = 0; run < 30; run++) {
      DistinctWindow window = new DistinctWindow(WINDOW);
      List<Counted> events = new ArrayList<>();
      long time = random.nextInt(1_000_000) - 500_000;
      for (int i = 0; i < 400; i++) {
        time += random.nextInt(4) == 0 ? random.nextInt(300_000) : random.nextInt(3_000);
        long value = random.nextInt(30) - 15;
        events.add(new Counted(time, value));
        window.add(time, value);
        window = DistinctWindow.ofBytes(window.toBytes(), WINDOW);

        assertThat(window.approximate()).isFalse();
        assertThat((double) window.result())
            .as("seed %d, run %d, event %d", SEED, run, i)
            .isEqualTo(NaiveWindow.value(Function.DISTINCT, events, WINDOW));
      }
    }
  }

  @Test
  void countsNoFurtherThanItsBoundAndSaysSo() {
    Random random = new Random(SEED);
    DistinctWindow window = new DistinctWindow(WINDOW);
    for (int i = 0; i < 1_024; i++) {
      window.add(i, random.nextLong());
    }
    assertThat(window.approximate()).isFalse();
    window.add(2_000, random.nextLong());
    assertThat(window.result()).isEqualTo(1_024);
    assertThat(window.approximate()).isTrue();
    assertThat(window.toBytes().length).isLessThan(DistinctWindow.MAX_BYTES);

    window = DistinctWindow.ofBytes(window.toBytes(), WINDOW);
    window.add(WINDOW - 1, 7);
    assertThat(window.approximate()).as("what was given up is in the window").isTrue();
    window.add(WINDOW + 1, 7);
    assertThat(window.approximate()).as("it left").isFalse();
  }

  @Test
  void countsTheValuesSeenAfterItsBegin() {
    DistinctWindow window = new DistinctWindow(WINDOW);
    window.add(0, 1);
    window.add(WINDOW - 1, 2);
    assertThat(window.result()).isEqualTo(2);
    window.add(WINDOW, 2);
    assertThat(window.result()).isEqualTo(1);
  }

  @Test
  void refusesAnEventOutOfOrder() {
    DistinctWindow window = new DistinctWindow(WINDOW);
    window.add(10, 1);
    assertThatThrownBy(() -> window.add(9, 1)).hasMessageContaining("give settled events in order");
  }
}
