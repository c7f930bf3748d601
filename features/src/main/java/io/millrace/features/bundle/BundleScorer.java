package io.millrace.features.bundle;

import io.millrace.features.catalogue.ItemBits;
import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.catalogue.ItemTable;
import io.millrace.features.decision.BundleList;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.neighbour.SessionItems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the bundle of an item A of its newest orders: the items B that stand in them more often
 * than in the store's other orders, ranked by {@link LogLikelihood} of the table
 *
 * <pre>
 *                 with B             without B
 *   A's orders    k11                w − k11
 *   the others    n(B) − k11         (N − w) − (n(B) − k11)
 * </pre>
 *
 * with w of A's orders looked at, n(B) orders of the store with B and N in all; counts of the store
 * that come later than the orders themselves may leave a number below 0, which counts as 0.
 *
 * <p>Chance alone brings two items together once, so one order is evidence only where there is no
 * better: in a store that is young, or for an item that is new. Scores are rounded to three digits:
 * that is more than the evidence is worth, and an order somewhere in the store then changes hardly
 * any bundle. What may not be shown is left out, and what is for adults except beside its like.
 */
public final class BundleScorer {
  private static final int[] NOTHING = {0};
  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble(Candidate::score).reversed().thenComparing(Candidate::item);

  private final BundleSettings settings;

  public BundleScorer(BundleSettings settings) {
    this.settings = settings;
  }

  private record Candidate(String item, float score, int orders) {}

  /**
   * The bundle of an item, best first, ties by item id, at most {@link BundleList#MAX_ITEMS}.
   *
   * @param item the item A
   * @param orders A's orders, at least one item in each
   * @param store counts of the whole store, and what it shows
   */
  public PartialAnswer bundle(String item, List<SessionItems> orders, ItemTable store) {
    Map<String, int[]> together = together(item, orders);
    List<Candidate> candidates =
        candidates(item, orders.size(), settings.minimumOrders(), together, store);
    if (candidates.isEmpty() && settings.minimumOrders() > 1) {
      candidates = candidates(item, orders.size(), 1, together, store);
    }
    candidates.sort(BEST_FIRST);
    return answer(item, orders.size(), candidates);
  }

  /** How many of the orders hold each item. */
  private static Map<String, int[]> together(String item, List<SessionItems> orders) {
    Map<String, int[]> together = new HashMap<>();
    for (SessionItems order : orders) {
      for (String other : order.items()) {
        together.computeIfAbsent(other, unused -> NOTHING.clone())[0]++;
      }
    }
    together.remove(item);
    return together;
  }

  private static List<Candidate> candidates(
      String item, int orders, int minimum, Map<String, int[]> together, ItemTable store) {
    List<Candidate> candidates = new ArrayList<>();
    boolean adult = ItemBits.isAdult(store.get(item));
    int all = ItemBits.orders(store.get(ItemFact.ALL_ORDERS));
    together.forEach(
        (other, count) -> {
          long bits = store.get(other);
          if (count[0] < minimum
              || !ItemBits.isServable(bits)
              || (ItemBits.isAdult(bits) && !adult)) {
            return;
          }
          float score = score(count[0], orders, ItemBits.orders(bits), all);
          if (score > 0) {
            candidates.add(new Candidate(other, score, count[0]));
          }
        });
    return candidates;
  }

  /** 0 unless the two go together. */
  static float score(int both, int orders, int storeWithOther, int store) {
    int without = orders - both;
    int elsewhere = Math.max(0, storeWithOther - both);
    int neither = Math.max(0, Math.max(0, store - orders) - elsewhere);
    if (LogLikelihood.association(both, without, elsewhere, neither) <= 0) {
      return 0;
    }
    return rounded(LogLikelihood.ratio(both, without, elsewhere, neither));
  }

  /** To three significant digits. */
  private static float rounded(double score) {
    double unit = StrictMath.pow(10, Math.floor(StrictMath.log10(score)) - 2);
    return (float) (Math.round(score / unit) * unit);
  }

  private static PartialAnswer answer(String item, int orders, List<Candidate> ranked) {
    int size = Math.min(ranked.size(), BundleList.MAX_ITEMS);
    String[] items = new String[size];
    float[] scores = new float[size];
    short[] evidence = new short[size];
    for (int i = 0; i < size; i++) {
      items[i] = ranked.get(i).item();
      scores[i] = ranked.get(i).score();
      evidence[i] = (short) ranked.get(i).orders();
    }
    return new PartialAnswer(item, orders, items, scores, evidence);
  }
}
