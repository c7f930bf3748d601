package io.millrace.features.algebra;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The layouts in which state values of a feature set were ever written, by number from 1. They are
 * kept once a job, beside the values: a set whose features changed writes in a layout of its own
 * and still reads the older ones. Immutable.
 */
public final class Layouts {
  private static final int LAYOUT = 1;

  private final FeatureSet set;
  private final List<Layout> layouts;
  private final List<Migration> migrations;
  private final int newest;

  private Layouts(FeatureSet set, List<Layout> known) {
    this.set = set;
    Layout own = Layout.of(set.plan());
    layouts = new ArrayList<>(known);
    if (!layouts.contains(own)) {
      layouts.add(own);
    }
    newest = layouts.indexOf(own) + 1;
    migrations = layouts.stream().map(layout -> Migration.of(layout, own)).toList();
  }

  /** Of a set that never wrote yet. */
  public static Layouts of(FeatureSet set) {
    return new Layouts(set, List.of());
  }

  /**
   * Of a set as it is now, with the layouts of what it was before.
   *
   * @param bytes what {@link #toBytes} gave
   * @throws IllegalArgumentException if they are those of another set
   */
  public static Layouts ofBytes(byte[] bytes, FeatureSet set) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("the layouts of a feature set", LAYOUT);
    String name = in.readText();
    if (!name.equals(set.name())) {
      throw new IllegalArgumentException(
          "layouts of feature set %s, not of %s; a set that is renamed begins anew"
              .formatted(name, set.name()));
    }
    List<Layout> known = new ArrayList<>();
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      known.add(Layout.read(in));
    }
    return new Layouts(set, known);
  }

  /** To be kept once a job; some nine bytes for every field, filter and figure of each layout. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(1_024);
    out.writeByte(LAYOUT);
    out.writeText(set.name());
    out.writeVarLong(layouts.size());
    layouts.forEach(layout -> layout.write(out));
    return out.toBytes();
  }

  /** The number of the layout in which values are written now. */
  public int current() {
    return newest;
  }

  /** The set as it is now. */
  public FeatureSet set() {
    return set;
  }

  Layout newest() {
    return layouts.get(newest - 1);
  }

  /** How a value of a layout is read. */
  Migration from(int number) {
    if (number < 1 || number > layouts.size()) {
      throw new IllegalStateException(
          ("the features of an entity of set %s have layout %d; known are 1 to %d:"
                  + " restore with the layouts stored beside it")
              .formatted(set.name(), number, layouts.size()));
    }
    return migrations.get(number - 1);
  }
}
