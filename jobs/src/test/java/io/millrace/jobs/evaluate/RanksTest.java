package io.millrace.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RanksTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void equalsTheDefinitionsOverAnySplit(long seed) {
    Random random = new Random(seed);
    Ranks[] parts = {new Ranks(), new Ranks(), new Ranks()};
    int predictions = 1_000;
    int hits = 0;
    double reciprocals = 0;
    for (int i = 0; i < predictions; i++) {
      int rank = random.nextInt(30);
      parts[random.nextInt(parts.length)].add(rank);
      if (rank >= 1 && rank <= 20) {
        hits++;
        reciprocals += 1.0 / rank;
      }
    }
    Ranks all = parts[0].clone();
    all.merge(parts[1]);
    all.merge(parts[2]);
    assertThat(all.total()).isEqualTo(predictions);
    assertThat(all.hitRate()).isEqualTo((double) hits / predictions);
    assertThat(all.meanReciprocalRank()).isCloseTo(reciprocals / predictions, within(1e-12));
  }
}
