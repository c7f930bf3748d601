package io.millrace.jobs.store;

import io.millrace.features.event.ClickType;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A raid: somebody who signed up a moment ago finds out by small orders, whose payments fail, which
 * stolen card is good (one card until it works, or one after the other), and then buys large. All
 * of it takes a minute or two.
 */
final class ThiefVisit implements Agenda.Task {
  private static final int FEWEST_TESTS = 3;
  private static final int MORE_TESTS = 6;
  private static final double ONE_CARD = 0.5;
  private static final double BUYS_TWICE = 0.3;
  private static final double SMALL = 20;
  private static final double LARGE_LEAST = 220;
  private static final double LARGE_MORE = 350;
  private static final int LOOKS = 40;
  private static final int PIECES = 2;
  private static final long PAUSE_LEAST_MS = 700;
  private static final double PAUSE_MS = 1_500;
  private static final double BANK_MS = 2_000;

  private final StoreFloor floor;
  private final Chance chance;
  private final StoreVisitor thief;
  private final String session;
  private final ThiefRing ring;
  private final boolean oneCard;
  private final String country;
  private int tests;
  private int purchases;

  ThiefVisit(StoreFloor floor, StoreVisitor thief, String session, ThiefRing ring) {
    this.floor = floor;
    this.chance = floor.chance();
    this.thief = thief;
    this.session = session;
    this.ring = ring;
    this.oneCard = chance.in(ONE_CARD);
    this.country = StoreAccounts.anyCountry(chance);
    this.tests = FEWEST_TESTS + chance.below(MORE_TESTS);
    this.purchases = chance.in(BUYS_TWICE) ? 2 : 1;
  }

  /** One order after the other, each from the first look to what the bank says. */
  @Override
  public void run(long now) {
    boolean test = tests > 0;
    fill(now, test ? cheap() : expensive(), test);
  }

  private void fill(long now, List<StoreItem> wanted, boolean test) {
    if (wanted.isEmpty()) {
      floor.journal().click(now, ClickType.BEGIN_CHECKOUT, thief, session);
      floor.agenda().at(now + pause(), at -> order(at, test));
      return;
    }
    item(now, ClickType.VIEW_ITEM, wanted.get(0), null);
    floor.agenda().at(now + pause(), at -> put(at, wanted, test));
  }

  private void put(long now, List<StoreItem> wanted, boolean test) {
    int pieces = test ? 1 : PIECES;
    thief.cart().merge(wanted.get(0), pieces, Integer::sum);
    item(now, ClickType.ADD_TO_CART, wanted.get(0), pieces);
    floor.agenda().at(now + pause(), at -> fill(at, wanted.subList(1, wanted.size()), test));
  }

  private void item(long now, ClickType type, StoreItem item, Integer pieces) {
    floor.journal().item(now, type, thief, session, item, pieces, null);
  }

  private void order(long now, boolean test) {
    if (test) {
      tests--;
    } else {
      purchases--;
    }
    if (!oneCard) {
      thief.payWith(ring.stolenCard());
    }
    OrderDesk desk = floor.desk();
    StoreOrder order = desk.take(now, thief, session, country);
    long answered = now + PAUSE_LEAST_MS + (long) chance.waiting(BANK_MS);
    // Somebody else may have bought the last pieces meanwhile.
    if (order != null) {
      floor.agenda().at(answered, at -> pay(at, order, test));
    }
    if (purchases > 0) {
      floor.agenda().at(answered + pause(), this);
    }
  }

  private void pay(long now, StoreOrder order, boolean test) {
    if (test) {
      floor.desk().refuse(now, order);
    } else {
      floor.desk().holdStolen(now, order);
    }
  }

  private long pause() {
    return PAUSE_LEAST_MS + (long) chance.waiting(PAUSE_MS);
  }

  /** One thing that costs little; whatever there is, if there is no such thing. */
  private List<StoreItem> cheap() {
    return looks()
        .filter(item -> item.price() < SMALL)
        .findFirst()
        .or(() -> looks().findFirst())
        .stream()
        .toList();
  }

  /** The most expensive of some, until it is enough. */
  private List<StoreItem> expensive() {
    double enough = LARGE_LEAST + chance.waiting(LARGE_MORE);
    List<StoreItem> dearest =
        looks().sorted(Comparator.comparingDouble(StoreItem::price).reversed()).toList();
    int taken = 0;
    double sum = 0;
    while (taken < dearest.size() && sum < enough) {
      sum += PIECES * dearest.get(taken).price();
      taken++;
    }
    return dearest.subList(0, taken);
  }

  /** Different things that are there, from all over the store. */
  private Stream<StoreItem> looks() {
    StoreCatalogue catalogue = floor.catalogue();
    return Stream.generate(() -> catalogue.shelf(chance.below(catalogue.categories())))
        .limit(LOOKS)
        .map(shelf -> shelf.get(chance.below(shelf.size())))
        .filter(floor.stock()::has)
        .distinct();
  }
}
