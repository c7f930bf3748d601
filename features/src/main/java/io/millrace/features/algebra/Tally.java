package io.millrace.features.algebra;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;

/** One figure over rows that are not retained, the same in whatever order they are added. */
abstract class Tally {
  /** Adds a row that the figure is about, by its value of the field; see {@link Measure}. */
  abstract void add(long value, String text, KeptRow row);

  /** Adds what another one, of the same measure, holds. */
  abstract void add(Tally other);

  abstract void write(ByteWriter out);

  abstract void read(ByteReader in);

  /** How many rows. */
  static final class Count extends Tally {
    long count;

    @Override
    void add(long value, String text, KeptRow row) {
      count++;
    }

    @Override
    void add(Tally other) {
      count += ((Count) other).count;
    }

    @Override
    void write(ByteWriter out) {
      out.writeVarLong(count);
    }

    @Override
    void read(ByteReader in) {
      count = in.readVarLong();
    }
  }

  /** How many values there are and their sum, and where a deviation is wanted that of squares. */
  static final class Sum extends Tally {
    private final boolean squared;
    long count;
    Wide sum = new Wide();
    Wide squares = new Wide();

    Sum(boolean squared) {
      this.squared = squared;
    }

    @Override
    void add(long value, String text, KeptRow row) {
      count++;
      sum.add(value);
      if (squared) {
        squares.addProduct(value, value);
      }
    }

    @Override
    void add(Tally tally) {
      Sum other = (Sum) tally;
      count += other.count;
      sum.add(other.sum);
      squares.add(other.squares);
    }

    @Override
    void write(ByteWriter out) {
      out.writeVarLong(count);
      if (count > 0) {
        sum.write(out);
      }
      if (count > 0 && squared) {
        squares.write(out);
      }
    }

    @Override
    void read(ByteReader in) {
      count = in.readVarLong();
      if (count > 0) {
        sum = Wide.read(in);
      }
      if (count > 0 && squared) {
        squares = Wide.read(in);
      }
    }
  }

  /** The least and the greatest value; the least is above the greatest while there is none. */
  static final class Extremes extends Tally {
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;

    @Override
    void add(long value, String text, KeptRow row) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }

    @Override
    void add(Tally other) {
      least = Math.min(least, ((Extremes) other).least);
      greatest = Math.max(greatest, ((Extremes) other).greatest);
    }

    @Override
    void write(ByteWriter out) {
      boolean none = least > greatest;
      out.writeByte(none ? 0 : 1);
      if (!none) {
        out.writeSignedVarLong(least);
        out.writeSignedVarLong(greatest);
      }
    }

    @Override
    void read(ByteReader in) {
      if (in.readByte() == 1) {
        least = in.readSignedVarLong();
        greatest = in.readSignedVarLong();
      }
    }
  }

  /** The newest row, and its value. */
  static final class Newest extends Tally {
    private static final int NONE = 0;
    private static final int NUMBER = 1;
    private static final int TEXT = 2;

    boolean present;
    long time;
    long tie;
    long value;
    String text;

    @Override
    void add(long rowValue, String rowText, KeptRow row) {
      keepNewer(row.time(), row.tie(), rowValue, rowText);
    }

    private void keepNewer(long newTime, long newTie, long newValue, String newText) {
      if (!present || newTime > time || newTime == time && newTie > tie) {
        present = true;
        time = newTime;
        tie = newTie;
        value = newValue;
        text = newText;
      }
    }

    @Override
    void add(Tally tally) {
      Newest other = (Newest) tally;
      if (other.present) {
        keepNewer(other.time, other.tie, other.value, other.text);
      }
    }

    @Override
    void write(ByteWriter out) {
      out.writeByte(!present ? NONE : text == null ? NUMBER : TEXT);
      if (!present) {
        return;
      }
      out.writeSignedVarLong(time);
      out.writeLong(tie);
      if (text == null) {
        out.writeSignedVarLong(value);
      } else {
        out.writeText(text);
      }
    }

    @Override
    void read(ByteReader in) {
      int kind = in.readByte();
      present = kind != NONE;
      if (!present) {
        return;
      }
      time = in.readSignedVarLong();
      tie = in.readLong();
      if (kind == TEXT) {
        text = in.readText();
        value = Row.hash(text);
      } else {
        value = in.readSignedVarLong();
      }
    }
  }
}
