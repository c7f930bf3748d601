package io.millrace.features.bundle;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.neighbour.Posting;
import io.millrace.features.neighbour.SessionItems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The newest orders that hold one item, and what was last said of them.
 *
 * <p>An order that was taken back keeps its place, without its items, until newer ones push it out:
 * so what is held does not depend on whether it was taken back before or after these came. An
 * erased visitor's orders leave no place behind. Not safe for use by several threads.
 */
public final class ItemOrders {
  private static final int LAYOUT = 1;

  /** Bytes before those of the posting. */
  private static final int HEAD = 1 + 2 * Long.BYTES;

  private static final String[] NOTHING = {};

  private final Posting posting;

  /** Event time that no version may fall below, though its order was erased; 0 for none. */
  private long leastTime;

  private long said;

  /** No orders, of which at most {@code maxOrders} are kept. */
  public ItemOrders(int maxOrders) {
    this(new Posting(maxOrders));
  }

  private ItemOrders(Posting posting) {
    this.posting = posting;
  }

  /** Puts an order in, in place of any earlier state of it. */
  public void upsert(SessionItems order) {
    posting.upsert(order);
  }

  /** Takes an order out; nothing happens if it is not held. */
  public void retract(long orderId) {
    for (SessionItems order : posting.sessions()) {
      if (order.id() == orderId) {
        posting.upsert(new SessionItems(orderId, order.time(), NOTHING));
      }
    }
  }

  /**
   * Lets go of the orders that may not be used any more.
   *
   * @return whether there were any
   */
  public boolean forget(Posting.Unusable unusable) {
    long newest = newestTime();
    if (!posting.forget(unusable)) {
      return false;
    }
    leastTime = newest;
    return true;
  }

  /** Whether there is nothing to keep. */
  public boolean isEmpty() {
    return posting.size() == 0 && said == 0;
  }

  /** The orders held that were not taken back, newest first. */
  public List<SessionItems> held() {
    List<SessionItems> held = new ArrayList<>(posting.size());
    for (SessionItems order : posting.sessions()) {
      if (order.items().length > 0) {
        held.add(order);
      }
    }
    return held;
  }

  /** Event time of the newest order, also of one taken back or forgotten; it never falls. */
  public long newestTime() {
    return Math.max(leastTime, posting.newestTime());
  }

  /** What was last said of them, as a hash; 0 for nothing. */
  public long said() {
    return said;
  }

  /** Notes what was said. */
  public void say(long hash) {
    said = hash;
  }

  /** The state value: version, the time and the hash, then the posting's own. */
  public byte[] toBytes() {
    byte[] orders = posting.toBytes();
    ByteWriter out = new ByteWriter(HEAD);
    out.writeByte(LAYOUT);
    out.writeLong(leastTime > posting.newestTime() ? leastTime : 0);
    out.writeLong(said);
    byte[] bytes = Arrays.copyOf(out.toBytes(), HEAD + orders.length);
    System.arraycopy(orders, 0, bytes, HEAD, orders.length);
    return bytes;
  }

  /** Reads a state value; with a smaller bound than before, the oldest orders are left out. */
  public static ItemOrders ofBytes(byte[] bytes, int maxOrders) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("the orders of an item", LAYOUT);
    byte[] posting = Arrays.copyOfRange(bytes, HEAD, bytes.length);
    ItemOrders orders = new ItemOrders(Posting.ofBytes(posting, maxOrders));
    orders.leastTime = in.readLong();
    orders.said = in.readLong();
    return orders;
  }
}
