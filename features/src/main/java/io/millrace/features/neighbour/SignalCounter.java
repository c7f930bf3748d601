package io.millrace.features.neighbour;

import static io.millrace.features.neighbour.RankingSignals.BACKWARD;
import static io.millrace.features.neighbour.RankingSignals.COLUMNS;
import static io.millrace.features.neighbour.RankingSignals.FORWARD;
import static io.millrace.features.neighbour.RankingSignals.IMMEDIATE;
import static io.millrace.features.neighbour.RankingSignals.NEIGHBOURS;
import static io.millrace.features.neighbour.RankingSignals.NEWNESS;

import java.util.Arrays;

/**
 * Counts the {@link RankingSignals} of one answer, in whole numbers. Holds scratch arrays and is
 * used again and again.
 */
final class SignalCounter {
  /** Places by newness after which a neighbour weighs 1/e. */
  private static final double NEWNESS_DECAY = 15;

  /** By number of steps; 0 beyond the reach of an entry. */
  private static final int[] STEP_WEIGHTS = stepWeights();

  private final int[] newness;

  /** A row for each number in the posting's dictionary. */
  private int[] rows = new int[256 * COLUMNS];

  private final int[] totals = new int[COLUMNS];

  /**
   * @param sessionsPerItem most sessions of a posting
   */
  SignalCounter(int sessionsPerItem) {
    newness = new int[sessionsPerItem + 1];
    for (int r = 0; r < newness.length; r++) {
      newness[r] =
          (int) Math.round(RankingSignals.NEWNESS_PARTS * StrictMath.exp(-r / NEWNESS_DECAY));
    }
  }

  private static int[] stepWeights() {
    int[] weights = new int[ProfileEntry.REACH + 2];
    for (int steps = 1; steps <= ProfileEntry.REACH; steps++) {
      weights[steps] = RankingSignals.STEP_PARTS / steps;
    }
    return weights;
  }

  /**
   * The signals of the candidates of an answer.
   *
   * @param own number of the posting's own item
   * @param asking number of the asking session, which is left out
   * @param skipped by number, whether sessions that hold the item are left to its own posting
   * @param candidates their numbers
   */
  RankingSignals count(Posting posting, int own, long asking, boolean[] skipped, int[] candidates) {
    if (candidates.length == 0) {
      return RankingSignals.NONE;
    }
    prepare(posting.dictionary().size());
    int neighbours = 0;
    int scored = 0;
    for (int place = 0; place < posting.size(); place++) {
      if (posting.id(place) == asking) {
        continue;
      }
      int[] profile = posting.profile(place, own);
      addSteps(profile);
      if (!holdsAny(skipped, profile)) {
        addNeighbour(profile, newness[neighbours]);
        scored++;
      }
      neighbours++;
    }
    int[] picked = new int[candidates.length * COLUMNS];
    for (int i = 0; i < candidates.length; i++) {
      System.arraycopy(rows, candidates[i] * COLUMNS, picked, i * COLUMNS, COLUMNS);
    }
    return new RankingSignals(scored, totals[FORWARD], totals[IMMEDIATE], totals[BACKWARD], picked);
  }

  private void addSteps(int[] profile) {
    for (int entry : profile) {
      int row = ProfileEntry.number(entry) * COLUMNS;
      int follows = ProfileEntry.follows(entry);
      add(row, FORWARD, STEP_WEIGHTS[follows]);
      add(row, IMMEDIATE, follows == 1 ? 1 : 0);
      add(row, BACKWARD, STEP_WEIGHTS[ProfileEntry.precedes(entry)]);
    }
  }

  private void add(int row, int column, int weight) {
    rows[row + column] += weight;
    totals[column] += weight;
  }

  private void addNeighbour(int[] profile, int newnessOfSession) {
    for (int entry : profile) {
      int row = ProfileEntry.number(entry) * COLUMNS;
      rows[row + NEIGHBOURS]++;
      rows[row + NEWNESS] += newnessOfSession;
    }
  }

  private static boolean holdsAny(boolean[] numbers, int[] profile) {
    for (int entry : profile) {
      if (numbers[ProfileEntry.number(entry)]) {
        return true;
      }
    }
    return false;
  }

  private void prepare(int size) {
    Arrays.fill(totals, 0);
    if (size * COLUMNS > rows.length) {
      rows = new int[Math.max(size * COLUMNS, rows.length * 2)];
    } else {
      Arrays.fill(rows, 0, size * COLUMNS, 0);
    }
  }
}
