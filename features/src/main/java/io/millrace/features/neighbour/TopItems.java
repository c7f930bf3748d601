package io.millrace.features.neighbour;

import java.util.Arrays;

/**
 * The best few of many candidates: the higher score first, ties by item id, so that the result
 * depends on nothing but the set offered.
 */
final class TopItems {
  private final String[] items;
  private final float[] scores;
  private final short[] evidence;
  private int count;

  TopItems(int capacity) {
    items = new String[capacity];
    scores = new float[capacity];
    evidence = new short[capacity];
  }

  void offer(String item, float score, short seen) {
    if (count == items.length) {
      if (!isBefore(item, score, count - 1)) {
        return;
      }
      count--;
    }
    int place = placeOf(item, score);
    System.arraycopy(items, place, items, place + 1, count - place);
    System.arraycopy(scores, place, scores, place + 1, count - place);
    System.arraycopy(evidence, place, evidence, place + 1, count - place);
    items[place] = item;
    scores[place] = score;
    evidence[place] = seen;
    count++;
  }

  PartialAnswer toAnswer(String source, int sessions) {
    return new PartialAnswer(
        source,
        sessions,
        Arrays.copyOf(items, count),
        Arrays.copyOf(scores, count),
        Arrays.copyOf(evidence, count));
  }

  private int placeOf(String item, float score) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isBefore(item, score, middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private boolean isBefore(String item, float score, int place) {
    return score > scores[place] || (score == scores[place] && item.compareTo(items[place]) < 0);
  }
}
