package io.millrace.features.algebra;

import io.millrace.features.algebra.Plan.Calculation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The values of a text that weigh most among retained rows. Sums are exact, each weight in fixed
 * point, so that what cancels out is 0, whatever the order.
 */
final class HeaviestValues {
  private static final Comparator<Weighted> HEAVIEST_FIRST =
      Comparator.comparingDouble(Weighted::weight).reversed().thenComparing(Weighted::value);

  private final RetainedRows rows;
  private final Pair pair;
  private final Calculation of;
  private final long[] weights;

  /** Milliseconds, 0 where age does not matter. */
  private final long halfLife;

  /** By number of a value, what it weighs and a row that has it. */
  private Wide[] sums = new Wide[16];

  private int[] places = new int[16];

  HeaviestValues(RetainedRows rows, Pair pair, Calculation of) {
    this.rows = rows;
    this.pair = pair;
    this.of = of;
    weights = rows.values(of.weight());
    halfLife = of.feature().span() instanceof Span.HalfLife decay ? decay.halfLife().toMillis() : 0;
  }

  /** Of a stretch of rows, none of them after the time asked for; heaviest first. */
  List<Weighted> among(int from, int to, long time) {
    int different = sum(from, to, time);
    List<Weighted> heaviest = new ArrayList<>();
    for (int i = 0; i < different; i++) {
      double weight = weight(sums[i]);
      if (weight > 0) {
        offer(new Weighted(rows.text(pair.column(), places[i]), weight), heaviest);
      }
    }
    return List.copyOf(heaviest);
  }

  /** Sums up what each value weighs and says how many there are. */
  private int sum(int from, int to, long time) {
    long[] values = rows.values(pair.column());
    Occurrences numbers = new Occurrences(sums.length);
    int different = 0;
    for (int row = from; row < to; row++) {
      if (!rows.holds(pair, row) || weights != null && weights[row] == Field.MISSING) {
        continue;
      }
      int number = numbers.number(values[row]);
      if (number == different) {
        begin(different++, row);
      }
      long weight = weights == null ? 1 : weights[row];
      if (halfLife == 0) {
        sums[number].add(weight);
      } else {
        sums[number].addProduct(weight, Halving.weight(time - rows.time(row), halfLife));
      }
    }
    return different;
  }

  private void begin(int number, int row) {
    if (number == sums.length) {
      sums = Arrays.copyOf(sums, number * 2);
      places = Arrays.copyOf(places, number * 2);
    }
    sums[number] = new Wide();
    places[number] = row;
  }

  private double weight(Wide sum) {
    return halfLife == 0
        ? FixedPoint.quotient(sum, 1, of.unit())
        : sum.toDouble() / Halving.ONE / of.unit();
  }

  private void offer(Weighted candidate, List<Weighted> heaviest) {
    int size = heaviest.size();
    boolean full = size == of.feature().most();
    if (full && HEAVIEST_FIRST.compare(candidate, heaviest.get(size - 1)) > 0) {
      return;
    }
    if (full) {
      heaviest.remove(size - 1);
    }
    int place = Collections.binarySearch(heaviest, candidate, HEAVIEST_FIRST);
    heaviest.add(-place - 1, candidate);
  }
}
