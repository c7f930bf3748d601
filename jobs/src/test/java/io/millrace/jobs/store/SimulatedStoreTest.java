package io.millrace.jobs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.CatalogItemCodec;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickCodec;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.FraudLabelCodec;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.OrderCodec;
import io.millrace.jobs.local.ContractEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedStoreTest {
  static final long START = 1_750_000_000_000L;

  @Test
  void repeatsItselfForTheSameSeedOnly() {
    assertThat(events(7, 6_000)).isEqualTo(events(7, 6_000)).isNotEqualTo(events(8, 6_000));
  }

  @Test
  void sendsValidEventsInTimeOrderWithIdsOfTheirOwn() throws InvalidEventException {
    Set<String> ids = new HashSet<>();
    long before = START;
    for (ContractEvent event : events(1, 30_000)) {
      assertThat(readBack(event)).isEqualTo(event);
      assertThat(event.eventTime()).isGreaterThanOrEqualTo(before);
      before = event.eventTime();
      if (event instanceof ContractEvent.OfClick of) {
        assertThat(ids.add(of.click().eventId())).isTrue();
      } else if (event instanceof ContractEvent.OfOrder of) {
        assertThat(ids.add(of.order().eventId())).isTrue();
      }
    }
  }

  private static ContractEvent readBack(ContractEvent event) throws InvalidEventException {
    Clock clock = Clock.systemUTC();
    byte[] payload = event.payload();
    if (event instanceof ContractEvent.OfClick) {
      return ContractEvent.of(new ClickCodec(clock).decode(payload));
    } else if (event instanceof ContractEvent.OfOrder) {
      return ContractEvent.of(new OrderCodec(clock).decode(payload));
    } else if (event instanceof ContractEvent.OfLabel) {
      return ContractEvent.of(new FraudLabelCodec(clock).decode(payload));
    }
    CatalogItem item = new CatalogItemCodec(clock).decode(payload);
    assertThat(item.updatedAt()).isEqualTo(event.eventTime());
    return ContractEvent.of(item, event.eventTime());
  }

  @Test
  void keepsTheRateOnceItHasFilled() {
    List<Click> clicks = clicks(2, 60_000);
    int half = clicks.size() / 2;
    long tookMs = clicks.get(clicks.size() - 1).eventTime() - clicks.get(half).eventTime();
    assertThat((clicks.size() - half) * 1_000.0 / tookMs).isBetween(15.0, 25.0);
  }

  @Test
  void bringsVisitorsBackInVisitsOfTheirOwn() {
    Map<String, Set<String>> visits = new HashMap<>();
    Map<String, String> visitorOfVisit = new HashMap<>();
    List<Click> clicks = clicks(3, 60_000);
    for (Click click : clicks) {
      visits.computeIfAbsent(click.visitorId(), v -> new HashSet<>()).add(click.sessionId());
      String owner = visitorOfVisit.putIfAbsent(click.sessionId(), click.visitorId());
      assertThat(owner == null || owner.equals(click.visitorId())).isTrue();
    }
    double returned = visits.values().stream().filter(v -> v.size() > 1).count();
    assertThat(returned / visits.size()).isBetween(0.1, 0.8);
    assertThat(clicks.size() / (double) visitorOfVisit.size()).isBetween(3.5, 8.0);
  }

  @Test
  void looksAtFewItemsMuchAndAtManyLittle() {
    Map<String, Integer> views = new HashMap<>();
    int all = 0;
    for (Click click : clicks(4, 60_000)) {
      if (click.type() == ClickType.VIEW_ITEM) {
        views.merge(click.itemId(), 1, Integer::sum);
        all++;
      }
    }
    List<Integer> counts = new ArrayList<>(views.values());
    counts.sort(Comparator.reverseOrder());
    int top = counts.subList(0, counts.size() / 10).stream().mapToInt(Integer::intValue).sum();
    assertThat(top / (double) all).isBetween(0.25, 0.7);
    assertThat(views.size()).isGreaterThan(1_500);
  }

  @Test
  void letsItemsAppearAndLeave() {
    SimulatedStore store = new SimulatedStore(5, START, 20);
    Set<String> gone = new HashSet<>();
    Set<String> known = new HashSet<>();
    for (int i = 0; i < 60_000; i++) {
      if (store.next() instanceof ContractEvent.OfItem of) {
        known.add(of.item().itemId());
        assertThat(of.item().category()).isEqualTo(store.category(of.item().itemId()));
        if (of.item().status() == CatalogItem.Status.DISCONTINUED) {
          assertThat(gone.add(of.item().itemId())).isTrue();
        }
      }
    }
    assertThat(known).hasSize(store.itemCount());
    assertThat(store.itemCount()).isBetween(2_020, 2_120);
    assertThat(gone).hasSizeBetween(10, 100);
    assertThat(store.title(known.iterator().next())).contains(" ");
    assertThat(store.title("nothing")).isEqualTo("nothing");
  }

  @Test
  void putsIntoTheCartOnlyWhatWasLookedAtAndTakesOutOnlyWhatIsInIt() {
    Map<String, Set<String>> seen = new HashMap<>();
    Map<String, Set<String>> carts = new HashMap<>();
    int added = 0;
    int removed = 0;
    for (Click click : clicks(6, 40_000)) {
      Set<String> cart = carts.computeIfAbsent(click.visitorId(), v -> new HashSet<>());
      switch (click.type()) {
        case VIEW_ITEM ->
            seen.computeIfAbsent(click.sessionId(), s -> new HashSet<>()).add(click.itemId());
        case ADD_TO_CART -> {
          assertThat(seen.get(click.sessionId())).contains(click.itemId());
          assertThat(click.details().quantity()).isPositive();
          cart.add(click.itemId());
          added++;
        }
        case REMOVE_FROM_CART -> {
          assertThat(cart).contains(click.itemId());
          removed++;
        }
        default -> {}
      }
    }
    assertThat(added).isBetween(1_000, 4_000);
    assertThat(removed).isBetween(50, added / 2);
  }

  @Test
  void choosesFromTheListThatWasShown() {
    Map<String, Click> lists = new HashMap<>();
    int chosen = 0;
    int shown = 0;
    for (Click click : clicks(7, 40_000)) {
      if (click.type() == ClickType.VIEW_ITEM_LIST) {
        lists.put(click.sessionId(), click);
        shown++;
      } else if (click.type() == ClickType.SELECT_ITEM) {
        List<String> list = lists.get(click.sessionId()).itemIds();
        assertThat(list.get(click.details().index())).isEqualTo(click.itemId());
        chosen++;
      }
    }
    assertThat(chosen / (double) shown).isBetween(0.2, 0.8);
  }

  @Test
  void hasFewBotsAndTheyAreFastAndWide() {
    Map<String, List<Click>> visits = new HashMap<>();
    for (Click click : clicks(8, 100_000)) {
      visits.computeIfAbsent(click.sessionId(), s -> new ArrayList<>()).add(click);
    }
    int bots = 0;
    for (List<Click> visit : visits.values()) {
      long ms = visit.get(visit.size() - 1).eventTime() - visit.get(0).eventTime();
      if (visit.size() > 100 && visit.size() * 60_000.0 / ms > 100) {
        assertThat(visit.stream().map(Click::itemId).distinct().count()).isGreaterThan(100);
        bots++;
      }
    }
    assertThat(bots).isPositive();
    assertThat(bots / (double) visits.size()).isLessThan(0.003);
  }

  @Test
  void refusesRateOfZero() {
    assertThatThrownBy(() -> new SimulatedStore(1, START, 0)).hasMessageContaining("more than 0");
  }

  static List<ContractEvent> events(long seed, int count) {
    SimulatedStore store = new SimulatedStore(seed, START, 20);
    List<ContractEvent> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(store.next());
    }
    return events;
  }

  private static List<Click> clicks(long seed, int events) {
    return events(seed, events).stream()
        .filter(ContractEvent.OfClick.class::isInstance)
        .map(event -> ((ContractEvent.OfClick) event).click())
        .toList();
  }
}
