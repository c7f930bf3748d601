package io.millrace.features.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.features.algebra.Feature;
import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.algebra.Layouts;
import io.millrace.features.algebra.Weighted;
import io.millrace.features.catalogue.FacetTable;
import io.millrace.features.catalogue.ItemFacets;
import io.millrace.features.decision.Profile;
import io.millrace.features.decision.ProfileJson;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.Order;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.order.VisitorPurchases;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A profile holds what a plain look through a visitor's events finds. */
class ProfileOracleTest {
  private static final long BEGIN = 1_748_736_000_000L;
  private static final long MINUTE = 60_000;
  private static final long DAY = 24 * 60 * MINUTE;
  private static final ZoneId ZONE = ZoneId.of("Asia/Kathmandu");
  private static final ProfileSettings SETTINGS =
      new ProfileSettings(
          4_096,
          ZONE,
          "EUR",
          ProfileSettings.DEFAULT.newFor(),
          ProfileSettings.DEFAULT.usualGap(),
          ProfileSettings.DEFAULT.retention());

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void holdsWhatAPlainLookFinds(long seed) {
    Random random = new Random(seed);
    List<VisitorEvent> events = events(random);
    FacetTable facets = new FacetTable();
    for (int i = 0; i < 10; i++) {
      facets.put(new ItemFacets("i" + i, "c" + i % 3, "b" + i % 2, 10 + i));
    }
    FeatureSet set = VisitorFeatures.shipped();
    VisitorProfile profile = new VisitorProfile(Layouts.of(set), SETTINGS.retainedEvents());
    List<VisitorEvent> arrivals = new ArrayList<>(events);
    Collections.shuffle(arrivals, random);
    add(arrivals, new VisitorRows(set.schema(), ZONE), profile);

    Profile told = ProfileJson.read(make(set, facets, profile));

    Map<String, Object> expected = expected(events);
    Set<String> looked = new HashSet<>(expected.keySet());
    looked.addAll(Set.of("items", "active_hours"));
    assertThat(looked)
        .as("every declared feature is looked at")
        .containsExactlyInAnyOrderElementsOf(set.features().stream().map(Feature::name).toList());
    expected.forEach(
        (feature, value) -> {
          Object is = told.features().get(feature);
          if (value instanceof Double number) {
            assertThat(((Number) is).doubleValue()).as(feature).isCloseTo(number, within(1e-9));
          } else {
            assertThat(is).as(feature).isEqualTo(value);
          }
        });
    assertInterests(events, told, facets);
  }

  private static byte[] make(FeatureSet set, FacetTable facets, VisitorProfile profile) {
    ProfileMaker maker = new ProfileMaker(set, facets, SETTINGS, 1);
    return maker.make("v", profile, maker.look(profile)).json();
  }

  private static void add(List<VisitorEvent> events, VisitorRows rows, VisitorProfile profile) {
    VisitorPurchases purchases = new VisitorPurchases();
    for (VisitorEvent event : events) {
      if (event instanceof Click click) {
        profile.add(rows.of(click));
      } else {
        purchases.take((Order) event, "EUR", new OrderRows(rows, profile, null));
      }
    }
  }

  private static List<VisitorEvent> events(Random random) {
    List<VisitorEvent> events = new ArrayList<>();
    long time = BEGIN;
    for (int i = 0; i < 150; i++) {
      time +=
          switch (random.nextInt(10)) {
            case 0 -> (long) (random.nextDouble() * 3 * DAY);
            case 1 -> 30 * MINUTE + random.nextInt(2);
            default -> random.nextInt(100_000);
          };
      if (random.nextInt(12) == 0) {
        List<Order.Line> lines =
            List.of(new Order.Line("i" + random.nextInt(10), 1, random.nextInt(5_000) / 100.0, ""));
        events.add(Order.placed("p" + i, "o" + i, time, "v", "EUR", lines));
      } else {
        ClickType[] types = ClickType.values();
        ClickType type =
            random.nextBoolean() ? ClickType.VIEW_ITEM : types[random.nextInt(types.length)];
        String item = type.needsItem() ? "i" + random.nextInt(10) : null;
        events.add(new Click("e" + i, type, time, "v", item, List.of(), null, Click.Details.NONE));
      }
    }
    return events;
  }

  private static boolean isView(VisitorEvent event) {
    return event instanceof Click click
        && (click.type() == ClickType.VIEW_ITEM || click.type() == ClickType.SELECT_ITEM);
  }

  private static boolean isOf(VisitorEvent event, ClickType type) {
    return event instanceof Click click && click.type() == type;
  }

