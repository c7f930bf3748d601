package io.millrace.features.catalogue;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * 64 bits by a 64-bit hash, 16 bytes a slot. Bits are never all zero.
 *
 * <p>Open addressing with linear probing. The hash gives a key's first slot by its size, not its
 * remainder, and a key never stands before one of a smaller hash: so a search ends at the first
 * greater hash, whether it finds the key or not, the table can grow by a quarter instead of
 * doubling, and growing, writing and reading go through memory in order. At nine tenths full, where
 * it grows, a search looks at 5 slots in the mean. (Amble and Knuth, Ordered hash tables, 1974.)
 *
 * <p>Not safe for use by several threads.
 */
final class OrderedHashTable {
  /** What is there where nothing was put. */
  static final long NOTHING = 0;

  private static final int SMALLEST = 64;

  /** Slots behind the last first slot, for what does not find its own free. */
  private static final int SLACK = 128;

  /** Hash and bits by turns; a slot is empty where the bits are 0, as the last one always is. */
  private long[] slots;

  private int capacity;
  private int size;

  OrderedHashTable() {
    allocate(SMALLEST);
  }

  private void allocate(int newCapacity) {
    capacity = newCapacity;
    slots = new long[2 * (newCapacity + SLACK)];
  }

  /** The bits of a hash, {@link #NOTHING} if there are none. Allocates nothing. */
  long get(long hash) {
    int slot = find(hash);
    return holds(slot, hash) ? slots[slot + 1] : NOTHING;
  }

  /**
   * Puts bits in, or takes them out with {@link #NOTHING}.
   *
   * @return what was there before
   */
  long put(long hash, long bits) {
    int slot = find(hash);
    if (holds(slot, hash)) {
      long before = slots[slot + 1];
      if (bits == NOTHING) {
        removeAt(slot);
      } else {
        slots[slot + 1] = bits;
      }
      return before;
    }
    if (bits != NOTHING) {
      insert(slot, hash, bits);
    }
    return NOTHING;
  }

  private void insert(int slot, long hash, long bits) {
    int at = slot;
    int free = free(at);
    while ((size + 1) * 10L > capacity * 9L || free == slots.length - 2) {
      grow();
      at = find(hash);
      free = free(at);
    }
    System.arraycopy(slots, at, slots, at + 2, free - at);
    slots[at] = hash;
    slots[at + 1] = bits;
    size++;
  }

  private int free(int from) {
    int free = from;
    while (slots[free + 1] != 0) {
      free += 2;
    }
    return free;
  }

  private void removeAt(int slot) {
    int end = slot + 2;
    while (slots[end + 1] != 0 && home(slots[end]) != end) {
      end += 2;
    }
    System.arraycopy(slots, slot + 2, slots, slot, end - slot - 2);
    slots[end - 1] = 0;
    size--;
  }

  /** Where a hash stands, or would be put in: the first slot that is empty or not before it. */
  private int find(long hash) {
    int slot = home(hash);
    while (slots[slot + 1] != 0 && Long.compareUnsigned(slots[slot], hash) < 0) {
      slot += 2;
    }
    return slot;
  }

  private boolean holds(int slot, long hash) {
    return slots[slot + 1] != 0 && slots[slot] == hash;
  }

  private int home(long hash) {
    return (int) ((hash >>> 32) * capacity >>> 32) << 1;
  }

  private void grow() {
    long[] old = slots;
    int newCapacity = capacity;
    do {
      newCapacity += newCapacity / 4;
      allocate(newCapacity);
    } while (!refill(old));
  }

  /** Whether all of them found a place. */
  private boolean refill(long[] old) {
    int next = 0;
    for (int slot = 0; slot < old.length; slot += 2) {
      if (old[slot + 1] != 0) {
        int at = Math.max(next, home(old[slot]));
        if (at >= slots.length - 2) {
          return false;
        }
        slots[at] = old[slot];
        slots[at + 1] = old[slot + 1];
        next = at + 2;
      }
    }
    return true;
  }

  /** Hashes that have bits. */
  int size() {
    return size;
  }

  /** Bytes on the heap. */
  long sizeInBytes() {
    return slots.length * 8L;
  }

  int slots() {
    return slots.length / 2;
  }

  /**
   * Everything, in pieces.
   *
   * @param most hashes of a piece
   * @param taker is given hash and bits by turns, in the order of the hashes
   */
  void forEachChunk(int most, Consumer<long[]> taker) {
    long[] chunk = new long[2 * most];
    int length = 0;
    for (int slot = 0; slot < slots.length; slot += 2) {
      if (slots[slot + 1] != 0) {
        chunk[length++] = slots[slot];
        chunk[length++] = slots[slot + 1];
        if (length == chunk.length) {
          taker.accept(chunk.clone());
          length = 0;
        }
      }
    }
    if (length > 0) {
      taker.accept(Arrays.copyOf(chunk, length));
    }
  }
}
