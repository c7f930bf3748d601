package io.millrace.features.catalogue;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.Objects;

/**
 * All that is known of one item: its newest catalogue entry, what was sold since the stock was
 * counted, how many orders hold it, and what was last told of it. A function of the newest entry
 * and of the set of order lines, whichever came first (up to the bound of the sales, 256 times). An
 * item that the catalogue never mentioned may be shown; one that was deleted from it may not, and
 * keeps its orders. Not safe for use by several threads.
 */
public final class ItemState {
  private static final int LAYOUT = 1;

  private static final int LISTED = 1;
  private static final int DELETED = 1 << 1;
  private static final int TOLD_HIDDEN = 1 << 2;
  private static final int TOLD_OUT_OF_STOCK = 1 << 3;
  private static final int TOLD_ADULT = 1 << 4;
  private static final int TOLD_EXCLUDED = 1 << 5;
  private static final int TOLD_CATEGORY = 1 << 6;
  private static final int TOLD_LISTED_CATEGORY = 1 << 7;

  private Listing listing;
  private boolean deleted;
  private long orders;
  private Sales sales = new Sales();
  private ItemFact told = ItemFact.unknown("");

  /**
   * Takes the newest catalogue entry.
   *
   * @return whether it says anything new
   */
  public boolean list(Listing newest) {
    boolean same = newest.equals(listing);
    listing = newest;
    deleted = false;
    return !same;
  }

  /**
   * Takes that the item was deleted from the catalogue.
   *
   * @return whether that is news
   */
  public boolean delete() {
    boolean same = deleted;
    listing = null;
    deleted = true;
    return !same;
  }

  /** Whether the catalogue has it. */
  public boolean isListed() {
    return listing != null;
  }

  /**
   * Takes a change of an order.
   *
   * @param change of the number of orders that hold it
   * @param pieces sold, negative if they came back
   * @param time event time of the sale, milliseconds since the epoch
   */
  public void order(int change, int pieces, long time) {
    orders += change;
    if (pieces != 0) {
      sales.add(time, pieces);
    }
  }

  /** What is to be said of the item. */
  public ItemFact fact(String item, ItemControls controls) {
    ItemControls.Verdict verdict = controls.judge(item, listing);
    return new ItemFact(
        item,
        deleted || listing != null && listing.hidden(),
        isOutOfStock(),
        listing != null && listing.adult(),
        verdict.excluded(),
        listing == null ? null : listing.category(),
        verdict.boost(),
        (int) Math.max(0, Math.min(Integer.MAX_VALUE, orders)));
  }

  private boolean isOutOfStock() {
    return listing != null
        && listing.stock() != null
        && listing.stock() <= sales.after(listing.asOf());
  }

  /** Whether a fact says more than was last told, the number of orders apart. */
  public boolean isNews(ItemFact fact) {
    return fact.hidden() != told.hidden()
        || fact.outOfStock() != told.outOfStock()
        || fact.adult() != told.adult()
        || fact.excluded() != told.excluded()
        || fact.boost() != told.boost()
        || !Objects.equals(fact.category(), told.category());
  }

  /** The number of orders last told, 0 at first. */
  public int toldOrders() {
    return told.orders();
  }

  /** Notes what was told of it. */
  public void tell(ItemFact fact) {
    told = fact;
  }

  /** Whether nothing is known of it: all orders were taken back, and no catalogue had it. */
  public boolean isEmpty() {
    return listing == null
        && !deleted
        && orders == 0
        && sales.isZero()
        && told.orders() == 0
        && !isNews(ItemFact.unknown(""));
  }

  /** The state value. */
  public byte[] toBytes() {
    String category = listing == null ? null : listing.category();
    boolean toldOther = told.category() != null && !told.category().equals(category);
    ByteWriter out = new ByteWriter(128);
    out.writeByte(LAYOUT);
    out.writeByte(
        (listing != null ? LISTED : 0)
            | (deleted ? DELETED : 0)
            | (told.hidden() ? TOLD_HIDDEN : 0)
            | (told.outOfStock() ? TOLD_OUT_OF_STOCK : 0)
            | (told.adult() ? TOLD_ADULT : 0)
            | (told.excluded() ? TOLD_EXCLUDED : 0)
            | (toldOther ? TOLD_CATEGORY : 0)
            | (told.category() != null && !toldOther ? TOLD_LISTED_CATEGORY : 0));
    if (listing != null) {
      listing.write(out);
    }
    out.writeSignedVarLong(orders);
    sales.write(out);
    // Zero for no boost, which nearly all items have.
    int boost = Float.floatToIntBits(told.boost()) - Float.floatToIntBits(1);
    out.writeSignedVarLong(boost);
    out.writeVarLong(told.orders());
    if (toldOther) {
      out.writeText(told.category());
    }
    return out.toBytes();
  }

  /** Reads a state value. */
  public static ItemState ofBytes(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("what is known of an item", LAYOUT);
    int flags = in.readByte();
    ItemState state = new ItemState();
    state.listing = (flags & LISTED) != 0 ? Listing.read(in) : null;
    state.deleted = (flags & DELETED) != 0;
    state.orders = in.readSignedVarLong();
    state.sales = Sales.read(in);
    float boost = Float.intBitsToFloat((int) in.readSignedVarLong() + Float.floatToIntBits(1));
    int toldOrders = in.readVarInt();
    String category = null;
    if ((flags & TOLD_LISTED_CATEGORY) != 0) {
      category = state.listing.category();
    } else if ((flags & TOLD_CATEGORY) != 0) {
      category = in.readText();
    }
    state.told =
        new ItemFact(
            "",
            (flags & TOLD_HIDDEN) != 0,
            (flags & TOLD_OUT_OF_STOCK) != 0,
            (flags & TOLD_ADULT) != 0,
            (flags & TOLD_EXCLUDED) != 0,
            category,
            boost,
            toldOrders);
    return state;
  }
}
