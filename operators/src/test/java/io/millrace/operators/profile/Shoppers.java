package io.millrace.operators.profile;

import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.catalogue.ItemFacets;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.profile.ProfileSettings;
import io.millrace.features.profile.VisitorFeatures;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.state.TwoInputHarness;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.util.function.SerializableSupplier;

/** Keepers of profiles under test, and what visitors do in a few weeks, drawn from a seed. */
final class Shoppers {
  static final long BEGIN = 1_748_736_000_000L;
  static final long MINUTE = 60_000;
  static final long DAY = 24 * 60 * MINUTE;
  static final int ITEMS = 30;

  /** So small that values go to state and come back all the time. */
  static final KeepSettings SETTINGS =
      new KeepSettings(
          new ProfileSettings(
              512,
              ZoneId.of("Europe/Amsterdam"),
              "EUR",
              Duration.ofDays(7),
              Duration.ofDays(7),
              Duration.ofDays(90)),
          Duration.ofMillis(200),
          Duration.ofSeconds(1),
          2,
          1);

  private Shoppers() {}

  static TwoInputHarness<Timed<VisitorEvent>, ProfileNews, ProfileDraft> open(
      SerializableSupplier<FeatureSet> features,
      KeepSettings settings,
      OperatorSubtaskState state,
      int before,
      int parallelism,
      int subtask)
      throws Exception {
    return new TwoInputHarness<>(
        new VisitorProfiles(ProfileTopology.JOB, features, settings),
        event -> event.event().visitorId(),
        null,
        ProfileDraft.TYPE.serializer(),
        state,
        before,
        parallelism,
        subtask);
  }

  static TwoInputHarness<Timed<VisitorEvent>, ProfileNews, ProfileDraft> open() throws Exception {
    return open(VisitorFeatures::shipped, SETTINGS, null, 1, 1, 0);
  }

  static Timed<VisitorEvent> timed(VisitorEvent event) {
    return new Timed<>(event, event.eventTime() + 7);
  }

  static Click click(String id, ClickType type, long time, String visitor, String item) {
    return new Click(id, type, time, visitor, item, List.of(), null, Click.Details.NONE);
  }

  static Order placed(String id, long time, String visitor, double price, String... items) {
    List<Order.Line> lines = new ArrayList<>();
    for (String item : items) {
      lines.add(new Order.Line(item, 1, price, null));
    }
    return Order.placed("p" + id, id, time, visitor, "EUR", lines);
  }

  static List<ProfileNews> catalogue() {
    List<ProfileNews> news = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      news.add(
          ProfileNews.of(new ItemFacets("i" + i, "c" + i % 4 + "/d", "b" + i % 3, 10 + i * 1.5)));
    }
    return news;
  }

  /** Visits, orders and what is taken back of them, in the order of time. */
  static List<VisitorEvent> events(Random random, int visitors) {
    List<VisitorEvent> events = new ArrayList<>();
    for (int v = 0; v < visitors; v++) {
      long time = BEGIN + random.nextInt(7 * 24 * 60) * MINUTE;
      for (int session = 1 + random.nextInt(6); session > 0; session--) {
        visit(random, "v" + v, time, events);
        time += (long) (DAY * Math.exp(random.nextGaussian()));
      }
    }
    events.sort(Comparator.comparingLong(VisitorEvent::eventTime));
    return events;
  }

  private static void visit(Random random, String visitor, long start, List<VisitorEvent> events) {
    long time = start;
    ClickType[] types = ClickType.values();
    for (int n = 1 + random.nextInt(12); n > 0; n--) {
      ClickType type =
          random.nextInt(3) == 0 ? types[random.nextInt(types.length)] : ClickType.VIEW_ITEM;
      String item = type.needsItem() ? item(random) : null;
      events.add(click("e" + random.nextLong(), type, time, visitor, item));
      time += random.nextInt(4) == 0 ? 0 : random.nextInt(90_000);
    }
    if (random.nextInt(3) == 0) {
      order(random, visitor, time, events);
    }
  }

  /** An order and what becomes of it within seconds: paid or not, placed anew, taken back. */
  private static void order(Random random, String visitor, long time, List<VisitorEvent> events) {
    String id = "o" + random.nextLong();
    events.add(placed(id, time, visitor, 5 + random.nextInt(100), item(random), item(random)));
    for (int i = random.nextInt(4); i > 0; i--) {
      OrderStatus status = OrderStatus.values()[random.nextInt(OrderStatus.values().length)];
      long later = time + random.nextInt(4_000);
      if (status == OrderStatus.PLACED) {
        events.add(
            Order.placed(
                "again" + i,
                id,
                later,
                visitor,
                "EUR",
                List.of(new Order.Line(item(random), 2, 7.5, null))));
      } else {
        events.add(Order.became("b" + i, id, status, later, visitor));
      }
    }
  }

  private static String item(Random random) {
    return "i" + random.nextInt(ITEMS);
  }
}
