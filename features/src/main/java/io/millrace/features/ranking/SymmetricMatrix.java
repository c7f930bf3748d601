package io.millrace.features.ranking;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.Arrays;

/** A small symmetric matrix, of which the lower triangle is kept, row after row. */
final class SymmetricMatrix {
  private final int size;
  private final double[] entries;

  /** All zero. */
  SymmetricMatrix(int size) {
    this.size = size;
    this.entries = new double[size * (size + 1) / 2];
  }

  private static int at(int row, int column) {
    return row * (row + 1) / 2 + column;
  }

  /** Takes the entries of another one. */
  void set(SymmetricMatrix other) {
    System.arraycopy(other.entries, 0, entries, 0, entries.length);
  }

  /** Makes all entries zero. */
  void clear() {
    Arrays.fill(entries, 0);
  }

  void scale(double factor) {
    for (int i = 0; i < entries.length; i++) {
      entries[i] *= factor;
    }
  }

  void add(SymmetricMatrix other) {
    for (int i = 0; i < entries.length; i++) {
      entries[i] += other.entries[i];
    }
  }

  void addToDiagonal(double value) {
    for (int i = 0; i < size; i++) {
      entries[at(i, i)] += value;
    }
  }

  /** Adds weight · vector · vectorᵀ. */
  void addSquare(double weight, double[] vector) {
    for (int row = 0, i = 0; row < size; row++) {
      double factor = weight * vector[row];
      for (int column = 0; column <= row; column++) {
        entries[i++] += factor * vector[column];
      }
    }
  }

  /** The sum of the diagonal. */
  double trace() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += entries[at(i, i)];
    }
    return sum;
  }

  /** What this, positive definite, maps to a vector; not numbers where it is not (Cholesky). */
  double[] solve(double[] vector) {
    SymmetricMatrix root = root();
    double[] solved = vector.clone();
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < row; column++) {
        solved[row] -= root.entries[at(row, column)] * solved[column];
      }
      solved[row] /= root.entries[at(row, row)];
    }
    for (int row = size - 1; row >= 0; row--) {
      for (int below = row + 1; below < size; below++) {
        solved[row] -= root.entries[at(below, row)] * solved[below];
      }
      solved[row] /= root.entries[at(row, row)];
    }
    return solved;
  }

  /** The lower triangle L with L · Lᵀ = this, in the entries of another one. */
  private SymmetricMatrix root() {
    SymmetricMatrix root = new SymmetricMatrix(size);
    double[] of = root.entries;
    for (int row = 0; row < size; row++) {
      for (int column = 0; column <= row; column++) {
        double rest = entries[at(row, column)];
        for (int i = 0; i < column; i++) {
          rest -= of[at(row, i)] * of[at(column, i)];
        }
        of[at(row, column)] = row == column ? Math.sqrt(rest) : rest / of[at(column, column)];
      }
    }
    return root;
  }

  void write(ByteWriter out) {
    for (double entry : entries) {
      out.writeLong(Double.doubleToRawLongBits(entry));
    }
  }

  /** Takes what {@link #write} wrote of one of this size. */
  void read(ByteReader in) {
    for (int i = 0; i < entries.length; i++) {
      entries[i] = Double.longBitsToDouble(in.readLong());
    }
  }
}
