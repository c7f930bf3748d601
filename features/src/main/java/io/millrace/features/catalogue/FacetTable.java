package io.millrace.features.catalogue;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.session.Hashes;
import io.millrace.features.sketch.LogBuckets;
import io.millrace.features.sketch.Population;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@link ItemFacets} of all items, on the heap of everyone who must look them up: 16 bytes a
 * slot, the 64-bit hash of the item's id and 20 bits for its category, 16 for its brand, 12 for its
 * price, which is known to 1 %. A store of more brands than that has items whose brand is not
 * known. Beside it how prices are spread in each category. Not safe for use by several threads.
 */
public final class FacetTable {
  /** Items of one chunk of bytes. */
  static final int CHUNK = 4_096;

  private static final int LAYOUT = 1;
  private static final int BRAND_BITS = 16;
  private static final int PRICE_BITS = 12;
  private static final int MAX_BRAND = (1 << BRAND_BITS) - 1;
  private static final int MAX_PRICE = (1 << PRICE_BITS) - 1;

  /** The number of no price; others are one more than their bucket. */
  private static final int NO_PRICE = 0;

  private final OrderedHashTable table = new OrderedHashTable();
  private final CategoryDictionary categories = new CategoryDictionary(ItemBits.MAX_CATEGORY);
  private final CategoryDictionary brands = new CategoryDictionary(MAX_BRAND);

  /** By category. */
  private final Map<Integer, Population> prices = new HashMap<>();

  /** Puts in what is said of an item, in place of what was said before. */
  public void put(ItemFacets facets) {
    int price = Double.isNaN(facets.price()) ? NO_PRICE : LogBuckets.of(facets.price()) + 1;
    int category = categories.indexOf(facets.category());
    put(Hashes.of(facets.item()), bits(category, brands.indexOf(facets.brand()), price));
  }

  private static long bits(int category, int brand, int price) {
    return ((long) category << BRAND_BITS | brand) << PRICE_BITS | price;
  }

  private static int category(long bits) {
    return (int) (bits >>> BRAND_BITS + PRICE_BITS);
  }

  private static int brand(long bits) {
    return (int) (bits >>> PRICE_BITS) & MAX_BRAND;
  }

  private static int price(long bits) {
    return (int) bits & MAX_PRICE;
  }

  private void put(long hash, long bits) {
    long before = table.put(hash, bits);
    countPrice(before, -1);
    countPrice(bits, 1);
  }

  private void countPrice(long bits, int count) {
    if (price(bits) != NO_PRICE) {
      Population ofCategory = prices.computeIfAbsent(category(bits), made -> new Population());
      ofCategory.add(price(bits), count);
      if (ofCategory.size() == 0) {
        prices.remove(category(bits));
      }
    }
  }

  /** The category of an item, null if it has none or is not known. */
  public String category(String item) {
    return categories.path(category(table.get(Hashes.of(item))));
  }

  /** The brand of an item, null if it has none or is not known. */
  public String brand(String item) {
    return brands.path(brand(table.get(Hashes.of(item))));
  }

  /**
   * Where the price of an item stands among those of its category: 0 for the cheapest, 1 for the
   * dearest, NaN if the item has no price.
   */
  public double priceLevel(String item) {
    long bits = table.get(Hashes.of(item));
    return price(bits) == NO_PRICE ? Double.NaN : prices.get(category(bits)).rank(price(bits));
  }

  /** Items of which something is known. */
  public int size() {
    return table.size();
  }

  /** Bytes on the heap; names of categories and brands, and prices, by estimate. */
  public long sizeInBytes() {
    long spread = prices.values().stream().mapToLong(prices -> 120 + 16L * prices.buckets()).sum();
    return table.sizeInBytes() + categories.sizeInBytes() + brands.sizeInBytes() + spread;
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

  /** Items in the order of their hashes, with those names alone that they have. */
  private byte[] toBytes(long[] chunk) {
    CategoryDictionary ownCategories = new CategoryDictionary(ItemBits.MAX_CATEGORY);
    CategoryDictionary ownBrands = new CategoryDictionary(MAX_BRAND);
    ByteWriter items = new ByteWriter(chunk.length * 8);
    for (int i = 0; i < chunk.length; i += 2) {
      long bits = chunk[i + 1];
      items.writeLong(chunk[i]);
      items.writeVarLong(ownCategories.indexOf(categories.path(category(bits))));
      items.writeVarLong(ownBrands.indexOf(brands.path(brand(bits))));
      items.writeVarLong(price(bits));
    }
    ByteWriter out = new ByteWriter(items.length() + 1_024);
    out.writeByte(LAYOUT);
    write(ownCategories, out);
    write(ownBrands, out);
    out.writeVarLong(chunk.length / 2);
    out.writeBytes(items);
    return out.toBytes();
  }

  private static void write(CategoryDictionary names, ByteWriter out) {
    out.writeVarLong(names.size());
    for (int index = 1; index <= names.size(); index++) {
      out.writeText(names.path(index));
    }
  }

  /** Puts in the items of one chunk that {@link #toChunks()} made. */
  public void addChunk(byte[] chunk) {
    ByteReader in = new ByteReader(chunk);
    in.readVersion("a chunk of the facet table", LAYOUT);
    int[] ofCategory = read(in, categories);
    int[] ofBrand = read(in, brands);
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      long hash = in.readLong();
      int category = ofCategory[in.readVarInt()];
      int brand = ofBrand[in.readVarInt()];
      put(hash, bits(category, brand, in.readVarInt()));
    }
  }

  private static int[] read(ByteReader in, CategoryDictionary names) {
    int[] indexes = new int[in.readVarInt() + 1];
    for (int i = 1; i < indexes.length; i++) {
      indexes[i] = names.indexOf(in.readText());
    }
    return indexes;
  }
}
