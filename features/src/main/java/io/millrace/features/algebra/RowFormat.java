package io.millrace.features.algebra;

import io.millrace.features.algebra.Column.Storage;
import io.millrace.features.algebra.Layout.Element;
import io.millrace.features.algebra.Layout.Part;
import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.Arrays;
import java.util.List;

/** Retained rows as flat bytes: times as differences, then one column after the other. */
final class RowFormat {
  /** Times of whole seconds are written as such. */
  private static final int SECOND_MS = 1_000;

  private RowFormat() {}

  static void write(RetainedRows rows, Plan plan, ByteWriter out) {
    out.writeVarLong(rows.size());
    if (rows.size() == 0) {
      return;
    }
    writeTimes(rows, out);
    for (int row = rows.start(); row < rows.end(); row++) {
      out.writeLong(rows.tie(row));
    }
    if (!plan.filters().isEmpty()) {
      for (int row = rows.start(); row < rows.end(); row++) {
        out.writeVarLong(rows.filters(row));
      }
    }
    for (int column = 0; column < plan.columns().size(); column++) {
      Storage storage = plan.columns().get(column).storage();
      ColumnFormat.write(rows, column, storage, out);
    }
  }

  private static void writeTimes(RetainedRows rows, ByteWriter out) {
    int unit = SECOND_MS;
    for (int row = rows.start(); row < rows.end() && unit > 1; row++) {
      unit = rows.time(row) % SECOND_MS == 0 ? unit : 1;
    }
    out.writeVarLong(unit);
    long last = rows.time(rows.start()) / unit;
    out.writeSignedVarLong(last);
    for (int row = rows.start() + 1; row < rows.end(); row++) {
      long time = rows.time(row) / unit;
      out.writeVarLong(time - last);
      last = time;
    }
  }

  /** Reads rows of one layout into another: what is new in it is missing in them. */
  static void read(ByteReader in, Layout from, Layout to, RetainedRows rows) {
    int size = in.readVarInt();
    if (size == 0) {
      return;
    }
    long[] times = readTimes(in, size);
    long[] ties = new long[size];
    for (int row = 0; row < size; row++) {
      ties[row] = in.readLong();
    }
    long[] filters = readFilters(in, size, from.places(Part.FILTER, to));
    List<Element> columns = to.of(Part.COLUMN);
    long[][] values = new long[columns.size()][];
    String[][] texts = new String[columns.size()][];
    int[] places = from.places(Part.COLUMN, to);
    for (int column = 0; column < places.length; column++) {
      Storage storage = Storage.values()[from.of(Part.COLUMN).get(column).form()];
      long[] read = new long[size];
      String[] readTexts = storage == Storage.TEXT ? new String[size] : null;
      ColumnFormat.read(in, storage, read, readTexts);
      if (places[column] >= 0) {
        values[places[column]] = read;
        texts[places[column]] = readTexts;
      }
    }
    for (int column = 0; column < values.length; column++) {
      if (values[column] == null) {
        values[column] = new long[size];
        Arrays.fill(values[column], Field.MISSING);
        boolean text = columns.get(column).form() == Storage.TEXT.ordinal();
        texts[column] = text ? new String[size] : null;
      }
    }
    rows.fill(times, ties, filters, values, texts);
  }

  private static long[] readTimes(ByteReader in, int size) {
    int unit = in.readVarInt();
    long[] times = new long[size];
    long time = in.readSignedVarLong();
    times[0] = time * unit;
    for (int row = 1; row < size; row++) {
      time += in.readVarLong();
      times[row] = time * unit;
    }
    return times;
  }

  private static long[] readFilters(ByteReader in, int size, int[] places) {
    long[] filters = new long[size];
    for (int row = 0; row < size && places.length > 0; row++) {
      long passed = in.readVarLong();
      for (long rest = passed; rest != 0; rest &= rest - 1) {
        int place = places[Long.numberOfTrailingZeros(rest)];
        filters[row] |= place < 0 ? 0 : 1L << place;
      }
    }
    return filters;
  }
}
