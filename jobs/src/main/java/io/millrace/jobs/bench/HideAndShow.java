package io.millrace.jobs.bench;

/**
 * The updates of a burst: items of a catalogue are hidden one after the other, in an order that
 * goes all over it, and each is shown again when so many others have been hidden. At the end all
 * are shown.
 */
final class HideAndShow {
  /** Items that are hidden at a time, at most a tenth of all. */
  private static final int HIDDEN_AT_A_TIME = 1_000;

  /** Steps of the walk; a prime beyond the count of the items goes through all of them. */
  private static final long STEP = 1_000_000_007;

  private final int items;
  private final int pairs;
  private final int behind;

  /** What is done with the updates. */
  @FunctionalInterface
  interface Updates {
    /** Hides or shows an item. */
    void say(int item, boolean hidden);
  }

  /**
   * @param items of the catalogue
   * @param updates rounded down to a multiple of two
   */
  HideAndShow(int items, int updates) {
    this.items = items;
    this.pairs = updates / 2;
    this.behind = Math.max(1, Math.min(HIDDEN_AT_A_TIME, items / 10));
  }

  /** How many updates there are. */
  int size() {
    return 2 * pairs;
  }

  /** Says all updates in order. */
  void forEach(Updates updates) {
    for (int at = 0; at < pairs + behind; at++) {
      if (at >= behind) {
        updates.say(item(at - behind), false);
      }
      if (at < pairs) {
        updates.say(item(at), true);
      }
    }
  }

  private int item(int at) {
    return (int) (at * STEP % items);
  }
}
