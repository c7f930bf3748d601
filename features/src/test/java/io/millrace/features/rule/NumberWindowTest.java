package io.millrace.features.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.event.FraudRule.Function;
import io.millrace.features.rule.NaiveWindow.Counted;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberWindowTest {
  private static final long SEED = 512;
  private static final long WINDOW = 600_000;
  private static final EnumSet<Function> NUMBERS =
      EnumSet.complementOf(EnumSet.of(Function.DISTINCT));

  @Test
  void isWhatALookAtTheEventsSays() {
    Random random = new Random(SEED);
    for (int run = 0; run < 30; run++) {
      NumberWindow window = new NumberWindow(WINDOW);
      List<Counted> events = new ArrayList<>();
      long time = random.nextInt(1_000_000) - 500_000;
      for (int i = 0; i < 400; i++) {
        time += random.nextInt(4) == 0 ? random.nextInt(300_000) : random.nextInt(3_000);
        double value = random.nextInt(1_000) / 10.0;
        events.add(new Counted(time, value));
        window.add(time, value);
        window = NumberWindow.ofBytes(window.toBytes(), WINDOW);

        assertThat(window.approximate()).isFalse();
        for (Function function : NUMBERS) {
          assertThat(window.result(function))
              .as("seed %d, run %d, event %d: %s", SEED, run, i, function)
              .isEqualTo(NaiveWindow.value(function, events, WINDOW));
        }
      }
    }
  }

  @Test
  void countsTheEventsAfterItsBegin() {
    NumberWindow window = new NumberWindow(WINDOW);
    window.add(0, 1);
    window.add(WINDOW - 1, 1);
    assertThat(window.result(Function.COUNT)).isEqualTo(2);
    window.add(WINDOW, 1);
    assertThat(window.result(Function.COUNT)).isEqualTo(2);
  }

  /** Behind the version, a state value says how many entries it has. */
  private static int entries(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    in.readByte();
    return in.readVarInt();
  }

  /** With more events than are kept, a value is that of a window a little longer at most. */
  @Test
  void beyondItsEntriesIsOffByAPartOfTheWindow() {
    Random random = new Random(SEED);
    NumberWindow window = new NumberWindow(WINDOW);
    List<Counted> events = new ArrayList<>();
    long part = WINDOW / NumberWindow.SLOTS + 1;
    long time = 0;
    int approximate = 0;
    int exact = 0;
    for (int i = 0; i < 6_000; i++) {
      time += random.nextInt(i % 3_000 < 100 ? 20_000 : 600);
      double value = random.nextInt(1_000);
      events.add(new Counted(time, value));
      window.add(time, value);
      byte[] bytes = window.toBytes();
      assertThat(bytes.length).isLessThan(NumberWindow.MAX_BYTES);
      assertThat(entries(bytes)).isLessThanOrEqualTo(NumberWindow.MAX_ENTRIES);
      window = NumberWindow.ofBytes(bytes, WINDOW);
      assertThat(window.toBytes()).isEqualTo(bytes);

      double least = NaiveWindow.value(Function.COUNT, events, WINDOW);
      double most = NaiveWindow.value(Function.COUNT, events, WINDOW + part);
      double count = window.result(Function.COUNT);
      if (window.approximate()) {
        assertThat(count).isBetween(least, most);
        approximate++;
      } else {
        assertThat(count).isEqualTo(least);
        for (Function function : NUMBERS) {
          assertThat(window.result(function))
              .isCloseTo(NaiveWindow.value(function, events, WINDOW), within(1e-6));
        }
        exact++;
      }
    }
    assertThat(approximate).isGreaterThan(1_000);
    assertThat(exact).isGreaterThan(500);
  }

  @Test
  void joinsDeviationsOfEntries() {
    NumberWindow window = new NumberWindow(WINDOW);
    List<Counted> events = new ArrayList<>();
    Random random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      double value = 1e6 + random.nextInt(100);
      events.add(new Counted(i, value));
      window.add(i, value);
    }
    assertThat(window.approximate()).isFalse();
    assertThat(window.result(Function.STDDEV))
        .isCloseTo(NaiveWindow.value(Function.STDDEV, events, WINDOW), within(1e-6));
    assertThat(window.result(Function.MAX)).isEqualTo(1_000_099);
    assertThat(window.result(Function.MIN)).isEqualTo(1_000_000);
  }

  @Test
  void refusesAnEventOutOfOrder() {
    NumberWindow window = new NumberWindow(WINDOW);
    window.add(10, 1);
    assertThatThrownBy(() -> window.add(9, 1)).hasMessageContaining("give settled events in order");
  }

  @Test
  void refusesBytesOfALaterRelease() {
    assertThatThrownBy(() -> NumberWindow.ofBytes(new byte[] {9}, WINDOW))
        .isInstanceOf(IllegalStateException.class);
  }
}
