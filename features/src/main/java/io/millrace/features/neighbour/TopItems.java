package io.millrace.features.neighbour;

/**
 * The best few of many candidates: the higher score first, ties by item id, so that the result
 * depends on nothing but the set offered. Holds scratch arrays and is used again and again.
 */
final class TopItems {
  private final int capacity;

  /** Best first: the bits of the score, which order as positive scores do, above the number. */
  private final long[] ranked;

  private ItemDictionary dictionary;
  private int count;

  TopItems(int capacity) {
    this.capacity = capacity;
    this.ranked = new long[capacity];
  }

  /** Begins anew with candidates that are numbered by a dictionary. */
  void start(ItemDictionary numbers) {
    dictionary = numbers;
    count = 0;
  }

  /**
   * Offers a candidate.
   *
   * @param score above 0
   */
  void offer(int number, float score) {
    long candidate = (long) Float.floatToRawIntBits(score) << 32 | number;
    if (count == capacity) {
      if (!isBefore(candidate, ranked[count - 1])) {
        return;
      }
      count--;
    }
    int place = placeOf(candidate);
    System.arraycopy(ranked, place, ranked, place + 1, count - place);
    ranked[place] = candidate;
    count++;
  }

  /**
   * The best of those offered.
   *
   * @param evidence by number
   */
  PartialAnswer toAnswer(String source, int sessions, short[] evidence) {
    String[] items = new String[count];
    float[] scores = new float[count];
    short[] seen = new short[count];
    for (int i = 0; i < count; i++) {
      int number = (int) ranked[i];
      items[i] = dictionary.item(number);
      scores[i] = Float.intBitsToFloat((int) (ranked[i] >> 32));
      seen[i] = evidence[number];
    }
    return new PartialAnswer(source, sessions, items, scores, seen);
  }

  /** The numbers of the best of those offered, best first. */
  int[] numbers() {
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (int) ranked[i];
    }
    return numbers;
  }

  private int placeOf(long candidate) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isBefore(candidate, ranked[middle])) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private boolean isBefore(long candidate, long other) {
    int score = (int) (candidate >> 32);
    int otherScore = (int) (other >> 32);
    return score > otherScore
        || (score == otherScore && dictionary.compare((int) candidate, (int) other) < 0);
  }
}
