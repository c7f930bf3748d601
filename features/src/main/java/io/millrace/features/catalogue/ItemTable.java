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
 * <p>Not safe for use by several threads.
 */
public final class ItemTable {
  /** Items of one chunk of bytes, some 50 KB. */
  static final int CHUNK = 4_096;

  /** Bytes of a slot. */
  static final int SLOT_BYTES = 16;

  private static final int LAYOUT = 1;
  private final CategoryDictionary categories;

  private final OrderedHashTable table = new OrderedHashTable();
  private int onSale;

  /** An empty table. */
  public ItemTable() {
    this(ItemBits.MAX_CATEGORY);
  }

  ItemTable(int maxCategories) {
    categories = new CategoryDictionary(maxCategories);
  }

  /** What is known of an item, {@link ItemBits#UNKNOWN} for nothing. Allocates nothing. */
  public long get(String item) {
    return get(Hashes.of(item));
  }

  /** The same by the hash of the item's id, see {@link Hashes}. */
  public long get(long hash) {
    return known(table.get(hash));
  }

  private static long known(long bits) {
    return bits == OrderedHashTable.NOTHING ? ItemBits.UNKNOWN : bits;
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
    long before =
        known(table.put(hash, bits == ItemBits.UNKNOWN ? OrderedHashTable.NOTHING : bits));
    onSale += onSale(bits) - onSale(before);
    return before;
  }

  private static int onSale(long bits) {
    boolean listed = ItemBits.category(bits) != ItemBits.NO_CATEGORY;
    return listed && ItemBits.isServable(bits) ? 1 : 0;
  }

  /** Items of which something is known. */
  public int size() {
    return table.size();
  }

  /** Items that the catalogue puts into a category and that may stand in a list. */
  public int onSale() {
    return onSale;
  }

  /** Bytes on the heap, of which {@value #SLOT_BYTES} a slot; paths of categories by estimate. */
  public long sizeInBytes() {
    return table.sizeInBytes() + categories.sizeInBytes();
  }

  int slots() {
    return table.slots();
  }

  /**
   * The whole table, in pieces of some 50 KB that can be read in any order: state for one subtask
   * to write and all to read.
   */
  public List<byte[]> toChunks() {
    List<byte[]> chunks = new ArrayList<>(table.size() / CHUNK + 1);
    table.forEachChunk(CHUNK, chunk -> chunks.add(toBytes(chunk)));
    return chunks;
  }

  /** Items in the order of their hashes, with those categories alone that they lie in. */
  private byte[] toBytes(long[] chunk) {
    CategoryDictionary own = new CategoryDictionary(ItemBits.MAX_CATEGORY);
    ByteWriter items = new ByteWriter(chunk.length * 8);
    for (int i = 0; i < chunk.length; i += 2) {
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
    out.writeVarLong(chunk.length / 2);
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
