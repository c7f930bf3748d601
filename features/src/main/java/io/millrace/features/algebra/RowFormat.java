package io.millrace.features.algebra;

import io.millrace.features.algebra.Column.Storage;
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
  static void read(ByteReader in, Migration migration, RetainedRows rows) {
    int size = in.readVarInt();
    if (size == 0) {
      return;
    }
    int capacity = size + size / 4 + 4;
    long[] times = readTimes(in, size, capacity);
    long[] ties = new long[capacity];
    for (int row = 0; row < size; row++) {
      ties[row] = in.readLong();
    }
    long[] filters = readFilters(in, size, capacity, migration);
    List<Storage> columns = migration.newStorages();
    long[][] values = new long[columns.size()][];
    String[][] texts = new String[columns.size()][];
    for (int column = 0; column < migration.columns().length; column++) {
      Storage storage = migration.storages().get(column);
      long[] read = new long[capacity];
      String[] readTexts = storage == Storage.TEXT ? new String[capacity] : null;
      ColumnFormat.read(in, storage, size, read, readTexts);
      int place = migration.columns()[column];
      if (place >= 0) {
        values[place] = read;
        texts[place] = readTexts;
      }
    }
    for (int column = 0; column < values.length; column++) {
      if (values[column] == null) {
        values[column] = new long[capacity];
        Arrays.fill(values[column], Field.MISSING);
        texts[column] = columns.get(column) == Storage.TEXT ? new String[capacity] : null;
      }
    }
    rows.fill(size, times, ties, filters, values, texts);
  }

  private static long[] readTimes(ByteReader in, int size, int capacity) {
    int unit = in.readVarInt();
    long[] times = new long[capacity];
    long time = in.readSignedVarLong();
    times[0] = time * unit;
    for (int row = 1; row < size; row++) {
      time += in.readVarLong();
      times[row] = time * unit;
    }
    return times;
  }

  private static long[] readFilters(ByteReader in, int size, int capacity, Migration migration) {
    int[] places = migration.filters();
    long[] filters = new long[capacity];
    for (int row = 0; row < size && places.length > 0; row++) {
      long passed = in.readVarLong();
      filters[row] = migration.sameFilters() ? passed : moved(passed, places);
    }
    return filters;
  }

  private static long moved(long passed, int[] places) {
    long moved = 0;
    for (long rest = passed; rest != 0; rest &= rest - 1) {
      int place = places[Long.numberOfTrailingZeros(rest)];
      moved |= place < 0 ? 0 : 1L << place;
    }
    return moved;
  }
}
