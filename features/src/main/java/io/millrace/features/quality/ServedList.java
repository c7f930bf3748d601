package io.millrace.features.quality;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.decision.ListLevel;
import io.millrace.features.decision.RecommendationList.Item;
import io.millrace.features.session.Hashes;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The first places of a list that a visitor was given: which items, and where each came from. */
public final class ServedList {
  /** Places that are looked at. */
  public static final int PLACES = 20;

  private static final ListLevel[] LEVELS = ListLevel.values();

  private final long[] items;
  private final byte[] levels;

  private ServedList(int size) {
    items = new long[size];
    levels = new byte[size];
  }

  /**
   * Of a whole list.
   *
   * @param list best first, of any length
   * @param sameCategory whether an item is of the category looked at
   */
  public static ServedList of(List<Item> list, Predicate<Item> sameCategory) {
    ServedList served = new ServedList(Math.min(list.size(), PLACES));
    for (int i = 0; i < served.size(); i++) {
      Item item = list.get(i);
      served.items[i] = Hashes.of(item.itemId());
      served.levels[i] =
          (byte) ListLevel.of(item.reason().type(), sameCategory.test(item)).ordinal();
    }
    return served;
  }

  /** Places that are filled, up to {@link #PLACES}. */
  public int size() {
    return items.length;
  }

  /**
   * The place of an item, from 1; 0 if it has none.
   *
   * @param item its hash, see {@link Hashes}
   */
  public int rankOf(long item) {
    for (int i = 0; i < items.length; i++) {
      if (items[i] == item) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Hash of the item on a place, from 1. */
  long item(int rank) {
    return items[rank - 1];
  }

  /** Where the item on a place, from 1, came from. */
  public ListLevel level(int rank) {
    return LEVELS[levels[rank - 1]];
  }

  /** Appends the list to a state value or message. */
  public void write(ByteWriter out) {
    out.writeByte(items.length);
    for (long item : items) {
      out.writeLong(item);
    }
    out.writeBytes(levels);
  }

  /** Reads what {@link #write} wrote. */
  public static ServedList read(ByteReader in) {
    ServedList read = new ServedList(in.readByte());
    for (int i = 0; i < read.size(); i++) {
      read.items[i] = in.readLong();
    }
    for (int i = 0; i < read.size(); i++) {
      read.levels[i] = (byte) in.readByte();
    }
    return read;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServedList that
        && Arrays.equals(items, that.items)
        && Arrays.equals(levels, that.levels);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(items) * 31 + Arrays.hashCode(levels);
  }

  @Override
  public String toString() {
    return "ServedList of " + size();
  }
}