  /** The features whose value is a number or a text. */
  private static Map<String, Object> expected(List<VisitorEvent> events) {
    long now = events.get(events.size() - 1).eventTime();
    Map<String, Object> expected = new HashMap<>();
    List<VisitorEvent> day = since(events, now - DAY);
    List<VisitorEvent> month = since(events, now - 30 * DAY);
    List<Order> orders = orders(events);
    expected.put("views_1d", day.stream().filter(ProfileOracleTest::isView).count());
    expected.put("views_30d", month.stream().filter(ProfileOracleTest::isView).count());
    expected.put("views", events.stream().filter(ProfileOracleTest::isView).count());
    expected.put("carts_1d", count(day, ClickType.ADD_TO_CART));
    expected.put("carts_30d", count(month, ClickType.ADD_TO_CART));
    expected.put("wishlist_30d", count(month, ClickType.ADD_TO_WISHLIST));
    expected.put("searches_30d", count(month, ClickType.SEARCH));
    expected.put("checkouts_30d", count(month, ClickType.BEGIN_CHECKOUT));
    expected.put("orders", (long) orders.size());
    expected.put("orders_30d", (long) orders(month).size());
    expected.put("spend", spend(orders));
    expected.put("spend_30d", spend(orders(month)));
    expected.put("average_order_value", spend(orders) / orders.size());
    expected.put("last_order_time", orders.get(orders.size() - 1).eventTime());
    expected.put("first_time", events.get(0).eventTime());
    expected.put("last_time", now);
    expected.put("events_30d", (long) month.size());
    expected.put(
        "active_days",
        events.stream()
            .map(event -> Instant.ofEpochMilli(event.eventTime()).atZone(ZONE).toLocalDate())
            .distinct()
            .count());
    long sessions = sessions(month);
    expected.put("sessions_30d", sessions);
    expected.put("mean_session_depth_30d", (double) month.size() / sessions);
    expected.put("conversion_30d", (double) orders(month).size() / sessions);
    expected.put("session_depth", depth(events));
    expected.put("returns", 0L);
    List<String> touched = month.stream().flatMap(ProfileOracleTest::items).toList();
    expected.put("items_30d", touched.stream().distinct().count());
    expected.put(
        "last_item",
        events.stream()
            .filter(ProfileOracleTest::isView)
            .reduce((one, other) -> other)
            .map(view -> ((Click) view).itemId())
            .orElseThrow());
    expected.put("interest", interests(events, now).values().stream().mapToDouble(d -> d).sum());
    return expected;
  }

  /** Items in which an event shows interest. */
  private static Stream<String> items(VisitorEvent event) {
    if (event instanceof Click click) {
      return click.type().points() > 0 ? Stream.of(click.itemId()) : Stream.of();
    }
    return Stream.of(((Order) event).lines().get(0).itemId());
  }

  private static Map<String, Double> interests(List<VisitorEvent> events, long now) {
    Map<String, Double> items = new HashMap<>();
    for (VisitorEvent event : events) {
      double half = Math.pow(2, -(now - event.eventTime()) / (7.0 * DAY));
      int points = event instanceof Click click ? click.type().points() : 5;
      items(event).forEach(item -> items.merge(item, points * half, Double::sum));
    }
    return items;
  }

  private static List<VisitorEvent> since(List<VisitorEvent> events, long time) {
    return events.stream().filter(event -> event.eventTime() > time).toList();
  }

  private static List<Order> orders(List<VisitorEvent> events) {
    return events.stream().filter(Order.class::isInstance).map(Order.class::cast).toList();
  }

  private static long count(List<VisitorEvent> events, ClickType type) {
    return events.stream().filter(event -> isOf(event, type)).count();
  }

  private static double spend(List<Order> orders) {
    return orders.stream().mapToDouble(order -> order.lines().get(0).unitPrice()).sum();
  }

  private static long sessions(List<VisitorEvent> events) {
    long sessions = 1;
    for (int i = 1; i < events.size(); i++) {
      boolean pause = events.get(i).eventTime() - events.get(i - 1).eventTime() > 30 * MINUTE;
      sessions += pause ? 1 : 0;
    }
    return sessions;
  }

  private static long depth(List<VisitorEvent> events) {
    long depth = 1;
    for (int i = events.size() - 1;
        i > 0 && events.get(i).eventTime() - events.get(i - 1).eventTime() <= 30 * MINUTE;
        i--) {
      depth++;
    }
    return depth;
  }

  private static void assertInterests(List<VisitorEvent> events, Profile told, FacetTable facets) {
    long now = events.get(events.size() - 1).eventTime();
    Map<String, Double> items = interests(since(events, now - 30 * DAY), now);
    Map<String, Double> hours = new HashMap<>();
    for (VisitorEvent event : since(events, now - 30 * DAY)) {
      int hour = Instant.ofEpochMilli(event.eventTime()).atZone(ZONE).getHour();
      double half = Math.pow(2, -(now - event.eventTime()) / (14.0 * DAY));
      hours.merge(String.format(Locale.ROOT, "%02d", hour), half, Double::sum);
    }
    assertWeights(told, "active_hours", hours, 3, 1);
    assertWeights(told, "items", items, 20, 1);
    double all = items.values().stream().mapToDouble(Double::doubleValue).sum();
    assertWeights(told, "categories", by(items, facets::category), 5, all);
    assertWeights(told, "brands", by(items, facets::brand), 5, all);
    double affinity =
        items.entrySet().stream()
                .mapToDouble(item -> facets.priceLevel(item.getKey()) * item.getValue())
                .sum()
            / all;
    assertThat((Double) told.features().get("price_affinity")).isCloseTo(affinity, within(1e-4));
  }

  private static Map<String, Double> by(Map<String, Double> items, UnaryOperator<String> of) {
    return items.entrySet().stream()
        .collect(
            Collectors.groupingBy(
                item -> of.apply(item.getKey()), Collectors.summingDouble(Map.Entry::getValue)));
  }

  private static void assertWeights(
      Profile told, String feature, Map<String, Double> expected, int most, double unit) {
    List<?> list = (List<?>) told.features().get(feature);
    assertThat(list).as(feature).hasSize(Math.min(most, expected.size()));
    double before = Double.MAX_VALUE;
    for (Object element : list) {
      Weighted of = (Weighted) element;
      assertThat(of.weight()).isLessThanOrEqualTo(before);
      assertThat(of.weight() / (expected.get(of.value()) / unit)).isCloseTo(1, within(1e-4));
      before = of.weight();
    }
  }
}
