package io.millrace.features.algebra;

import io.millrace.features.algebra.Column.Storage;
import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One column of retained rows as flat bytes. Numbers are written without the decimals that none of
 * them needs; texts and their hashes once each, and then by number.
 */
final class ColumnFormat {
  private static final int NONE = 0;
  private static final int ALL = 1;
  private static final int SOME = 2;

  private ColumnFormat() {}

  static void write(RetainedRows rows, int column, Storage storage, ByteWriter out) {
    long[] values = rows.values(column);
    writePresence(values, rows.start(), rows.end(), out);
    long unit = storage == Storage.NUMBER ? commonUnit(values, rows.start(), rows.end()) : 1;
    if (storage == Storage.NUMBER) {
      out.writeVarLong(unit);
    }
    Map<Long, Integer> numbers = new HashMap<>();
    for (int row = rows.start(); row < rows.end(); row++) {
      if (values[row] == Field.MISSING) {
        continue;
      }
      if (storage == Storage.NUMBER) {
        out.writeSignedVarLong(values[row] / unit);
      } else {
        writeNumbered(values[row], rows.text(column, row), numbers, out);
      }
    }
  }

  private static void writeNumbered(
      long hash, String text, Map<Long, Integer> numbers, ByteWriter out) {
    Integer known = numbers.putIfAbsent(hash, numbers.size());
    out.writeVarLong(known == null ? numbers.size() - 1 : known);
    if (known != null) {
      return;
    }
    if (text == null) {
      out.writeLong(hash);
    } else {
      out.writeText(text);
    }
  }

  private static void writePresence(long[] values, int start, int end, ByteWriter out) {
    int present = 0;
    for (int row = start; row < end; row++) {
      present += values[row] == Field.MISSING ? 0 : 1;
    }
    out.writeByte(present == 0 ? NONE : present == end - start ? ALL : SOME);
    if (present == 0 || present == end - start) {
      return;
    }
    for (int first = start; first < end; first += 8) {
      int bits = 0;
      for (int row = first; row < Math.min(first + 8, end); row++) {
        bits |= values[row] == Field.MISSING ? 0 : 1 << row - first;
      }
      out.writeByte(bits);
    }
  }

  /** The greatest power of ten that divides all numbers, 10^9 at most. */
  private static long commonUnit(long[] values, int start, int end) {
    long unit = 1_000_000_000;
    for (int row = start; row < end && unit > 1; row++) {
      while (values[row] != Field.MISSING && values[row] % unit != 0) {
        unit /= 10;
      }
    }
    return unit;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param values to fill
   * @param texts to fill, null where the column is none of texts
   */
  static void read(ByteReader in, Storage storage, long[] values, String[] texts) {
    readPresence(in, values);
    long unit = storage == Storage.NUMBER ? in.readVarLong() : 1;
    List<Long> hashes = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (int row = 0; row < values.length; row++) {
      if (values[row] == Field.MISSING) {
        continue;
      }
      if (storage == Storage.NUMBER) {
        values[row] = in.readSignedVarLong() * unit;
        continue;
      }
      int number = in.readVarInt();
      if (number == hashes.size()) {
        known.add(texts == null ? null : in.readText());
        hashes.add(texts == null ? in.readLong() : Row.hash(known.get(number)));
      }
      values[row] = hashes.get(number);
      if (texts != null) {
        texts[row] = known.get(number);
      }
    }
  }

  /** Marks the rows without a value as missing. */
  private static void readPresence(ByteReader in, long[] values) {
    int presence = in.readByte();
    int bits = presence == ALL ? 0xFF : 0;
    for (int row = 0; row < values.length; row++) {
      if (presence == SOME && row % 8 == 0) {
        bits = in.readByte();
      }
      values[row] = (bits >>> row % 8 & 1) == 0 ? Field.MISSING : 0;
    }
  }
}
