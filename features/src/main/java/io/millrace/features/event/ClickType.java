package io.millrace.features.event;

/**
 * What a visitor did, in the words of the GA4 e-commerce vocabulary. The order of the constants is
 * part of the serialized form: add at the end.
 */
public enum ClickType {
  VIEW_ITEM(Item.ONE),
  VIEW_ITEM_LIST(Item.MANY),
  SELECT_ITEM(Item.ONE),
  SEARCH(Item.NONE),
  ADD_TO_CART(Item.ONE),
  REMOVE_FROM_CART(Item.ONE),
  ADD_TO_WISHLIST(Item.ONE),
  VIEW_CART(Item.NONE),
  BEGIN_CHECKOUT(Item.NONE);

  static final WireNames<ClickType> NAMES = new WireNames<>(ClickType.class);

  /** Which items an event of a type must name. */
  enum Item {
    NONE,
    ONE,
    MANY
  }

  private final Item item;
  private final String wireName = WireNames.of(this);

  ClickType(Item item) {
    this.item = item;
  }

  /** The name on the wire, for example {@code view_item}. */
  public String wireName() {
    return wireName;
  }

  /** Whether an event of this type must carry {@code item_id}. */
  public boolean needsItem() {
    return item == Item.ONE;
  }

  /** Whether an event of this type must carry {@code item_ids}. */
  public boolean needsItems() {
    return item == Item.MANY;
  }

  /** Whether the event shows that the visitor is interested in its item. */
  public boolean showsInterest() {
    return points() > 0;
  }

  /**
   * How much interest the event shows, in views of the item; 0 if it shows none. Trends and the
   * long memory of a visitor add these up.
   */
  public int points() {
    return switch (this) {
      case VIEW_ITEM, SELECT_ITEM -> 1;
      case ADD_TO_WISHLIST -> 2;
      case ADD_TO_CART -> 3;
      default -> 0;
    };
  }
}
