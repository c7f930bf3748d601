package io.millrace.jobs.bench;

import io.millrace.jobs.evaluate.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How large one keyed state of a job is.
 *
 * @param name of the state
 * @param keys that have a value
 * @param bytes of all values together, without what RocksDB adds or saves
 */
record StateSize(String name, long keys, long bytes) {
  private static final String KEYS = "-keys";
  private static final String BYTES = "-bytes";

  /**
   * Those of all states that were filled, by name.
   *
   * @param counts accumulators of the job; a state has {@code NAME-keys} and {@code NAME-bytes}
   */
  static List<StateSize> of(Map<String, Long> counts) {
    List<StateSize> sizes = new ArrayList<>();
    for (Map.Entry<String, Long> count : new TreeMap<>(counts).entrySet()) {
      if (count.getKey().endsWith(KEYS) && count.getValue() > 0) {
        String name = count.getKey().substring(0, count.getKey().length() - KEYS.length());
        Long bytes = counts.get(name + BYTES);
        if (bytes != null) {
          sizes.add(new StateSize(name, count.getValue(), bytes));
        }
      }
    }
    return sizes;
  }

  /** The mean over its keys, NaN if a state of that name was not filled. */
  static double perKey(List<StateSize> sizes, String name) {
    return sizes.stream()
        .filter(size -> size.name().equals(name))
        .mapToDouble(StateSize::perKey)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Mean bytes of a value. */
  double perKey() {
    return (double) bytes / keys;
  }

  /**
   * One row of a table, with the number of keys beside it.
   *
   * @param job whose state it is
   */
  Figure figure(String set, String job) {
    return Figure.plain(set, "state", job, "bytes a key of " + name, perKey(), false)
        .beside(Map.of("keys", (double) keys));
  }
}
