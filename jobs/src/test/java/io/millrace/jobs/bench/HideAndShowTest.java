package io.millrace.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HideAndShowTest {
  @ParameterizedTest
  @CsvSource({"40000, 400000", "100000, 1000000", "1000, 301", "10, 100"})
  void hidesAndShowsByTurnsAndLeavesNothingHidden(int items, int most) {
    HideAndShow updates = new HideAndShow(items, most);
    Set<Integer> hidden = new HashSet<>();
    Map<Integer, Integer> times = new HashMap<>();
    int[] said = {0, 0};
    updates.forEach(
        (item, hide) -> {
          assertThat(item).isBetween(0, items - 1);
          assertThat(hide ? hidden.add(item) : hidden.remove(item)).isTrue();
          times.merge(item, 1, Integer::sum);
          said[0]++;
          said[1] = Math.max(said[1], hidden.size());
        });
    assertThat(hidden).isEmpty();
    assertThat(said[0]).isEqualTo(updates.size()).isBetween(most - 1, most);
    assertThat(said[1]).isLessThanOrEqualTo(Math.min(1_000, items / 10));
    // All over the catalogue: no item is said twice before all others were said once.
    assertThat(times).hasSize(Math.min(items, updates.size() / 2));
  }
}
