package io.millrace.features.neighbour;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which items tend to follow an item: in every session of its posting, what came up to five clicks
 * after it, the nearer the more (1/d; Ludewig and Jannach, "Evaluation of session-based
 * recommendation algorithms", 2018). Unlike {@link NeighbourScorer} it looks at every session, also
 * at those left to a later item's posting, which may have let them go.
 */
public final class SequenceRules {
  private static final int MAX_DISTANCE = 5;
  private static final Comparator<Rule> BEST_FIRST =
      Comparator.comparingDouble((Rule rule) -> rule.score)
          .reversed()
          .thenComparing(rule -> rule.item);

  private SequenceRules() {}

  private static final class Rule {
    private String item;
    private double score;
    private short sessions;
  }

  /**
   * The best followers.
   *
   * @param item the posting's
   * @param asking number of the asking session, which is left out
   * @param known items that need not be said again
   * @param size at most
   */
  public static PartialAnswer followers(
      Posting posting, String item, long asking, String[] known, int size) {
    ItemDictionary dictionary = posting.dictionary();
    int own = dictionary.find(item);
    Map<Integer, Rule> rules = new HashMap<>();
    int sessions = 0;
    for (int place = 0; place < posting.size(); place++) {
      if (posting.id(place) != asking) {
        sessions++;
        count(posting.numbers(place), own, rules);
      }
    }
    for (String other : known) {
      rules.remove(dictionary.find(other));
    }
    rules.forEach((number, rule) -> rule.item = dictionary.item(number));
    List<Rule> best = new ArrayList<>(rules.values());
    best.sort(BEST_FIRST);
    best = best.subList(0, Math.min(size, best.size()));
    String[] items = new String[best.size()];
    float[] scores = new float[items.length];
    short[] evidence = new short[items.length];
    for (int i = 0; i < items.length; i++) {
      items[i] = best.get(i).item;
      scores[i] = (float) best.get(i).score;
      evidence[i] = best.get(i).sessions;
    }
    return new PartialAnswer(item, sessions, items, scores, evidence);
  }

  /** Every follower of one session once, at its least distance. */
  private static void count(short[] numbers, int own, Map<Integer, Rule> rules) {
    for (int j = 1; j < numbers.length; j++) {
      int number = numbers[j] & 0xFFFF;
      int distance = distanceBehind(numbers, j, own);
      if (number != own && distance <= MAX_DISTANCE && isNearest(numbers, j, distance, own)) {
        Rule rule = rules.computeIfAbsent(number, unused -> new Rule());
        rule.score += 1.0 / distance;
        rule.sessions++;
      }
    }
  }

  /** How many clicks before a place the own item was last clicked. */
  private static int distanceBehind(short[] numbers, int place, int own) {
    for (int distance = 1; distance <= Math.min(place, MAX_DISTANCE); distance++) {
      if ((numbers[place - distance] & 0xFFFF) == own) {
        return distance;
      }
    }
    return MAX_DISTANCE + 1;
  }

  /** Whether the item at a place follows nowhere nearer, and not as near at an earlier place. */
  private static boolean isNearest(short[] numbers, int place, int distance, int own) {
    for (int j = 1; j < numbers.length; j++) {
      if (j != place && numbers[j] == numbers[place]) {
        int other = distanceBehind(numbers, j, own);
        if (other < distance || other == distance && j < place) {
          return false;
        }
      }
    }
    return true;
  }
}
