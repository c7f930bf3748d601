package io.millrace.features.neighbour;

import java.util.Arrays;

/**
 * What one posting answers a session: its best candidates, best first, ties by item id.
 *
 * @param source the item whose posting answers
 * @param sessions how many sessions the posting holds, the asking one left out
 * @param items candidate item ids
 * @param scores their scores, in step with {@code items}
 * @param evidence in how many of the posting's sessions each candidate occurs
 * @param signals what else it says of each candidate, none if that was not asked for
 */
public record PartialAnswer(
    String source,
    int sessions,
    String[] items,
    float[] scores,
    short[] evidence,
    RankingSignals signals) {

  /** An answer without signals for ranking. */
  public PartialAnswer(
      String source, int sessions, String[] items, float[] scores, short[] evidence) {
    this(source, sessions, items, scores, evidence, RankingSignals.NONE);
  }

  /** The same answer with signals for ranking. */
  public PartialAnswer with(RankingSignals ranking) {
    return new PartialAnswer(source, sessions, items, scores, evidence, ranking);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PartialAnswer that
        && source.equals(that.source)
        && sessions == that.sessions
        && Arrays.equals(items, that.items)
        && Arrays.equals(scores, that.scores)
        && Arrays.equals(evidence, that.evidence)
        && signals.equals(that.signals);
  }

  @Override
  public int hashCode() {
    return source.hashCode() * 31 + Arrays.hashCode(items);
  }

  @Override
  public String toString() {
    return source + " of " + sessions + ": " + Arrays.toString(items) + Arrays.toString(scores);
  }
}
