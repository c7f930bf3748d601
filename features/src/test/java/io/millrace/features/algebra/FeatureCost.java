package io.millrace.features.algebra;

import static io.millrace.features.algebra.Span.days;
import static io.millrace.features.algebra.Span.hours;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Prints what an event costs with ten and with a hundred features, and how many bytes a key has.
 */
public final class FeatureCost {
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

  private FeatureCost() {}

  /** Takes no arguments. */
  public static void main(String[] args) {
    for (int keys : new int[] {20_000, 2_000, 200}) {
      List<Row> log = log(200_000);
      for (boolean stored : new boolean[] {false, true}) {
        double ten = measure(set(10), log, keys, stored);
        double hundred = measure(set(100), log, keys, stored);
        System.out.printf("a hundred features cost %.2f times ten%n", hundred / ten);
      }
    }
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
      Filter filter = filters[i / 10 % filters.length];
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
      features.add(feature.where(filter));
    }
    return FeatureSet.of("card", SCHEMA, features);
  }

  private static List<Row> log(int size) {
    Random random = new Random(1);
    List<Row> log = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      log.add(
          SCHEMA
              .row(1_748_736_000_000L + i * 12_000L + random.nextInt(12_000), random.nextLong())
              .number("amount", random.nextInt(50_000) / 100.)
              .number("items", 1 + random.nextInt(9))
              .text("country", random.nextBoolean() ? "NL" : "BE")
              .text("device", "device-" + random.nextInt(5_000))
              .flag("fraud", random.nextInt(100) == 0)
              .build());
    }
    return log;
  }

  /** Microseconds an event, after a run to warm up. */
  private static double measure(FeatureSet set, List<Row> log, int keys, boolean stored) {
    run(set, log, keys, stored);
    return run(set, log, keys, stored);
  }

  private static double run(FeatureSet set, List<Row> log, int keys, boolean stored) {
    Layouts layouts = Layouts.of(set);
    byte[][] states = new byte[keys][];
    EntityFeatures[] entities = new EntityFeatures[keys];
    Random random = new Random(2);
    long checksum = 0;
    long start = System.nanoTime();
    for (Row row : log) {
      int key = random.nextInt(keys);
      EntityFeatures entity = entities[key];
      if (stored && states[key] != null) {
        entity = EntityFeatures.ofBytes(states[key], layouts);
      } else if (entity == null) {
        entity = new EntityFeatures(layouts);
      }
      entity.add(row);
      checksum += Double.doubleToLongBits(entity.values().number(0));
      if (stored) {
        states[key] = entity.toBytes();
      } else {
        entities[key] = entity;
      }
    }
    double micros = (System.nanoTime() - start) / 1e3 / log.size();
    long bytes = 0;
    for (int key = 0; key < keys; key++) {
      byte[] state = stored ? states[key] : entities[key] == null ? null : entities[key].toBytes();
      bytes += state == null ? 0 : state.length;
    }
    System.out.printf(
        "%d features, %d rows a key, state %s: %.2f µs an event, %d bytes a key (%x)%n",
        set.features().size(),
        log.size() / keys,
        stored ? "as bytes between events" : "held as objects",
        micros,
        bytes / keys,
        checksum & 0xFF);
    return micros;
  }
}
