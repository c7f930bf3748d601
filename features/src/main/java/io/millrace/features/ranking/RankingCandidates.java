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
  /** The candidates in the order of a model, each with its share as the score. */
  public List<Candidate> rankedBy(RankingModel model) {
    Candidate[] ranked = new Candidate[candidates.size()];
    int[] order = model.order(features);
    double[] shares = model.shares(features);
    for (int i = 0; i < ranked.length; i++) {
      Candidate candidate = candidates.get(order[i]);
      ranked[i] =
          new Candidate(
              candidate.item(),
              shares[order[i]],
              candidate.source(),
              candidate.sessions(),
              candidate.of());
    }
    return List.of(ranked);
  }
}
