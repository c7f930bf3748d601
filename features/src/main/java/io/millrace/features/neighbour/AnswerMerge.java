package io.millrace.features.neighbour;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds the partial answers of one ask to a ranking. They are added in the order of the asked items,
 * whatever the order in which they came, so the sums are the same to the last bit.
 */
public final class AnswerMerge {
  private static final String[] NOTHING = {};

  private AnswerMerge() {}

  /**
   * One recommended item and the evidence for it.
   *
   * @param item item id
   * @param score sum of its partial scores
   * @param source the item of the session that contributed most, another than itself if any did
   * @param sessions in how many of the newest sessions with {@code source} it occurs
   * @param of how many sessions with {@code source} were looked at
   */
  public record Candidate(String item, double score, String source, int sessions, int of) {}

  /** The {@code size} best candidates of all answers, best first, ties by item id. */
  public static List<Candidate> best(PartialAnswer[] answers, int size) {
    return best(answers, size, NOTHING);
  }

  /**
   * The {@code size} best candidates, and behind them those of {@code kept} that are not among
   * them; one of which no answer tells has the score 0 and the first answer as its source.
   */
  public static List<Candidate> best(PartialAnswer[] answers, int size, String[] kept) {
    Map<String, Sum> sums = sums(answers);
    Sum[] best = best(sums, size);
    List<Candidate> candidates = new ArrayList<>(best.length + kept.length);
    for (Sum sum : best) {
      candidates.add(sum.toCandidate());
    }
    for (String item : kept) {
      Sum sum = sums.get(item);
      if (sum == null) {
        candidates.add(new Candidate(item, 0, answers[0].source(), 0, answers[0].sessions()));
      } else if (best.length == 0 || best[best.length - 1].isBefore(sum)) {
        candidates.add(sum.toCandidate());
      }
    }
    return candidates;
  }

  private static Map<String, Sum> sums(PartialAnswer[] answers) {
    Map<String, Sum> sums = new HashMap<>(512);
    for (PartialAnswer answer : answers) {
      for (int i = 0; i < answer.items().length; i++) {
        sums.computeIfAbsent(answer.items()[i], Sum::new).add(answer, i);
      }
    }
    return sums;
  }

  private static Sum[] best(Map<String, Sum> sums, int size) {
    // Most candidates are worse than the worst of the best: one comparison each.
    Sum[] best = new Sum[Math.min(size, sums.size())];
    int count = 0;
    for (Sum sum : sums.values()) {
      if (count == best.length && (count == 0 || !sum.isBefore(best[count - 1]))) {
        continue;
      }
      int place = count < best.length ? count++ : count - 1;
      for (; place > 0 && sum.isBefore(best[place - 1]); place--) {
        best[place] = best[place - 1];
      }
      best[place] = sum;
    }
    return best;
  }

  private static final class Sum {
    private final String item;
    private double score;
    private float largest = -1;
    private PartialAnswer source;
    private int place;

    private Sum(String item) {
      this.item = item;
    }

    private void add(PartialAnswer answer, int i) {
      score += answer.scores()[i];
      // That sessions with an item hold it is no evidence.
      boolean better = source == null || source.source().equals(item);
      boolean worse = answer.source().equals(item) && source != null;
      if (better || (!worse && answer.scores()[i] > largest)) {
        largest = answer.scores()[i];
        source = answer;
        place = i;
      }
    }

    private boolean isBefore(Sum other) {
      return score > other.score || score == other.score && item.compareTo(other.item) < 0;
    }

    private Candidate toCandidate() {
      return new Candidate(
          item, score, source.source(), source.evidence()[place], source.sessions());
    }
  }
}
