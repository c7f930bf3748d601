package io.millrace.features.catalogue;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.session.Hashes;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of all items, on the heap of everyone who must look it up: 16 bytes a slot, the
 * 64-bit hash of the item's id and its {@link ItemBits}. Two ids of one hash would share a slot;
 * among a million items that is expected once in 40 million stores.
 *
 * <p>Open addressing with linear probing. The hash gives an item's first slot by its size, not its
 * remainder, and an item never stands before one of a smaller hash: so a search ends at the first
 * greater hash, whether it finds the item or not, the table can grow by a quarter instead of
 * doubling, and growing, writing and reading go through memory in order. At nine tenths full, where
 * it grows, a search looks at 5 slots in the mean. (Amble and Knuth, Ordered hash tables, 1974.)
 *
 * <p>Not safe for use by several threads.
 */
public final class ItemTable {
  /** Items of one chunk of bytes, some 50 KB. */
  static final int CHUNK = 4_096;

  /** Bytes of a slot. */
  static final int SLOT_BYTES = 16;

  private static final int LAYOUT = 1;
  private static final int SMALLEST = 64;

  /** Slots behind the last first slot, for what does not find its own free. */
  private static final int SLACK = 128;

  private final CategoryDictionary categories;

  /** Hash and bits by turns; a slot is empty where the bits are 0, as the last one always is. */
  private long[] slots;

  private int capacity;
  private int size;
  private int onSale;

  /** An empty table. */
  public ItemTable() {
    this(ItemBits.MAX_CATEGORY);
  }

  ItemTable(int maxCategories) {
    categories = new CategoryDictionary(maxCategories);
    allocate(SMALLEST);
  }

  private void allocate(int newCapacity) {
    capacity = newCapacity;
    slots = new long[2 * (newCapacity + SLACK)];
  }

  /** What is known of an item, {@link ItemBits#UNKNOWN} for nothing. Allocates nothing. */
  public long get(String item) {
    return get(Hashes.of(item));
  }

  /** The same by the hash of the item's id, see {@link Hashes}. */
  public long get(long hash) {
    int slot = find(hash);
    return holds(slot, hash) ? slots[slot + 1] : ItemBits.UNKNOWN;
  }

  /** What is known of an item, with the boost as exact as the table keeps it. */
  public ItemFact fact(String item) {
    long bits = get(item);
    return new ItemFact(
        item,
        ItemBits.isHidden(bits),
        ItemBits.isOutOfStock(bits),
        ItemBits.isAdult(bits),
        ItemBits.isExcluded(bits),
        categoryPath(ItemBits.category(bits)),
        Math.max(ItemFact.MIN_BOOST, Math.min(ItemFact.MAX_BOOST, ItemBits.boost(bits))),
        ItemBits.orders(bits));
  }

  /** The path of a category by its index, null for {@link ItemBits#NO_CATEGORY}. */
  public String categoryPath(int index) {
    return categories.path(index);
  }

  /**
   * Puts in what is said of an item, in place of what was said before.
   *
   * @return what was known before
   */
  public long put(ItemFact fact) {
    return put(Hashes.of(fact.item()), ItemBits.of(fact, categories.indexOf(fact.category())));
  }

  /**
   * Forgets an item.
   *
   * @return what was known before
   */
  public long remove(String item) {
    return put(Hashes.of(item), ItemBits.UNKNOWN);
  }

  private long put(long hash, long bits) {
    long before = replace(hash, bits);
    onSale += onSale(bits) - onSale(before);
    return before;
  }

  private static int onSale(long bits) {
    boolean listed = ItemBits.category(bits) != ItemBits.NO_CATEGORY;
    return listed && ItemBits.isServable(bits) ? 1 : 0;
  }

  private long replace(long hash, long bits) {
    int slot = find(hash);
    if (holds(slot, hash)) {
      long before = slots[slot + 1];
      if (bits == ItemBits.UNKNOWN) {
        removeAt(slot);
      } else {
        slots[slot + 1] = bits;
      }
      return before;
    }
    if (bits != ItemBits.UNKNOWN) {
      insert(slot, hash, bits);
    }
    return ItemBits.UNKNOWN;
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

  /** Items of which something is known. */
  public int size() {
    return size;
  }

  /** Items that the catalogue puts into a category and that may stand in a list. */
  public int onSale() {
    return onSale;
  }

  /** Bytes on the heap, of which {@value #SLOT_BYTES} a slot; paths of categories by estimate. */
  public long sizeInBytes() {
    return slots.length * 8L + categories.sizeInBytes();
  }

  int slots() {
    return slots.length / 2;
  }

  /**
   * The whole table, in pieces of some 50 KB that can be read in any order: state for one subtask
   * to write and all to read.
   */
  public List<byte[]> toChunks() {
    List<byte[]> chunks = new ArrayList<>(size / CHUNK + 1);
    long[] chunk = new long[2 * CHUNK];
    int length = 0;
    for (int slot = 0; slot < slots.length; slot += 2) {
      if (slots[slot + 1] != 0) {
        chunk[length++] = slots[slot];
        chunk[length++] = slots[slot + 1];
        if (length == chunk.length) {
          chunks.add(toBytes(chunk, length));
          length = 0;
        }
      }
    }
    if (length > 0) {
      chunks.add(toBytes(chunk, length));
    }
    return chunks;
  }

  /** Items in the order of their hashes, with those categories alone that they lie in. */
  private byte[] toBytes(long[] chunk, int length) {
    CategoryDictionary own = new CategoryDictionary(ItemBits.MAX_CATEGORY);
    ByteWriter items = new ByteWriter(length * 8);
    for (int i = 0; i < length; i += 2) {
      int category = own.indexOf(categoryPath(ItemBits.category(chunk[i + 1])));
      items.writeLong(chunk[i]);
      items.writeLong(ItemBits.withCategory(chunk[i + 1], category));
    }
    ByteWriter out = new ByteWriter(items.length() + own.size() * 32 + 16);
    out.writeByte(LAYOUT);
    out.writeVarLong(own.size());
    for (int index = 1; index <= own.size(); index++) {
      out.writeText(own.path(index));
    }
    out.writeVarLong(length / 2);
    out.writeBytes(items);
    return out.toBytes();
  }

  /** Puts in the items of one chunk that {@link #toChunks()} made. */
  public void addChunk(byte[] chunk) {
    ByteReader in = new ByteReader(chunk);
    in.readVersion("a chunk of the item table", LAYOUT);
    int[] indexes = new int[in.readVarInt() + 1];
    for (int i = 1; i < indexes.length; i++) {
      indexes[i] = categories.indexOf(in.readText());
    }
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      long hash = in.readLong();
      long bits = in.readLong();
      put(hash, ItemBits.withCategory(bits, indexes[ItemBits.category(bits)]));
    }
  }
}
