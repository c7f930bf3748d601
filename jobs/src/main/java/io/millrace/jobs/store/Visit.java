package io.millrace.jobs.store;

import io.millrace.features.event.ClickType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * One visit of one visitor, who does one thing after the other: looks at items of the category they
 * have in mind and of its surroundings, at lists and at what a search brings, chooses from them by
 * taste, goes back, puts things into the cart or takes them out, and leaves, some with an order.
 */
final class Visit implements Agenda.Task {
  private static final double SAME_CATEGORY = 0.68;
  private static final double NEIGHBOUR_CATEGORY = 0.88;
  private static final double BACK = 0.12;
  private static final double CART = 0.07;
  private static final double MORE_THAN_ONE = 0.12;
  private static final double OUT_OF_CART = 0.02;
  private static final double WISH = 0.02;
  private static final double SEARCH = 0.06;
  private static final double LIST = 0.12;
  private static final double CHOOSE_FROM_LIST = 0.55;
  private static final double LOOK_AT_WISH = 0.3;
  private static final double SOLD_OUT_LIKING = 0.1;
  private static final double TO_THE_CART = 0.6;
  private static final double TO_THE_DESK = 0.5;
  private static final int LIST_SIZE = 12;
  private static final double NEXT_PAGE = 0.25;
  private static final double DWELL_MEDIAN_MS = 18_000;
  private static final double DWELL_SPREAD = 0.8;
  private static final long SHORTEST_DWELL_MS = 1_000;

  private final StoreFloor floor;
  private final Chance chance;
  private final StoreVisitor visitor;
  private final String session;
  private final LongConsumer whenGone;
  private final List<StoreItem> seen = new ArrayList<>();
  private List<StoreItem> shown = List.of();
  private int category;
  private boolean leaving;

  /** What the visitor has decided to do next, or null. */
  private Agenda.Task next = this::browse;

  /**
   * @param whenGone is told when the visitor has left
   */
  Visit(StoreFloor floor, StoreVisitor visitor, String session, LongConsumer whenGone) {
    this.floor = floor;
    this.chance = floor.chance();
    this.visitor = visitor;
    this.session = session;
    this.whenGone = whenGone;
    this.category = visitor.intent(chance);
    if (!visitor.wishes().isEmpty() && chance.in(LOOK_AT_WISH)) {
      StoreItem wish = visitor.wishes().iterator().next();
      visitor.wishes().remove(wish);
      this.category = wish.category();
      this.next = now -> view(now, wish);
    }
  }

  @Override
  public void run(long now) {
    Agenda.Task step = next;
    next = null;
    step.run(now);
    if (next == null && !leaving) {
      next = goOnOrLeave();
    }
    if (next == null) {
      whenGone.accept(now);
      return;
    }
    double dwell = DWELL_MEDIAN_MS * Math.exp(DWELL_SPREAD * chance.normal());
    floor.agenda().at(now + Math.max(SHORTEST_DWELL_MS, (long) dwell), this);
  }

  /** Who leaves with something in the cart looks at it first, at times. */
  private Agenda.Task goOnOrLeave() {
    if (!chance.in(1 / visitor.patience())) {
      return this::browse;
    }
    return !visitor.cart().isEmpty() && chance.in(TO_THE_CART) ? this::viewCart : null;
  }

  private void browse(long now) {
    double way = chance.share();
    StoreItem last = seen.isEmpty() ? null : seen.get(seen.size() - 1);
    if (last != null && way < CART) {
      fillCart(now, last);
    } else if (last != null && way < CART + WISH) {
      wish(now, last);
    } else if (!visitor.cart().isEmpty() && way < CART + WISH + OUT_OF_CART) {
      emptyCart(now);
    } else if (!shown.isEmpty()) {
      chooseFromList(now);
    } else if (way > 1 - SEARCH) {
      search(now);
    } else if (way > 1 - SEARCH - LIST) {
      list(now);
    } else {
      view(now, seen.size() > 1 && chance.in(BACK) ? seen.get(chance.below(seen.size())) : look());
    }
  }

