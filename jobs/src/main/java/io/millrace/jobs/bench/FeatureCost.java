package io.millrace.jobs.bench;

import static io.millrace.features.algebra.Span.days;
import static io.millrace.features.algebra.Span.hours;

import io.millrace.features.algebra.EntityFeatures;
import io.millrace.features.algebra.Feature;
import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.algebra.Field;
import io.millrace.features.algebra.Filter;
import io.millrace.features.algebra.Layouts;
import io.millrace.features.algebra.Row;
import io.millrace.features.algebra.Schema;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What an event costs with ten and with a hundred features, of made-up payments by card. Both sets
 * go through the same payments by turns, a part at a time, in processor time of their thread; what
 * counts is the median over the parts after the warm-up.
 */
final class FeatureCost {
  static final int FEW = 10;
  static final int MANY = 100;

  private static final Schema SCHEMA =
      Schema.of(
          "payments",
          Field.number("amount", 2),
          Field.number("items", 0),
          Field.text("country"),
          Field.text("device"),
          Field.flag("fraud"));
  private static final Duration[] WINDOWS = {
    hours(1), hours(6), days(1), days(3), days(7), days(14), days(30)
  };
  private static final long START = 1_748_736_000_000L;
  private static final int APART_MS = 12_000;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final int cards;
  private final int partSize;
  private final int warmUp;
  private final int parts;

  /**
   * Microseconds of processor time an event.
   *
   * @param few with {@link #FEW} features
   * @param many with {@link #MANY}
   */
  record Micros(double few, double many) {
    double ratio() {
      return many / few;
    }
  }

  /**
   * @param cards that pay
   * @param partSize payments of a part
   * @param warmUp parts before those that count
   * @param parts that count
   */
  FeatureCost(int cards, int partSize, int warmUp, int parts) {
    this.cards = cards;
    this.partSize = partSize;
    this.warmUp = warmUp;
    this.parts = parts;
  }

  /**
   * Measures.
   *
   * @param stored whether the state is read before and written after every event; else it stays on
   *     the heap
   */
  Micros measure(boolean stored) {
    Cards few = stored ? new Stored(set(FEW)) : new OnHeap(set(FEW));
    Cards many = stored ? new Stored(set(MANY)) : new OnHeap(set(MANY));
    double[] ofFew = new double[parts];
    double[] ofMany = new double[parts];
    Random random = new Random(1);
    for (int part = -warmUp; part < parts; part++) {
      List<Row> rows = payments((part + warmUp) * partSize, random);
      int[] cardOf = random.ints(partSize, 0, cards).toArray();
      double microsOfFew = micros(few, rows, cardOf);
      double microsOfMany = micros(many, rows, cardOf);
      if (part >= 0) {
        ofFew[part] = microsOfFew;
        ofMany[part] = microsOfMany;
      }
    }
    if (few.valuesSeen() != many.valuesSeen()) {
      throw new IllegalStateException("the first feature differs between the sets");
    }
    return new Micros(median(ofFew), median(ofMany));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private double micros(Cards states, List<Row> rows, int[] cardOf) {
    long start = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < rows.size(); i++) {
      states.take(cardOf[i], rows.get(i));
    }
    return (threads.getCurrentThreadCpuTime() - start) / 1e3 / rows.size();
  }

  /** Of all aggregates, windows and filters in turn. */
  static FeatureSet set(int size) {
    List<Feature> features = new ArrayList<>();
    Filter[] filters = {
      null, Filter.is("country", "NL"), Filter.above("amount", 100), Filter.is("fraud", true)
    };
    for (int i = 0; i < size; i++) {
      String name = "feature_" + i;
      Duration window = WINDOWS[i % WINDOWS.length];
      Feature feature =
          switch (i % 10) {
            case 0, 1 -> Feature.count(name).over(window);
            case 2, 3 -> Feature.sum(name, "amount").over(window);
            case 4 -> Feature.mean(name, "amount").over(window);
            case 5 -> Feature.stddev(name, "amount").over(window);
            case 6 -> Feature.max(name, "items").over(window).withoutCurrent();
            case 7 -> Feature.distinct(name, "device").over(window);
            case 8 -> Feature.timeSince(name).withoutCurrent();
            default -> Feature.sum(name, "amount").halvingEvery(window);
          };
      features.add(feature.where(filters[i / 10 % filters.length]));
    }
    return FeatureSet.of("card", SCHEMA, features);
  }

  private List<Row> payments(int from, Random random) {
    List<Row> rows = new ArrayList<>(partSize);
    for (int i = from; i < from + partSize; i++) {
      long time = START + (long) i * APART_MS + random.nextInt(APART_MS);
      rows.add(
          SCHEMA
              .row(time, random.nextLong())
              .number("amount", random.nextInt(50_000) / 100.)
              .number("items", 1 + random.nextInt(9))
              .text("country", random.nextBoolean() ? "NL" : "BE")
              .text("device", "device-" + random.nextInt(5_000))
              .flag("fraud", random.nextInt(100) == 0)
              .build());
    }
    return rows;
  }

  /** The states of all cards, with one set of features. */
  private abstract static class Cards {
    final Layouts layouts;
    private double seen;

    Cards(FeatureSet set) {
      layouts = Layouts.of(set);
    }

    abstract void take(int card, Row row);

    void addAndLook(EntityFeatures card, Row row) {
      card.add(row);
      seen += card.values().number(0);
    }

    /** The sum of the first feature of all, which both sets share. */
    double valuesSeen() {
      return seen;
    }
  }

  private final class OnHeap extends Cards {
    private final EntityFeatures[] states = new EntityFeatures[cards];

    private OnHeap(FeatureSet set) {
      super(set);
    }

    @Override
    void take(int card, Row row) {
      if (states[card] == null) {
        states[card] = new EntityFeatures(layouts);
      }
      addAndLook(states[card], row);
    }
  }

  private final class Stored extends Cards {
    private final byte[][] states = new byte[cards][];

    private Stored(FeatureSet set) {
      super(set);
    }

    @Override
    void take(int card, Row row) {
      EntityFeatures state =
          states[card] == null
              ? new EntityFeatures(layouts)
              : EntityFeatures.ofBytes(states[card], layouts);
      addAndLook(state, row);
      states[card] = state.toBytes();
    }
  }
}
