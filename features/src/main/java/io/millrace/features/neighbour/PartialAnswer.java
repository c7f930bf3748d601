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
 */
public record PartialAnswer(
    String source, int sessions, String[] items, float[] scores, short[] evidence) {

  @Override
  public boolean equals(Object other) {
    return other instanceof PartialAnswer that
        && source.equals(that.source)
        && sessions == that.sessions
        && Arrays.equals(items, that.items)
        && Arrays.equals(scores, that.scores)
        && Arrays.equals(evidence, that.evidence);
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
