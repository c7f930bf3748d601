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
 * <p>With q the asking session of L items, a its asked item and n a neighbour from a's posting, the
 * r-th newest, candidate j gets
 *
 * <pre>
 *   sim(q,n)  = Σ over shared items of w(p) / (√Σ w(p)² · |n|^0.3),   w(p) = exp((p − L) / 4.9)
 *   score(j) += sim · exp(−|pos(j) − pos(a)| / 3.5) · exp((p(a) − L) / 2.5) · exp(−0.03 r)
 * </pre>
 *
 * where p is an item's newest position in q, |n| counts distinct items, and the distance is the
 * least over repetitions. A neighbour that also holds an item asked after a is left to that item's
 * posting, so no session counts twice.
 *
 * <p>Holds scratch arrays: one instance a thread.
 */
public final class NeighbourScorer {
  private static final double[] QUERY = decay(QUERY_DECAY);
  private static final double[] ASKED = decay(ASKED_DECAY);
  private static final double[] DISTANCE = decay(DISTANCE_DECAY);
  private static final int DISTANCE_MASK = (1 << Posting.DISTANCE_BITS) - 1;

  private final NeighbourSettings settings;
  private final double[] age;
  private final TopItems top;
  private final double[] length = new double[SessionItems.MAX_ITEMS + 1];

  // By number in the posting's dictionary.
  private double[] weights = new double[256];
  private boolean[] skipped = new boolean[256];
  private boolean[] inSession = new boolean[256];
  private double[] scores = new double[256];
  private short[] evidence = new short[256];
  private int[] touched = new int[256];

  public NeighbourScorer(NeighbourSettings settings) {
    this.settings = settings;
    this.top = new TopItems(settings.partialSize());
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
   */
  public PartialAnswer answer(Posting posting, String asked, SessionItems session) {
    ItemDictionary dictionary = posting.dictionary();
    prepare(dictionary.size());
    String[] query = session.items();
    int current = dictionary.find(query[query.length - 1]);
    double norm = weigh(dictionary, query);
    int source = dictionary.find(asked);
    int askedBack = markNewerThan(asked, dictionary, query);
    double scale = ASKED[askedBack] / Math.sqrt(norm);
    int neighbours = 0;
    int candidates = 0;
    for (int r = 0; r < posting.size(); r++) {
      if (posting.id(r) == session.id()) {
        continue;
      }
      neighbours++;
      candidates = addNeighbour(posting.profile(r, source), scale * age[r], candidates);
    }
    return best(dictionary, asked, neighbours, candidates, current);
  }

  /** The items most alike to an item: its own posting asked by a session of that item alone. */
  public PartialAnswer similar(Posting posting, String item) {
    PartialAnswer answer = answer(posting, item, new SessionItems(0, 0, new String[] {item}));
    return answer.items().length > 0 && settings.sessionItems() == SessionItemsPolicy.KEEP
        ? without(answer, item)
        : answer;
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

  /** Adds what one neighbour has to say; returns how many candidates there are now. */
  private int addNeighbour(int[] profile, double scale, int candidatesBefore) {
    int candidates = candidatesBefore;
    boolean skip = false;
    double shared = 0;
    for (int entry : profile) {
      int number = entry >> Posting.DISTANCE_BITS;
      skip |= skipped[number];
      shared += weights[number];
      if (evidence[number]++ == 0) {
        touched[candidates++] = number;
      }
    }
    if (!skip) {
      double similarity = scale * shared * length[profile.length];
      for (int entry : profile) {
        scores[entry >> Posting.DISTANCE_BITS] += similarity * DISTANCE[entry & DISTANCE_MASK];
      }
    }
    return candidates;
  }

  private PartialAnswer best(
      ItemDictionary dictionary, String asked, int neighbours, int candidates, int current) {
    top.start(dictionary);
    for (int i = 0; i < candidates; i++) {
      int number = touched[i];
      double score = scores[number];
      boolean dropped =
          settings.sessionItems() == SessionItemsPolicy.DROP && inSession[number]
              || settings.sessionItems() == SessionItemsPolicy.DROP_CURRENT && number == current;
      if (score > 0 && !dropped) {
        double weight = number == current ? CURRENT_ITEM_WEIGHT : 1;
        top.offer(number, (float) (score * weight));
      }
    }
    return top.toAnswer(asked, neighbours, evidence);
  }

  private void prepare(int size) {
    if (size > weights.length) {
      int capacity = Math.max(size, weights.length * 2);
      weights = new double[capacity];
      skipped = new boolean[capacity];
      inSession = new boolean[capacity];
      scores = new double[capacity];
      evidence = new short[capacity];
      touched = new int[capacity];
    } else {
      Arrays.fill(weights, 0, size, 0);
      Arrays.fill(skipped, 0, size, false);
      Arrays.fill(inSession, 0, size, false);
      Arrays.fill(scores, 0, size, 0);
      Arrays.fill(evidence, 0, size, (short) 0);
    }
  }

  private static PartialAnswer without(PartialAnswer answer, String item) {
    int place = Arrays.asList(answer.items()).indexOf(item);
    if (place < 0) {
      return answer;
    }
    int size = answer.items().length - 1;
    String[] items = Arrays.copyOf(answer.items(), size);
    float[] scores = Arrays.copyOf(answer.scores(), size);
    short[] evidence = Arrays.copyOf(answer.evidence(), size);
    System.arraycopy(answer.items(), place + 1, items, place, size - place);
    System.arraycopy(answer.scores(), place + 1, scores, place, size - place);
    System.arraycopy(answer.evidence(), place + 1, evidence, place, size - place);
    return new PartialAnswer(answer.source(), answer.sessions(), items, scores, evidence);
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
