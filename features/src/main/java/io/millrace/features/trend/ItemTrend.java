package io.millrace.features.trend;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.Objects;

/**
 * What is known of one item for the trends: its clicks, where it belongs, and whether it may be
 * shown. Its clicks count while it may not, and are there when it may again. Not safe for use by
 * several threads.
 */
public final class ItemTrend {
  private static final int LAYOUT = 1;
  private static final int SERVABLE = 1;
  private static final int CATEGORY = 1 << 1;

  private HourCounts counts = new HourCounts();
  private String category;
  private boolean servable = true;

  /** Its clicks; may be added to. */
  public HourCounts counts() {
    return counts;
  }

  /** Path of its category, null for none. */
  public String category() {
    return category;
  }

  /** Whether it may stand in a list, as it may while nothing is known of it. */
  public boolean isServable() {
    return servable;
  }

  /**
   * Takes what the catalogue says.
   *
   * @return whether that changes anything
   */
  public boolean place(String newCategory, boolean nowServable) {
    boolean same = servable == nowServable && Objects.equals(category, newCategory);
    category = newCategory;
    servable = nowServable;
    return !same;
  }

  /** Whether nothing is known of it: its clicks were all taken back, and no catalogue has it. */
  public boolean isEmpty() {
    return counts.isZero() && category == null && servable;
  }

  /** The state value. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(64);
    out.writeByte(LAYOUT);
    out.writeByte((servable ? SERVABLE : 0) | (category != null ? CATEGORY : 0));
    if (category != null) {
      out.writeText(category);
    }
    counts.write(out);
    return out.toBytes();
  }

  /** Reads a state value. */
  public static ItemTrend ofBytes(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("an item's trend", LAYOUT);
    int flags = in.readByte();
    ItemTrend trend = new ItemTrend();
    trend.servable = (flags & SERVABLE) != 0;
    trend.category = (flags & CATEGORY) != 0 ? in.readText() : null;
    trend.counts = HourCounts.read(in);
    return trend;
  }
}
