package io.millrace.features.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.features.neighbour.AnswerMerge.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnswerMergeTest {
  private static final PartialAnswer OF_X = answer("x", 40, "a", 3f, 9, "b", 2f, 8, "c", 1f, 7);
  private static final PartialAnswer OF_Y = answer("y", 30, "c", 4f, 6, "b", 2f, 5, "d", .5f, 4);

  /** An answer of items, each with its score and evidence. */
  private static PartialAnswer answer(String source, int sessions, Object... entries) {
    int size = entries.length / 3;
    String[] items = new String[size];
    float[] scores = new float[size];
    short[] evidence = new short[size];
    for (int i = 0; i < size; i++) {
      items[i] = (String) entries[3 * i];
      scores[i] = (Float) entries[3 * i + 1];
      evidence[i] = ((Integer) entries[3 * i + 2]).shortValue();
    }
    return new PartialAnswer(source, sessions, items, scores, evidence);
  }

  private static List<Candidate> best(int size, PartialAnswer... answers) {
    return AnswerMerge.best(answers, size);
  }

  @Test
  void addsTheScoresAndNamesTheLargestContributor() {
    assertThat(best(10, OF_X, OF_Y))
        .extracting(
            Candidate::item,
            Candidate::score,
            Candidate::source,
            Candidate::sessions,
            Candidate::of)
        .containsExactly(
            tuple("c", 5.0, "y", 6, 30),
            tuple("b", 4.0, "x", 8, 40),
            tuple("a", 3.0, "x", 9, 40),
            tuple("d", 0.5, "y", 4, 30));
  }

  @Test
  void ofEqualContributorsTheFirstAskedIsTheReason() {
    assertThat(best(10, OF_Y, OF_X).get(1)).isEqualTo(new Candidate("b", 4, "y", 5, 30));
  }

  @Test
  void breaksTiesByItemId() {
    PartialAnswer one = answer("x", 1, "b", 1f, 1, "d", 1f, 1);
    PartialAnswer other = answer("y", 1, "a", 1f, 1, "c", 1f, 1);
    assertThat(best(3, one, other)).extracting(Candidate::item).containsExactly("a", "b", "c");
  }

  @Test
  void cutsToTheSizeAskedFor() {
    assertThat(best(2, OF_X, OF_Y)).extracting(Candidate::item).containsExactly("c", "b");
    assertThat(best(0, OF_X, OF_Y)).isEmpty();
    assertThat(best(10)).isEmpty();
    assertThat(best(10, answer("x", 0))).isEmpty();
  }

  @Test
  void keepsWhatIsWantedBehindTheBest() {
    String[] kept = {"d", "c", "z"};

    List<Candidate> candidates = AnswerMerge.best(new PartialAnswer[] {OF_X, OF_Y}, 2, kept);
    assertThat(candidates).extracting(Candidate::item).containsExactly("c", "b", "d", "z");
    assertThat(candidates.get(2)).isEqualTo(new Candidate("d", 0.5, "y", 4, 30));
    assertThat(candidates.get(3)).isEqualTo(new Candidate("z", 0, "x", 0, 40));
    assertThat(AnswerMerge.best(new PartialAnswer[] {OF_X}, 0, new String[] {"a"}))
        .containsExactly(new Candidate("a", 3, "x", 9, 40));
  }

  @Test
  void dependsOnTheAnswersAloneAndNotOnTheOrderWithinThem() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      PartialAnswer[] answers = new PartialAnswer[4];
      PartialAnswer[] shuffled = new PartialAnswer[4];
      for (int i = 0; i < 4; i++) {
        List<Object[]> entries = new ArrayList<>();
        for (int item = 0; item < 50; item++) {
          if (random.nextBoolean()) {
            entries.add(new Object[] {"item-" + item, random.nextInt(9) / 7f, random.nextInt(50)});
          }
        }
        answers[i] = answer("source-" + i, 50, flat(entries));
        Collections.shuffle(entries, random);
        shuffled[i] = answer("source-" + i, 50, flat(entries));
      }
      assertThat(AnswerMerge.best(shuffled, 30))
          .as("seed %d", seed)
          .isEqualTo(AnswerMerge.best(answers, 30));
    }
  }

  private static Object[] flat(List<Object[]> entries) {
    return entries.stream().flatMap(Arrays::stream).toArray();
  }
}
