package io.millrace.jobs.store;

import static io.millrace.features.event.OrderStatus.PLACED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Order;
import io.millrace.jobs.local.ContractEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who honest visitors are, and what their orders say of them. */
class StoreAccountsTest {
  private static final long NOW = SimulatedStoreTest.START;
  private static final double DAY_MS = Duration.ofDays(1).toMillis();
  private static final int ACCOUNTS = 5_000;

  private static List<StoreAccount> accounts() {
    StoreAccounts accounts = new StoreAccounts(new Chance(new Random(31)));
    List<StoreAccount> made = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      made.add(accounts.open(NOW));
    }
    return made;
  }

  @Test
  void haveCardsAndAddressesOfTheirOwn() {
    Set<String> ids = new HashSet<>();
    for (StoreAccount account : accounts()) {
      assertThat(ids.add(account.card().id())).isTrue();
      assertThat(ids.add(account.emailHash())).isTrue();
      assertThat(account.device().ip()).startsWith("ip-");
    }
  }

  @Test
  void shareDevicesInFewHouseholds() {
    Map<String, List<StoreAccount>> households = new HashMap<>();
    for (StoreAccount account : accounts()) {
      households.computeIfAbsent(account.device().id(), id -> new ArrayList<>()).add(account);
    }
    assertThat(households.size()).isBetween(ACCOUNTS * 9 / 10, ACCOUNTS * 99 / 100);
    assertThat(households.values())
        .allSatisfy(
            household ->
                assertThat(household.stream().map(StoreAccount::country).distinct()).hasSize(1));
  }

  @Test
  void areDaysToYearsOldAndFewAreNew() {
    long fresh = 0;
    double oldest = 0;
    for (StoreAccount account : accounts()) {
      double days = (NOW - account.createdAt()) / DAY_MS;
      assertThat(days).isNotNegative();
      fresh += days < 1 ? 1 : 0;
      oldest = Math.max(oldest, days);
    }
    assertThat(fresh).isBetween(ACCOUNTS / 100L, ACCOUNTS * 8 / 100L);
    assertThat(oldest).isBetween(365.0, 1_500.0);
  }

  @Test
  void areMostlyWhereTheirBankIs() {
    List<StoreAccount> accounts = accounts();
    long abroad =
        accounts.stream().filter(a -> !a.device().ipCountry().equals(a.country())).count();
    long bankAbroad =
        accounts.stream().filter(a -> !a.card().country().equals(a.country())).count();
    assertThat(abroad).isBetween(ACCOUNTS / 200L, ACCOUNTS / 20L);
    assertThat(bankAbroad).isBetween(ACCOUNTS / 200L, ACCOUNTS / 20L);
  }

  @Test
  void orderAsThemselvesMostlyToTheirHomeAndWithTheCardTheyHave() {
    Map<String, Order> before = new HashMap<>();
    int orders = 0;
    int gifts = 0;
    int again = 0;
    int newCards = 0;
    List<ContractEvent> events = SimulatedStoreTest.events(32, 100_000);
    Set<String> thievesDevices = StoreThievesTest.thievesDevices(events);
    for (ContractEvent event : events) {
      if (!(event instanceof ContractEvent.OfOrder of)
          || thievesDevices.contains(of.order().details().deviceId())) {
        continue;
      }
      Order.Details now = of.order().details();
      boolean placed = of.order().status() == PLACED;
      orders += placed ? 1 : 0;
      gifts += placed && !now.shippingCountry().equals(now.billingCountry()) ? 1 : 0;
      Order last = placed ? before.put(of.order().visitorId(), of.order()) : null;
      if (last != null) {
        Order.Details then = last.details();
        again++;
        newCards += now.payment().equals(then.payment()) ? 0 : 1;
        assertThat(now.deviceId()).isEqualTo(then.deviceId());
        assertThat(now.ip()).isEqualTo(then.ip());
        assertThat(now.emailHash()).isEqualTo(then.emailHash());
        assertThat(now.accountCreatedAt()).isEqualTo(then.accountCreatedAt());
        assertThat(now.billingCountry()).isEqualTo(then.billingCountry());
      }
    }
    assertThat(gifts / (double) orders).isBetween(0.005, 0.08);
    assertThat(again).isGreaterThan(10);
    assertThat(newCards).isLessThan(again / 3);
  }
}
