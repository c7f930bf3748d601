package io.millrace.features.ranking;

import io.millrace.features.neighbour.AnswerMerge.Candidate;
import java.util.List;

/**
 * The candidates of one ask with their features.
 *
 * @param candidates best first by neighbour score, at most {@link RankingFeatures#MAX_CANDIDATES}
 * @param features {@link RankingFeatures#COUNT} numbers a candidate, one candidate after the other
 */
public record RankingCandidates(List<Candidate> candidates, float[] features) {
  /** The place of an item among the candidates, -1 if it is none. */
  public int indexOf(String item) {
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.get(i).item().equals(item)) {
        return i;
      }
    }
    return -1;
  }

  /** The candidates in the order in which a model puts them. */
  public List<Candidate> rankedBy(RankingModel model) {
    Candidate[] ranked = new Candidate[candidates.size()];
    int[] order = model.order(features);
    for (int i = 0; i < ranked.length; i++) {
      ranked[i] = candidates.get(order[i]);
    }
    return List.of(ranked);
  }
}
