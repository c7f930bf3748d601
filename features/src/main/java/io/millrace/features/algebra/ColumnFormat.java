package io.millrace.features.algebra;

import io.millrace.features.algebra.Column.Storage;
import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;

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
    Occurrences numbers = storage == Storage.NUMBER ? null : new Occurrences(rows.size());
    int known = 0;
    for (int row = rows.start(); row < rows.end(); row++) {
      if (values[row] == Field.MISSING) {
        continue;
      }
      if (storage == Storage.NUMBER) {
        out.writeSignedVarLong(values[row] / unit);
      } else {
        int number = numbers.number(values[row]);
        out.writeVarLong(number);
        if (number == known) {
          write(values[row], rows.text(column, row), out);
          known++;
        }
      }
    }
  }

  private static void write(long hash, String text, ByteWriter out) {
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
   * @param size rows to read
   * @param values to fill
   * @param texts to fill, null where the column is none of texts
   */
  static void read(ByteReader in, Storage storage, int size, long[] values, String[] texts) {
    readPresence(in, size, values);
    if (storage == Storage.NUMBER) {
      long unit = in.readVarLong();
      for (int row = 0; row < size; row++) {
        if (values[row] != Field.MISSING) {
          values[row] = in.readSignedVarLong() * unit;
        }
      }
      return;
    }
    // By number, the row in which a text is new.
    int[] first = new int[size];
    int known = 0;
    for (int row = 0; row < size; row++) {
      if (values[row] == Field.MISSING) {
        continue;
      }
      int number = in.readVarInt();
      if (number == known) {
        first[known++] = row;
        readText(in, row, values, texts);
        continue;
      }
      values[row] = values[first[number]];
      if (texts != null) {
        texts[row] = texts[first[number]];
      }
    }
  }

  private static void readText(ByteReader in, int row, long[] values, String[] texts) {
    if (texts == null) {
      values[row] = in.readLong();
    } else {
      texts[row] = in.readText();
      values[row] = Row.hash(texts[row]);
    }
  }

  /** Marks the rows without a value as missing. */
  private static void readPresence(ByteReader in, int size, long[] values) {
    int presence = in.readByte();
    int bits = presence == ALL ? 0xFF : 0;
    for (int row = 0; row < size; row++) {
      if (presence == SOME && row % 8 == 0) {
        bits = in.readByte();
      }
      values[row] = (bits >>> row % 8 & 1) == 0 ? Field.MISSING : 0;
    }
  }
}
