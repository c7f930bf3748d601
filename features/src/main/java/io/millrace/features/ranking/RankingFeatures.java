package io.millrace.features.ranking;

import io.millrace.features.neighbour.AnswerMerge;
import io.millrace.features.neighbour.AnswerMerge.Candidate;
import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.neighbour.RankingSignals;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.session.Hashes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Describes the candidates of one ask by numbers that a {@link RankingModel} weighs. All of them
 * follow from the partial answers and the session, so the same ask gives the same bits wherever and
 * whenever it is ranked.
 *
 * <p>With s the neighbour score of candidate j, c the session's current item and age the clicks
 * since j was last seen in the session:
 *
 * <pre>
 *   neighbour_score_log        log(s / max s + .001)
 *   neighbour_score            s / max s
 *   neighbour_rank             1 / (1 + place by s, from 0)
 *   current_share_log          log of the share of c's sessions that hold j
 *   current_forward_log        log of the share of steps from c that lead to j, 1/d for d clicks
 *   current_immediate_log      log of the share of single clicks from c that lead to j
 *   current_backward_log       as forward, of steps from j to c
 *   second_forward_log         as forward, from the second newest distinct item
 *   third_forward_log          as forward, from the third newest
 *   neighbour_share            share of the scored sessions of all answers that hold j
 *   neighbour_newness_log      log of Σ exp(−r / 15) over these, over its largest; r by newness
 *   in_session                 1 if j is in the session
 *   is_current                 1 if j is c
 *   session_recency            1 / (age + 1), 0 for what is not in the session
 *   is_previous                1 if age is 1
 *   session_count              how often j is in the session
 *   in_session_x_length        in_session · log(1 + clicks of the session)
 *   in_session_x_current_size  in_session · log(1 + c's sessions)
 *   in_session_x_score_log     in_session · neighbour_score_log
 * </pre>
 *
 * Every log of a share adds .01 first; what an answer does not tell counts as 0.
 *
 * <p>Visitors come back to items of their session whatever the neighbours think of them. Had these
 * not their own weight of the neighbour score, its weight would be lost for all candidates, and
 * with it the order of those at the end of a list.
 *
 * <p>Holds scratch: one instance a thread.
 */
public final class RankingFeatures {
  /** Names of the features, in their order. */
  public static final List<String> NAMES =
      List.of(
          "neighbour_score_log",
          "neighbour_score",
          "neighbour_rank",
          "current_share_log",
          "current_forward_log",
          "current_immediate_log",
          "current_backward_log",
          "second_forward_log",
          "third_forward_log",
          "neighbour_share",
          "neighbour_newness_log",
          "in_session",
          "is_current",
          "session_recency",
          "is_previous",
          "session_count",
          "in_session_x_length",
          "in_session_x_current_size",
          "in_session_x_score_log");

  /** How many features a candidate has. */
  public static final int COUNT = NAMES.size();

  /** Candidates that are taken by their score. */
  static final int BEST = 100;

  /** Most candidates of one ask: the best by score, and the session's own items. */
  public static final int MAX_CANDIDATES = BEST + SessionItems.MAX_ITEMS;

  /** To be raised when a feature is computed otherwise under the same name. */
  private static final int LAYOUT = 1;

  static final long FINGERPRINT = Hashes.of(String.join(",", NAMES) + '@' + LAYOUT);

  private static final int SCORE_LOG = at("neighbour_score_log");
  private static final int SCORE = at("neighbour_score");
  private static final int RANK = at("neighbour_rank");
  private static final int CURRENT_SHARE = at("current_share_log");
  private static final int CURRENT_FORWARD = at("current_forward_log");
  private static final int CURRENT_IMMEDIATE = at("current_immediate_log");
  private static final int CURRENT_BACKWARD = at("current_backward_log");
  private static final int NEIGHBOUR_SHARE = at("neighbour_share");
  private static final int NEWNESS = at("neighbour_newness_log");
  private static final int IN_SESSION = at("in_session");
  private static final int IS_CURRENT = at("is_current");
  private static final int RECENCY = at("session_recency");
  private static final int IS_PREVIOUS = at("is_previous");
  private static final int SESSION_COUNT = at("session_count");
  private static final int SESSION_LENGTH = at("in_session_x_length");
  private static final int CURRENT_SIZE = at("in_session_x_current_size");
  private static final int SESSION_SCORE = at("in_session_x_score_log");

  /** By part of the ask, the feature that tells of the steps from its item. */
  private static final int[] FORWARD = {
    CURRENT_FORWARD, at("second_forward_log"), at("third_forward_log")
  };

  private static final float SCORE_FLOOR = .001f;
  private static final float SHARE_FLOOR = .01f;

  /** A candidate of which no answer tells anything, in no session. */
  private static final float[] UNKNOWN = unknown();

  private static final String[] NOTHING = {};

  private final SessionItemsPolicy policy;
  private final Map<String, Integer> rows = new HashMap<>(512);
  private final int[] neighbours = new int[MAX_CANDIDATES];
  private final int[] newness = new int[MAX_CANDIDATES];

  /**
   * @param policy which items of the session are candidates
   */
  public RankingFeatures(SessionItemsPolicy policy) {
    this.policy = policy;
  }

  private static int at(String name) {
    return NAMES.indexOf(name);
  }

  private static float[] unknown() {
    float[] row = new float[COUNT];
    row[SCORE_LOG] = LogTable.log(SCORE_FLOOR);
    row[CURRENT_SHARE] = logOfShare(0);
    row[CURRENT_IMMEDIATE] = logOfShare(0);
    row[CURRENT_BACKWARD] = logOfShare(0);
    row[NEWNESS] = logOfShare(0);
    for (int feature : FORWARD) {
      row[feature] = logOfShare(0);
    }
    return row;
  }

  /**
   * Names the features and how they are computed, in 16 hexadecimal digits: weights that were
   * learned with others mean nothing here.
   */
  public static String fingerprint() {
    return HexFormat.of().toHexDigits(FINGERPRINT);
  }

  /**
   * The candidates of one ask and their features.
   *
   * @param answers by part, that of the session's newest item first; none, no candidates
   * @param session that asked
   */
  public RankingCandidates of(PartialAnswer[] answers, SessionItems session) {
    if (answers.length == 0) {
      return new RankingCandidates(List.of(), new float[0]);
    }
    List<Candidate> candidates = AnswerMerge.best(answers, BEST, kept(session));
    float[] features = new float[candidates.size() * COUNT];
    describeScores(candidates, features);
    describeCurrent(answers[0], features);
    for (int part = 0; part < Math.min(answers.length, FORWARD.length); part++) {
      describeSteps(answers[part], FORWARD[part], features);
    }
    describeNeighbours(answers, candidates.size(), features);
    describeSession(session, answers[0].sessions(), features);
    return new RankingCandidates(candidates, features);
  }

  private String[] kept(SessionItems session) {
    if (policy == SessionItemsPolicy.DROP || session.items().length == 0) {
      return NOTHING;
    }
    String[] items = session.newestDistinct(SessionItems.MAX_ITEMS);
    return policy == SessionItemsPolicy.KEEP ? items : Arrays.copyOfRange(items, 1, items.length);
  }

  private void describeScores(List<Candidate> candidates, float[] features) {
    rows.clear();
    double max = candidates.isEmpty() ? 0 : candidates.get(0).score();
    for (int i = 0; i < candidates.size(); i++) {
      int row = i * COUNT;
      rows.put(candidates.get(i).item(), row);
      System.arraycopy(UNKNOWN, 0, features, row, COUNT);
      float score = max > 0 ? (float) (candidates.get(i).score() / max) : 0;
      features[row + SCORE_LOG] = LogTable.log(score + SCORE_FLOOR);
      features[row + SCORE] = score;
      features[row + RANK] = 1f / (1 + i);
    }
  }

  private void describeCurrent(PartialAnswer answer, float[] features) {
    RankingSignals signals = answer.signals();
    for (int i = 0; i < answer.items().length; i++) {
      Integer row = rows.get(answer.items()[i]);
      if (row == null) {
        continue;
      }
      features[row + CURRENT_SHARE] = logOfShare(share(answer.evidence()[i], answer.sessions()));
      if (!signals.isNone()) {
        features[row + CURRENT_IMMEDIATE] =
            logOfShare(share(signals.immediate(i), signals.allImmediate()));
        features[row + CURRENT_BACKWARD] =
            logOfShare(share(signals.backward(i), signals.allBackward()));
      }
    }
  }

  private void describeSteps(PartialAnswer answer, int feature, float[] features) {
    RankingSignals signals = answer.signals();
    if (signals.isNone()) {
      return;
    }
    for (int i = 0; i < answer.items().length; i++) {
      Integer row = rows.get(answer.items()[i]);
      if (row != null) {
        features[row + feature] = logOfShare(share(signals.forward(i), signals.allForward()));
      }
    }
  }

  private void describeNeighbours(PartialAnswer[] answers, int size, float[] features) {
    Arrays.fill(neighbours, 0, size, 0);
    Arrays.fill(newness, 0, size, 0);
    int scored = 0;
    for (PartialAnswer answer : answers) {
      scored += answer.signals().scored();
      addNeighbours(answer);
    }
    int newest = Arrays.stream(newness, 0, size).max().orElse(0);
    for (int i = 0; i < size; i++) {
      features[i * COUNT + NEIGHBOUR_SHARE] = share(neighbours[i], scored);
      features[i * COUNT + NEWNESS] = logOfShare(share(newness[i], newest));
    }
  }

  private void addNeighbours(PartialAnswer answer) {
    RankingSignals signals = answer.signals();
    if (signals.isNone()) {
      return;
    }
    for (int i = 0; i < answer.items().length; i++) {
      Integer row = rows.get(answer.items()[i]);
      if (row != null) {
        neighbours[row / COUNT] += signals.neighbours(i);
        newness[row / COUNT] += signals.newness(i);
      }
    }
  }

  private void describeSession(SessionItems session, int currentSize, float[] features) {
    String[] items = session.items();
    float length = LogTable.log(1 + items.length);
    float size = LogTable.log(1 + currentSize);
    // Oldest first: of an item that stands twice the newer place is kept.
    for (int p = 0; p < items.length; p++) {
      Integer row = rows.get(items[p]);
      if (row == null) {
        continue;
      }
      int age = items.length - 1 - p;
      features[row + IN_SESSION] = 1;
      features[row + IS_CURRENT] = age == 0 ? 1 : 0;
      features[row + RECENCY] = 1f / (age + 1);
      features[row + IS_PREVIOUS] = age == 1 ? 1 : 0;
      features[row + SESSION_COUNT]++;
      features[row + SESSION_LENGTH] = length;
      features[row + CURRENT_SIZE] = size;
      features[row + SESSION_SCORE] = features[row + SCORE_LOG];
    }
  }

  private static float share(int part, int whole) {
    return whole == 0 ? 0 : (float) part / whole;
  }

  private static float logOfShare(float share) {
    return LogTable.log(share + SHARE_FLOOR);
  }
}
