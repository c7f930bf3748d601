package io.millrace.jobs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickCodec;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.InvalidEventException;
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
  private static final long START = 1_750_000_000_000L;

  @Test
  void repeatsItselfForTheSameSeedOnly() {
    assertThat(events(7, 3_000)).isEqualTo(events(7, 3_000)).isNotEqualTo(events(8, 3_000));
  }

  @Test
  void sendsValidEventsInTimeOrderWithIdsOfTheirOwn() throws InvalidEventException {
    ClickCodec codec = new ClickCodec(Clock.systemUTC());
    Set<String> ids = new HashSet<>();
    long before = START;
    for (Click click : events(1, 5_000)) {
      assertThat(codec.decode(ClickCodec.encode(click))).isEqualTo(click);
      assertThat(ids.add(click.eventId())).isTrue();
      assertThat(click.eventTime()).isGreaterThanOrEqualTo(before);
      before = click.eventTime();
    }
  }

  @Test
  void keepsTheRateOnceItHasFilled() {
    List<Click> events = events(2, 40_000);
    long half = events.get(20_000).eventTime();
    double perSecond = 20_000 * 1_000.0 / (events.get(39_999).eventTime() - half);
    assertThat(perSecond).isBetween(15.0, 25.0);
  }

  @Test
  void bringsVisitorsBackInVisitsOfTheirOwn() {
    Map<String, Set<String>> visits = new HashMap<>();
    Map<String, String> visitorOfVisit = new HashMap<>();
    for (Click click : events(3, 40_000)) {
      visits.computeIfAbsent(click.visitorId(), v -> new HashSet<>()).add(click.sessionId());
      String owner = visitorOfVisit.putIfAbsent(click.sessionId(), click.visitorId());
      assertThat(owner == null || owner.equals(click.visitorId())).isTrue();
    }
    double returned = visits.values().stream().filter(v -> v.size() > 1).count();
    assertThat(returned / visits.size()).isBetween(0.1, 0.8);
    assertThat(40_000.0 / visitorOfVisit.size()).isBetween(3.5, 6.5);
  }

  @Test
  void sellsFewItemsMuchAndManyLittle() {
    Map<String, Integer> views = new HashMap<>();
    for (Click click : events(4, 40_000)) {
      views.merge(click.itemId(), 1, Integer::sum);
    }
    List<Integer> counts = new ArrayList<>(views.values());
    counts.sort(Comparator.reverseOrder());
    int top = counts.subList(0, counts.size() / 10).stream().mapToInt(Integer::intValue).sum();
    assertThat(top / 40_000.0).isBetween(0.25, 0.7);
    assertThat(views.size()).isGreaterThan(1_500);
  }

  @Test
  void letsNewItemsAppearAndBeSeen() {
    SimulatedStore store = new SimulatedStore(5, START, 20);
    int before = store.itemCount();
    assertThat(before).isEqualTo(2_000);
    Set<String> early = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      early.add(store.next().itemId());
    }
    assertThat(store.itemCount()).isBetween(before + 5, before + 60);
    assertThat(store.title(early.iterator().next())).contains(" ");
    assertThat(store.category(early.iterator().next())).contains("/");
    assertThat(store.title("nothing")).isEqualTo("nothing");
  }

  @Test
  void putsIntoTheCartOnlyWhatWasLookedAt() {
    Map<String, Set<String>> seen = new HashMap<>();
    int carts = 0;
    for (Click click : events(6, 10_000)) {
      Set<String> items = seen.computeIfAbsent(click.sessionId(), s -> new HashSet<>());
      if (click.type() == ClickType.ADD_TO_CART) {
        assertThat(items).contains(click.itemId());
        carts++;
      }
      items.add(click.itemId());
    }
    assertThat(carts).isBetween(200, 1_000);
  }

  @Test
  void refusesRateOfZero() {
    assertThatThrownBy(() -> new SimulatedStore(1, START, 0)).hasMessageContaining("more than 0");
  }

  private static List<Click> events(long seed, int count) {
    SimulatedStore store = new SimulatedStore(seed, START, 20);
    List<Click> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(store.next());
    }
    return events;
  }
}
