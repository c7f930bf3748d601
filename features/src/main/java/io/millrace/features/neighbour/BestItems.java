package io.millrace.features.neighbour;

import java.util.Arrays;

/**
 * Ranks scored items: the higher score first, ties by item id, so that the result depends on
 * nothing but the set offered. Each item is one long, score above number; positive floats are in
 * the order of their bits, so sorting longs ranks them.
 */
final class BestItems {
  private final long[] ranked;
  private int count;

  BestItems(int capacity) {
    ranked = new long[capacity];
  }

  /** Puts in the item of a number, if its score is above 0. */
  void offer(int number, float score) {
    if (score > 0) {
      ranked[count++] = (long) Float.floatToRawIntBits(score) << 32 | number;
    }
  }

  /**
   * The best {@code size} items offered.
   *
   * @param evidence by number, in how many sessions the item occurs
   */
  PartialAnswer toAnswer(
      String source, int sessions, int size, ItemDictionary dictionary, short[] evidence) {
    Arrays.sort(ranked, 0, count);
    breakTies(size, dictionary);
    int length = Math.min(size, count);
    String[] items = new String[length];
    float[] scores = new float[length];
    short[] seen = new short[length];
    for (int i = 0; i < length; i++) {
      long best = ranked[count - 1 - i];
      items[i] = dictionary.item((int) best);
      scores[i] = Float.intBitsToFloat((int) (best >>> 32));
      seen[i] = evidence[(int) best];
    }
    return new PartialAnswer(source, sessions, items, scores, seen);
  }

  /** Sorts each run of equal scores that reaches into the best {@code size}, ids descending. */
  private void breakTies(int size, ItemDictionary dictionary) {
    int end = count;
    while (end > 0 && end > count - size) {
      int start = end - 1;
      while (start > 0 && ranked[start - 1] >>> 32 == ranked[end - 1] >>> 32) {
        start--;
      }
      for (int i = start + 1; i < end; i++) {
        long moving = ranked[i];
        String item = dictionary.item((int) moving);
        int place = i;
        while (place > start && dictionary.item((int) ranked[place - 1]).compareTo(item) < 0) {
          ranked[place] = ranked[place - 1];
          place--;
        }
        ranked[place] = moving;
      }
      end = start;
    }
  }
}
