package io.millrace.features.fraud;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Which range a number falls into: bin i holds the numbers from edge i − 1 on and below edge i, bin
 * 0 those below the first edge. Numbers that are absent (NaN) have the last bin for themselves.
 * Immutable.
 */
public final class Bins {
  /** Most edges. */
  public static final int MAX_EDGES = 1_000;

  private final double[] edges;

  private Bins(double[] edges) {
    this.edges = edges;
  }

  /**
   * Bins between edges.
   *
   * @throws IllegalArgumentException if an edge is not finite, they do not ascend, or there are
   *     none or too many; names the value and the remedy
   */
  public static Bins of(double... edges) {
    if (edges.length == 0 || edges.length > MAX_EDGES) {
      throw new IllegalArgumentException(
          "bins: %d edges; declare 1 to %d".formatted(edges.length, MAX_EDGES));
    }
    for (int i = 0; i < edges.length; i++) {
      if (!Double.isFinite(edges[i])) {
        throw new IllegalArgumentException(
            "bins: edge %s at place %d; declare finite numbers".formatted(edges[i], i));
      }
      if (i > 0 && edges[i] <= edges[i - 1]) {
        throw new IllegalArgumentException(
            "bins: edge %s follows %s; declare them in ascending order, each once"
                .formatted(edges[i], edges[i - 1]));
      }
    }
    return new Bins(edges.clone());
  }

  /** How many there are, the one of absent numbers among them. */
  public int count() {
    return edges.length + 2;
  }

  /** The bin of a number, from 0. */
  public int of(double value) {
    if (Double.isNaN(value)) {
      return edges.length + 1;
    }
    int low = 0;
    int high = edges.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (edges[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** What a bin holds, for people: {@code 25 to 50}, {@code below 25}, {@code absent}. */
  public String words(int bin) {
    if (bin < 0 || bin >= count()) {
      throw new IllegalArgumentException("bin %d; there are 0 to %d".formatted(bin, count() - 1));
    }
    if (bin == count() - 1) {
      return "absent";
    }
    if (bin == 0) {
      return "below " + text(edges[0]);
    }
    String from = text(edges[bin - 1]);
    return bin == edges.length ? from + " and more" : from + " to " + text(edges[bin]);
  }

  private static String text(double edge) {
    return edge == Math.rint(edge) && Math.abs(edge) < 1e15
        ? Long.toString((long) edge)
        : Double.toString(edge);
  }

  /** The edges; a copy. */
  double[] edges() {
    return edges.clone();
  }

  /** The edges, comma-separated. */
  @Override
  public String toString() {
    return Arrays.stream(edges).mapToObj(Bins::text).collect(Collectors.joining(","));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bins that && Arrays.equals(edges, that.edges);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(edges);
  }
}