  private void view(long now, StoreItem item) {
    seen.add(item);
    item(now, ClickType.VIEW_ITEM, item, null, null);
  }

  private void item(long now, ClickType type, StoreItem item, Integer quantity, Integer index) {
    floor.journal().item(now, type, visitor, session, item, quantity, index);
  }

  /** What is sold out cannot be put into the cart; some note it down. */
  private void fillCart(long now, StoreItem item) {
    if (!floor.stock().has(item)) {
      wish(now, item);
      return;
    }
    int pieces = chance.in(MORE_THAN_ONE) ? 2 + chance.below(2) : 1;
    visitor.cart().merge(item, pieces, Integer::sum);
    item(now, ClickType.ADD_TO_CART, item, pieces, null);
  }

  private void wish(long now, StoreItem item) {
    visitor.wishes().add(item);
    item(now, ClickType.ADD_TO_WISHLIST, item, null, null);
  }

  private void emptyCart(long now) {
    List<Map.Entry<StoreItem, Integer>> cart = List.copyOf(visitor.cart().entrySet());
    Map.Entry<StoreItem, Integer> out = cart.get(chance.below(cart.size()));
    visitor.cart().remove(out.getKey());
    item(now, ClickType.REMOVE_FROM_CART, out.getKey(), out.getValue(), null);
  }

  private void search(long now) {
    wander();
    String query = floor.catalogue().noun(category).toLowerCase(Locale.ROOT);
    floor.journal().search(now, visitor, session, query);
    next = this::list;
  }

  /** A page of what is there of the category. */
  private void list(long now) {
    List<StoreItem> there =
        floor.catalogue().shelf(category).stream().filter(floor.stock()::has).toList();
    int from = 0;
    while (from + LIST_SIZE < there.size() && chance.in(NEXT_PAGE)) {
      from += LIST_SIZE;
    }
    shown = there.subList(from, Math.min(there.size(), from + LIST_SIZE));
    if (shown.isEmpty()) {
      view(now, look());
    } else {
      floor.journal().list(now, visitor, session, shown);
    }
  }

  private void chooseFromList(long now) {
    List<StoreItem> list = shown;
    shown = List.of();
    if (!chance.in(CHOOSE_FROM_LIST)) {
      view(now, look());
      return;
    }
    int index = chance.weighted(list.stream().mapToDouble(visitor::liking).toArray());
    item(now, ClickType.SELECT_ITEM, list.get(index), null, index);
    next = at -> view(at, list.get(index));
  }

  /** Another item, of the same category or of another that comes to mind. */
  private StoreItem look() {
    if (!seen.isEmpty()) {
      wander();
    }
    List<StoreItem> shelf = floor.catalogue().shelf(category);
    double[] weights = new double[shelf.size()];
    StoreItem last = seen.isEmpty() ? null : seen.get(seen.size() - 1);
    for (int i = 0; i < weights.length; i++) {
      StoreItem item = shelf.get(i);
      double there = floor.stock().has(item) ? 1 : SOLD_OUT_LIKING;
      weights[i] = item == last ? 0 : there * visitor.liking(item);
    }
    return shelf.get(chance.weighted(weights));
  }

  private void wander() {
    double way = chance.share();
    if (way > NEIGHBOUR_CATEGORY) {
      category = visitor.intent(chance);
    } else if (way > SAME_CATEGORY) {
      category = floor.catalogue().neighbourOf(category);
    }
  }

  private void viewCart(long now) {
    leaving = true;
    floor.journal().click(now, ClickType.VIEW_CART, visitor, session);
    next = chance.in(TO_THE_DESK) ? this::checkOut : null;
  }

  private void checkOut(long now) {
    floor.journal().click(now, ClickType.BEGIN_CHECKOUT, visitor, session);
    next = at -> floor.desk().place(at, visitor, session);
  }
}
