package io.millrace.features.bundle;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.session.Hashes;
import java.util.ArrayList;
import java.util.List;

/**
 * How many orders hold each item of the store, how many there are, and which items may be shown: 12
 * bytes a slot on flat arrays, by a 64-bit hash of the item's id, open addressing with linear
 * probing, at most three slots of four taken. Two of a million items share a hash with a chance of
 * one in 37 million. Not safe for use by several threads.
 */
public final class OrderTable {
  /** What a fact changed. */
  public enum Change {
    NOTHING,
    COUNT,
    /** Whether the item may be shown, with or without its count. */
    VISIBILITY
  }

  /** Most orders that are told apart. */
  static final int MAX_ORDERS = (1 << 30) - 1;

  private static final int LAYOUT = 1;
  private static final int CHUNK = 50_000;
  private static final int BARRED = 1;
  private static final int ADULT = 2;
  private static final int FLAG_BITS = 2;
  private static final int FLAGS = (1 << FLAG_BITS) - 1;

  /** Orders above the flags. */
  private int[] values = new int[1024];

  /** 0 where the slot is free. */
  private long[] hashes = new long[1024];

  private int size;

  /** Takes what is told of an item, in place of what was told before. */
  public Change put(ItemFact fact) {
    int flags = (fact.isServable() ? 0 : BARRED) | (fact.adult() ? ADULT : 0);
    int value = Math.min(fact.orders(), MAX_ORDERS) << FLAG_BITS | flags;
    int before = put(hash(fact.item()), value);
    if (before == value) {
      return Change.NOTHING;
    }
    return (before & FLAGS) == flags ? Change.COUNT : Change.VISIBILITY;
  }

  /** Orders of the whole store. */
  public int orders() {
    return orders(ItemFact.ALL_ORDERS);
  }

  /** Orders that hold an item, 0 if nothing is known of it. */
  public int orders(String item) {
    return value(item) >>> FLAG_BITS;
  }

  /** Whether an item may be shown beside another: adults' items only beside adults' items. */
  public boolean isShown(String item, String beside) {
    int flags = value(item) & FLAGS;
    return flags == 0 || (flags == ADULT && (value(beside) & ADULT) != 0);
  }

  /** Items known, the whole store among them. */
  public int size() {
    return size;
  }

  /** Bytes on the heap. */
  public long heapBytes() {
    return (Long.BYTES + Integer.BYTES) * (long) hashes.length;
  }

  /** The state values, some 600 KB each at most; none if nothing is known. */
  public List<byte[]> toChunks() {
    List<byte[]> chunks = new ArrayList<>();
    ByteWriter out = new ByteWriter(16);
    int written = 0;
    for (int slot = 0; slot < hashes.length; slot++) {
      if (hashes[slot] == 0) {
        continue;
      }
      if (written % CHUNK == 0) {
        if (written > 0) {
          chunks.add(out.toBytes());
        }
        out.reset();
        out.writeByte(LAYOUT);
        out.writeVarLong(Math.min(CHUNK, size - written));
      }
      out.writeLong(hashes[slot]);
      out.writeVarLong(values[slot]);
      written++;
    }
    if (written > 0) {
      chunks.add(out.toBytes());
    }
    return chunks;
  }

  /** Adds what a state value holds. */
  public void addChunk(byte[] chunk) {
    ByteReader in = new ByteReader(chunk);
    in.readVersion("a table of orders", LAYOUT);
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      put(in.readLong(), in.readVarInt());
    }
  }

  private int value(String item) {
    int slot = slotOf(hash(item));
    return hashes[slot] == 0 ? 0 : values[slot];
  }

  /** Returns the value before, 0 if there was none. */
  private int put(long hash, int value) {
    int slot = slotOf(hash);
    int before = values[slot];
    values[slot] = value;
    if (hashes[slot] == 0) {
      hashes[slot] = hash;
      if (++size > hashes.length / 4 * 3) {
        grow();
      }
    }
    return before;
  }

  private void grow() {
    long[] oldHashes = hashes;
    int[] oldValues = values;
    hashes = new long[oldHashes.length * 2];
    values = new int[oldValues.length * 2];
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldHashes[i] != 0) {
        int slot = slotOf(oldHashes[i]);
        hashes[slot] = oldHashes[i];
        values[slot] = oldValues[i];
      }
    }
  }

  private int slotOf(long hash) {
    int mask = hashes.length - 1;
    int slot = (int) hash & mask;
    while (hashes[slot] != 0 && hashes[slot] != hash) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private static long hash(String item) {
    long hash = Hashes.of(item);
    return hash == 0 ? 1 : hash;
  }
}
