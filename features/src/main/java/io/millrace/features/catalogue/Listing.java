package io.millrace.features.catalogue;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.event.CatalogItem;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What of an item's catalogue entry decides whether, and how high, it stands in lists.
 *
 * @param hidden whether it is hidden or discontinued
 * @param adult whether it is for adults only
 * @param category path, null for none
 * @param brand null for none
 * @param attributes by name, for controls on them
 * @param stock pieces there were as of {@code asOf}, null where nobody counts them
 * @param asOf when there were as many, milliseconds since the epoch; 0 where nobody counts them
 */
public record Listing(
    boolean hidden,
    boolean adult,
    String category,
    String brand,
    SortedMap<String, String> attributes,
    Long stock,
    long asOf) {
  private static final int HIDDEN = 1;
  private static final int ADULT = 1 << 1;
  private static final int CATEGORY = 1 << 2;
  private static final int BRAND = 1 << 3;
  private static final int STOCK = 1 << 4;

  public Listing {
    attributes = Collections.unmodifiableSortedMap(attributes);
  }

  /**
   * What a catalogue entry says.
   *
   * @param item the entry
   * @param logged when it was logged, which holds where the entry has no {@code updated_at};
   *     milliseconds since the epoch
   */
  public static Listing of(CatalogItem item, long logged) {
    Long stock = item.supply().stock();
    long asOf = item.updatedAt() == null ? logged : item.updatedAt();
    return new Listing(
        item.status() != CatalogItem.Status.ACTIVE,
        item.adult(),
        item.category(),
        item.brand(),
        item.attributes(),
        stock,
        stock == null ? 0 : asOf);
  }

  /** Appends it to a state value or message. */
  public void write(ByteWriter out) {
    out.writeByte(
        (hidden ? HIDDEN : 0)
            | (adult ? ADULT : 0)
            | (category != null ? CATEGORY : 0)
            | (brand != null ? BRAND : 0)
            | (stock != null ? STOCK : 0));
    out.writeVarLong(asOf);
    if (category != null) {
      out.writeText(category);
    }
    if (brand != null) {
      out.writeText(brand);
    }
    if (stock != null) {
      out.writeSignedVarLong(stock);
    }
    out.writeVarLong(attributes.size());
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      out.writeText(attribute.getKey());
      out.writeText(attribute.getValue());
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Listing read(ByteReader in) {
    int flags = in.readByte();
    long asOf = in.readVarLong();
    String category = (flags & CATEGORY) != 0 ? in.readText() : null;
    String brand = (flags & BRAND) != 0 ? in.readText() : null;
    Long stock = (flags & STOCK) != 0 ? Long.valueOf(in.readSignedVarLong()) : null;
    SortedMap<String, String> attributes = Collections.emptySortedMap();
    int size = in.readVarInt();
    if (size > 0) {
      attributes = new TreeMap<>();
      for (int i = 0; i < size; i++) {
        attributes.put(in.readText(), in.readText());
      }
    }
    return new Listing(
        (flags & HIDDEN) != 0, (flags & ADULT) != 0, category, brand, attributes, stock, asOf);
  }
}
