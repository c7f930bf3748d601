package io.millrace.features.neighbour;

import static io.millrace.features.neighbour.NeighbourSettings.AGE_DECAY;
import static io.millrace.features.neighbour.NeighbourSettings.ASKED_DECAY;
import static io.millrace.features.neighbour.NeighbourSettings.CURRENT_ITEM_WEIGHT;
import static io.millrace.features.neighbour.NeighbourSettings.DISTANCE_DECAY;
import static io.millrace.features.neighbour.NeighbourSettings.LENGTH_POWER;
import static io.millrace.features.neighbour.NeighbourSettings.QUERY_DECAY;

import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import java.util.Arrays;

/**
 * Scores the candidates of one posting for one session.
 *
 * <p>With q the asking session of L items, a its asked item and n a neighbour from a's posting, r
 * of which are newer, candidate j gets
 *
 * <pre>
 *   sim(q,n)  = Σ over shared items of w(p) / (√Σ w(p)² · |n|^0.3),   w(p) = exp((p − L) / 4.9)
 *   score(j) += sim · exp(−|pos(j) − pos(a)| / 3.5) · exp((p(a) − L) / 2.5) · exp(−0.03 r)
 * </pre>
 *
 * where p is an item's newest position in q, |n| counts distinct items, and the distance is the
 * least over repetitions. A neighbour that also holds an item asked after a is left to that item's
 * posting, so no session counts twice; the asking session itself is no neighbour. Where the item at
 * the end of q may be a candidate, its sum is multiplied by 4.
 *
 * <p>Holds scratch arrays: one instance a thread.
 */
public final class NeighbourScorer {
  private static final double[] QUERY = decay(QUERY_DECAY);
  private static final double[] ASKED = decay(ASKED_DECAY);
  private static final double[] DISTANCE = decay(DISTANCE_DECAY);

  private final NeighbourSettings settings;
  private final double[] age;
  private final TopItems top;
  private final SignalCounter signals;
  private final double[] length = new double[SessionItems.MAX_ITEMS + 1];

  // By number in the posting's dictionary.
  private double[] weights = new double[256];
  private boolean[] skipped = new boolean[256];
  private boolean[] inSession = new boolean[256];
  private double[] scores = new double[256];
  private short[] evidence = new short[256];
  private int[] candidates = new int[256];
  private int candidateCount;

  public NeighbourScorer(NeighbourSettings settings) {
    this.settings = settings;
    this.top = new TopItems(settings.partialSize());
    this.signals = new SignalCounter(settings.sessionsPerItem());
    this.age = new double[settings.sessionsPerItem() + 1];
    for (int r = 0; r < age.length; r++) {
      age[r] = Math.exp(-AGE_DECAY * r);
    }
    for (int n = 1; n < length.length; n++) {
      length[n] = Math.pow(n, -LENGTH_POWER);
    }
  }

  /**
   * Answers a session from the posting of one of its items.
   *
   * @param asked the posting's item; must be in the session
   * @param session the asking session, of 1 to {@link SessionItems#MAX_ITEMS} items
   */
  public PartialAnswer answer(Posting posting, String asked, SessionItems session) {
    return answer(posting, asked, session, settings.sessionItems());
  }

  /** The same answer with what ranking its candidates needs beside their scores. */
  public PartialAnswer answerForRanking(Posting posting, String asked, SessionItems session) {
    PartialAnswer answer = answer(posting, asked, session);
    int own = posting.dictionary().find(asked);
    return answer.with(signals.count(posting, own, session.id(), skipped, top.numbers()));
  }

  /** The items most alike to an item: its own posting asked by a session of that item alone. */
  public PartialAnswer similar(Posting posting, String item) {
    SessionItems session = new SessionItems(0, 0, new String[] {item});
    return answer(posting, item, session, SessionItemsPolicy.DROP);
  }

