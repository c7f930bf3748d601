package io.millrace.jobs.bench;

import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.algebra.Layouts;
import io.millrace.features.catalogue.FacetTable;
import io.millrace.features.event.Click;
import io.millrace.features.event.Order;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.order.VisitorPurchases;
import io.millrace.features.profile.OrderRows;
import io.millrace.features.profile.ProfileMaker;
import io.millrace.features.profile.ProfileSettings;
import io.millrace.features.profile.VisitorProfile;
import io.millrace.features.profile.VisitorRows;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Profiles as one thread that does nothing else: the same code of {@code features} on heap maps,
 * which makes the JSON of a profile after every event. It reads and writes nothing, keeps nothing
 * and does not compare visitors, so this is what the algebra alone takes.
 */
final class ProfileLoop {
  private final Layouts layouts;
  private final ProfileSettings settings;
  private final VisitorRows rows;
  private final ProfileMaker maker;
  private final Map<String, VisitorProfile> profiles = new HashMap<>();
  private final Map<String, VisitorPurchases> purchases = new HashMap<>();
  private long written;

  /**
   * @param facets of the items
   * @param epoch of the versions
   */
  ProfileLoop(FeatureSet set, FacetTable facets, ProfileSettings settings, int epoch) {
    this.layouts = Layouts.of(set);
    this.settings = settings;
    this.rows = new VisitorRows(set.schema(), settings.zone());
    this.maker = new ProfileMaker(set, facets, settings, epoch);
  }

  /**
   * Takes events.
   *
   * @param events by their number
   * @param warmUp events before the clock starts
   * @param count events in all
   * @param clock tells the time
   */
  Throughput run(
      IntFunction<VisitorEvent> events, int warmUp, int count, Supplier<CpuTimes> clock) {
    for (int i = 0; i < warmUp; i++) {
      take(events.apply(i));
    }
    CpuTimes start = clock.get();
    for (int i = warmUp; i < count; i++) {
      take(events.apply(i));
    }
    return new Throughput(count - warmUp, clock.get().since(start));
  }

  /** Takes one event and makes the profile of its visitor. */
  void take(VisitorEvent event) {
    String visitor = event.visitorId();
    VisitorProfile profile = profile(visitor);
    if (event instanceof Click click) {
      profile.add(rows.of(click));
    } else {
      take((Order) event, profile);
    }
    written += maker.make(visitor, profile, maker.look(profile)).json().length;
  }

  private VisitorProfile profile(String visitor) {
    return profiles.computeIfAbsent(
        visitor, unused -> new VisitorProfile(layouts, settings.retainedEvents()));
  }

  private void take(Order order, VisitorProfile profile) {
    purchases
        .computeIfAbsent(order.visitorId(), unused -> new VisitorPurchases())
        .take(order, settings.currency(), new OrderRows(rows, profile, order.sessionId()));
  }

  /** Bytes of all JSON that was made. */
  long written() {
    return written;
  }

  /** Bytes of the state of a visitor's profile. */
  int stateBytes(String visitor) {
    return profile(visitor).toBytes().length;
  }
}
