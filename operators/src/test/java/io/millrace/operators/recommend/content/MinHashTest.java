package io.millrace.operators.recommend.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.content.ContentSettings;
import io.millrace.features.content.ContentSignature;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MinHashTest {
  private static final long SEED = 11;

  @Test
  void estimatesTheJaccardSimilarityOfRandomSets() {
    ContentSettings settings = new ContentSettings(24, 2, 0, 50);
    MinHash minHash = new MinHash(settings);
    Random random = new Random(SEED);
    int pairs = 2_000;
    double bias = 0;
    double squares = 0;
    for (int n = 0; n < pairs; n++) {
      Set<String> one = new HashSet<>();
      Set<String> other = new HashSet<>();
      double overlap = random.nextDouble();
      for (int size = 3 + random.nextInt(60); one.size() < size; ) {
        String token = "word:" + random.nextInt(1_000_000);
        one.add(token);
        other.add(random.nextDouble() < overlap ? token : "word:" + random.nextInt(1_000_000));
      }
      double exact = jaccard(one, other);
      double estimate =
          (double)
                  ContentSignature.similarity(
                      minHash.sign(one).hashes(), minHash.sign(other).hashes())
              / ContentSettings.SIMILARITY_PARTS;
      double deviation = Math.sqrt(Math.max(exact * (1 - exact), 0.01) / settings.hashes());
      assertThat(estimate)
          .as("pair %d of seed %d: %s", n, SEED, exact)
          .isBetween(exact - 5 * deviation, exact + 5 * deviation);
      bias += (estimate - exact) / deviation;
      squares += Math.pow((estimate - exact) / deviation, 2);
    }
    // The mean of so many standardised errors, and of their squares.
    assertThat(bias / pairs).as("seed %d", SEED).isBetween(-0.1, 0.1);
    assertThat(squares / pairs).as("seed %d", SEED).isBetween(0.8, 1.2);
  }

  @Test
  void sharesABandAsOftenAsTheorySays() {
    ContentSettings settings = new ContentSettings(24, 2, 0, 50);
    MinHash minHash = new MinHash(settings);
    Random random = new Random(SEED);
    int pairs = 2_000;
    double expected = 0;
    int found = 0;
    for (int n = 0; n < pairs; n++) {
      Set<String> one = new HashSet<>();
      Set<String> other = new HashSet<>();
      for (int i = 0; i < 20; i++) {
        String token = "word:" + random.nextInt(1_000_000);
        one.add(token);
        other.add(i < 7 ? token : "word:" + random.nextInt(1_000_000));
      }
      expected += 1 - Math.pow(1 - Math.pow(jaccard(one, other), 2), 24);
      long[] bands = minHash.sign(one).bands();
      long[] others = minHash.sign(other).bands();
      boolean shared = false;
      for (int band = 0; band < bands.length; band++) {
        shared |= bands[band] == others[band];
      }
      found += shared ? 1 : 0;
    }
    // Five standard errors of a count of so many.
    assertThat((double) found).as("seed %d", SEED).isBetween(expected - 110, expected + 110);
  }

  @Test
  void signsTheSameSetAlike() {
    ContentSignature one = new MinHash(ContentSettings.DEFAULT).sign(Set.of("a", "b", "c"));
    ContentSignature other = new MinHash(ContentSettings.DEFAULT).sign(Set.of("c", "a", "b"));

    assertThat(one.bands()).isEqualTo(other.bands());
    assertThat(one.hashes()).isEqualTo(other.hashes());
  }

  private static double jaccard(Set<String> one, Set<String> other) {
    Set<String> common = new HashSet<>(one);
    common.retainAll(other);
    return (double) common.size() / (one.size() + other.size() - common.size());
  }
}
