package io.millrace.features.algebra;

import io.millrace.features.algebra.Column.Storage;
import io.millrace.features.algebra.Measure.Kind;
import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.session.Hashes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a state value is made of: columns, filters, measures of the tail, measures of all that left,
 * and decays, in this order.
 */
record Layout(List<Element> elements) {
  /** What an element is; the order is part of the stored form. */
  enum Part {
    COLUMN,
    FILTER,
    TAIL,
    EVER,
    DECAY
  }

  /**
   * One of them.
   *
   * @param form the storage of a column or the kind of a measure, by its ordinal; otherwise 0
   * @param hash of its definition
   */
  record Element(Part part, int form, long hash) {}

  static Layout of(Plan plan) {
    List<Element> elements = new ArrayList<>();
    plan.columns()
        .forEach(of -> elements.add(element(Part.COLUMN, of.storage().ordinal(), of.definition())));
    plan.filterDefinitions().forEach(of -> elements.add(element(Part.FILTER, 0, of)));
    plan.tailMeasures()
        .forEach(of -> elements.add(element(Part.TAIL, of.kind().ordinal(), of.definition())));
    plan.everMeasures()
        .forEach(of -> elements.add(element(Part.EVER, of.kind().ordinal(), of.definition())));
    plan.decays().forEach(of -> elements.add(element(Part.DECAY, 0, of.definition())));
    return new Layout(List.copyOf(elements));
  }

  private static Element element(Part part, int form, String definition) {
    return new Element(part, form, Hashes.of(definition));
  }

  List<Element> of(Part part) {
    return elements.stream().filter(element -> element.part == part).toList();
  }

  /** Of the measures of the tail, or of all that left. */
  List<Kind> kinds(Part part) {
    return of(part).stream().map(element -> Kind.values()[element.form]).toList();
  }

  /** Of the columns. */
  List<Storage> storages() {
    return of(Part.COLUMN).stream().map(element -> Storage.values()[element.form]).toList();
  }

  /** For each element, since when it is complete: always. */
  long[] alwaysComplete() {
    long[] since = new long[elements.size()];
    Arrays.fill(since, EntityFeatures.ALWAYS);
    return since;
  }

  void write(ByteWriter out) {
    out.writeVarLong(elements.size());
    for (Element element : elements) {
      out.writeByte(element.part.ordinal() << 4 | element.form);
      out.writeLong(element.hash);
    }
  }

  static Layout read(ByteReader in) {
    int size = in.readVarInt();
    return new Layout(IntStream.range(0, size).mapToObj(i -> readElement(in)).toList());
  }

  private static Element readElement(ByteReader in) {
    int kind = in.readByte();
    return new Element(Part.values()[kind >> 4], kind & 0xF, in.readLong());
  }
}
