package io.millrace.features.algebra;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.List;

/** All figures that are kept of some rows which are not retained; see {@link Measure}. */
final class Summary {
  private final List<Measure> measures;
  private final Tally[] tallies;

  Summary(List<Measure> measures, int precision) {
    this.measures = measures;
    tallies = new Tally[measures.size()];
    for (int i = 0; i < tallies.length; i++) {
      tallies[i] = Measure.tally(measures.get(i).kind(), precision);
    }
  }

  void add(KeptRow row) {
    for (int i = 0; i < tallies.length; i++) {
      measures.get(i).add(row, tallies[i]);
    }
  }

  void add(Summary other) {
    for (int i = 0; i < tallies.length; i++) {
      tallies[i].add(other.tallies[i]);
    }
  }

  Tally tally(int measure) {
    return tallies[measure];
  }

  void write(ByteWriter out) {
    for (Tally tally : tallies) {
      tally.write(out);
    }
  }

  /**
   * Reads what {@link #write} wrote under the measures of a layout.
   *
   * @param kinds of the measures written, in their order
   * @param places where each stands now, −1 where it is no longer declared
   */
  void read(ByteReader in, List<Measure.Kind> kinds, int[] places, int precision) {
    for (int i = 0; i < places.length; i++) {
      Tally tally = places[i] < 0 ? Measure.tally(kinds.get(i), precision) : tallies[places[i]];
      tally.read(in);
    }
  }
}
