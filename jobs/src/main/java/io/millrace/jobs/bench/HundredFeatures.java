package io.millrace.jobs.bench;

import static io.millrace.features.algebra.Feature.count;
import static io.millrace.features.algebra.Feature.distinct;
import static io.millrace.features.algebra.Feature.last;
import static io.millrace.features.algebra.Feature.max;
import static io.millrace.features.algebra.Feature.mean;
import static io.millrace.features.algebra.Feature.ratio;
import static io.millrace.features.algebra.Feature.stddev;
import static io.millrace.features.algebra.Feature.sum;
import static io.millrace.features.algebra.Feature.timeSince;
import static io.millrace.features.algebra.Feature.top;
import static io.millrace.features.algebra.Filter.above;
import static io.millrace.features.algebra.Filter.is;
import static io.millrace.features.algebra.Span.days;
import static io.millrace.features.algebra.Span.hours;

import io.millrace.features.algebra.Feature;
import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.profile.VisitorFeatures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A hundred features of a visitor: those that are shipped, and such as a store may add. */
final class HundredFeatures {
  static final int SIZE = 100;

  private static final int TOP = 10;

  private HundredFeatures() {}

  /** The set, the same at every call. */
  static FeatureSet set() {
    List<Feature> more = more();
    return VisitorFeatures.with(
        more.subList(0, SIZE - VisitorFeatures.shipped().features().size()));
  }

  private static List<Feature> more() {
    List<Feature> more = new ArrayList<>();
    more.add(timeSince("since_cart").where(is("what", "cart")));
    more.add(timeSince("since_order").where(is("what", "order")));
    more.add(last("last_bought_item", "item").where(is("what", "purchase")));
    more.add(top("bought_items", "item", TOP).where(is("what", "purchase")).halvingEvery(days(30)));
    more.add(max("dearest_order", "amount").where(is("what", "order")));
    more.add(count("large_orders").where(above("amount", 100)));
    more.add(ratio("carts_an_order_30d", "carts_30d", "orders_30d"));
    windows().forEach((name, window) -> addOf(name, window, more));
    return more;
  }

  private static Map<String, Duration> windows() {
    Map<String, Duration> windows = new LinkedHashMap<>();
    windows.put("1h", hours(1));
    windows.put("6h", hours(6));
    windows.put("3d", days(3));
    windows.put("7d", days(7));
    windows.put("14d", days(14));
    return windows;
  }

  private static void addOf(String name, Duration window, List<Feature> more) {
    for (String what : List.of("view", "cart", "wishlist", "order", "purchase")) {
      more.add(count(what + "s_" + name).where(is("what", what)).over(window));
    }
    more.add(sum("points_" + name, "points").over(window));
    more.add(sum("spend_" + name, "amount").over(window));
    more.add(mean("mean_order_" + name, "amount").where(is("what", "order")).over(window));
    more.add(stddev("order_deviation_" + name, "amount").over(window));
    more.add(max("dearest_order_" + name, "amount").where(is("what", "order")).over(window));
    more.add(distinct("items_" + name, "item").over(window));
    more.add(distinct("hours_" + name, "hour").over(window));
    more.add(sum("interest_halving_" + name, "points").halvingEvery(window));
    more.add(count("carts_halving_" + name).where(is("what", "cart")).halvingEvery(window));
  }
}
