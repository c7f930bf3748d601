package io.millrace.jobs.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The items of a list as it stands in Redis, found without taking its JSON apart: a thousand lists
 * are looked at many times a second. Holds for ids that JSON writes as they are.
 */
final class ListedItems {
  /** An item's object begins so; the item of a reason stands behind the reason's type. */
  private static final byte[] BEGIN = "{\"item_id\":\"".getBytes(StandardCharsets.UTF_8);

  private ListedItems() {}

  /**
   * Shows the ids in order.
   *
   * @param list the value of {@code rec:{…}}, null for none
   */
  static void forEach(byte[] list, Consumer<String> action) {
    if (list == null) {
      return;
    }
    int last = list.length - BEGIN.length;
    for (int at = 0; at <= last; at++) {
      if (list[at] == BEGIN[0]
          && Arrays.equals(list, at, at + BEGIN.length, BEGIN, 0, BEGIN.length)) {
        int from = at + BEGIN.length;
        int to = from;
        while (list[to] != '"') {
          to++;
        }
        action.accept(new String(list, from, to - from, StandardCharsets.UTF_8));
        at = to;
      }
    }
  }
}
