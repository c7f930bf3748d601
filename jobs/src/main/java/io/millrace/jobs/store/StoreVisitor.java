package io.millrace.jobs.store;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A visitor of the simulated store: what they like does not change from visit to visit. */
final class StoreVisitor {
  private static final double FIRST_CHOICE = 0.5;
  private static final double STYLE_LIKING = 3;

  private final String id;
  private final int[] favourites;
  private final int style;
  private final double patience;
  private StoreAccount account;
  private final Map<StoreItem, Integer> cart = new LinkedHashMap<>();
  private final Set<StoreItem> wishes = new LinkedHashSet<>();

  /**
   * @param id such as {@code v-000123}
   * @param favourites a few leaf categories, the first liked most
   * @param style the style they lean to
   * @param patience mean number of things done in a visit
   * @param account with which they order
   */
  StoreVisitor(String id, int[] favourites, int style, double patience, StoreAccount account) {
    this.id = id;
    this.favourites = favourites;
    this.style = style;
    this.patience = patience;
    this.account = account;
  }

  String id() {
    return id;
  }

  double patience() {
    return patience;
  }

  StoreAccount account() {
    return account;
  }

  /** From now on this is the card that they pay with. */
  void payWith(StoreAccount.Card card) {
    account = account.with(card);
  }

  /** Pieces by item; it stays from visit to visit. */
  Map<StoreItem, Integer> cart() {
    return cart;
  }

  /** What they put down to look at again. */
  Set<StoreItem> wishes() {
    return wishes;
  }

  /** What a visit is about: mostly one of the favourites. */
  int intent(Chance chance) {
    int choice = 0;
    while (choice < favourites.length - 1 && !chance.in(FIRST_CHOICE)) {
      choice++;
    }
    return favourites[choice];
  }

  /** How much they like an item, among others of its category. */
  double liking(StoreItem item) {
    return item.appeal() * (item.style() == style ? STYLE_LIKING : 1);
  }
}