  private PartialAnswer answer(
      Posting posting, String asked, SessionItems session, SessionItemsPolicy policy) {
    ItemDictionary dictionary = posting.dictionary();
    prepare(dictionary.size());
    String[] query = session.items();
    int current = dictionary.find(query[query.length - 1]);
    double norm = weigh(dictionary, query);
    int source = dictionary.find(asked);
    int askedBack = markNewerThan(asked, dictionary, query);
    double scale = ASKED[askedBack] / Math.sqrt(norm);
    int neighbours = 0;
    for (int place = 0; place < posting.size(); place++) {
      if (posting.id(place) != session.id()) {
        addNeighbour(posting.profile(place, source), scale * age[neighbours++]);
      }
    }
    apply(policy, current);
    top.start(dictionary);
    for (int i = 0; i < candidateCount; i++) {
      if (scores[candidates[i]] > 0) {
        top.offer(candidates[i], (float) scores[candidates[i]]);
      }
    }
    return top.toAnswer(asked, neighbours, evidence);
  }

  /** Sets the weight of each item of the query; returns the sum of their squares. */
  private double weigh(ItemDictionary dictionary, String[] query) {
    double norm = 0;
    for (int p = query.length - 1; p >= 0; p--) {
      if (repeatsLater(query, p)) {
        continue;
      }
      double weight = QUERY[query.length - 1 - p];
      norm += weight * weight;
      int number = dictionary.find(query[p]);
      if (number >= 0) {
        weights[number] = weight;
        inSession[number] = true;
      }
    }
    return norm;
  }

  /** Marks the items asked after {@code asked}; returns how many clicks ago that one was. */
  private int markNewerThan(String asked, ItemDictionary dictionary, String[] query) {
    int back = 0;
    while (!query[query.length - 1 - back].equals(asked)) {
      int number = dictionary.find(query[query.length - 1 - back]);
      if (number >= 0) {
        skipped[number] = true;
      }
      back++;
    }
    return back;
  }

  private void addNeighbour(int[] profile, double scale) {
    boolean skip = false;
    double shared = 0;
    for (int entry : profile) {
      int number = ProfileEntry.number(entry);
      skip |= skipped[number];
      shared += weights[number];
      if (evidence[number]++ == 0) {
        candidates[candidateCount++] = number;
      }
    }
    if (!skip) {
      double similarity = scale * shared * length[profile.length];
      for (int entry : profile) {
        scores[ProfileEntry.number(entry)] += similarity * DISTANCE[ProfileEntry.distance(entry)];
      }
    }
  }

  /** Takes the score of what may not be a candidate, and raises that of the current item. */
  private void apply(SessionItemsPolicy policy, int current) {
    if (current >= 0) {
      scores[current] *= policy == SessionItemsPolicy.KEEP ? CURRENT_ITEM_WEIGHT : 0;
    }
    for (int i = 0; i < candidateCount && policy == SessionItemsPolicy.DROP; i++) {
      if (inSession[candidates[i]]) {
        scores[candidates[i]] = 0;
      }
    }
  }

  private void prepare(int size) {
    candidateCount = 0;
    if (size > weights.length) {
      int capacity = Math.max(size, weights.length * 2);
      weights = new double[capacity];
      skipped = new boolean[capacity];
      inSession = new boolean[capacity];
      scores = new double[capacity];
      evidence = new short[capacity];
      candidates = new int[capacity];
    } else {
      Arrays.fill(weights, 0, size, 0);
      Arrays.fill(skipped, 0, size, false);
      Arrays.fill(inSession, 0, size, false);
      Arrays.fill(scores, 0, size, 0);
      Arrays.fill(evidence, 0, size, (short) 0);
    }
  }

  private static boolean repeatsLater(String[] query, int position) {
    for (int i = position + 1; i < query.length; i++) {
      if (query[i].equals(query[position])) {
        return true;
      }
    }
    return false;
  }

  private static double[] decay(double length) {
    double[] decay = new double[SessionItems.MAX_ITEMS + 1];
    for (int i = 0; i < decay.length; i++) {
      decay[i] = Math.exp(-i / length);
    }
    return decay;
  }
}
