package io.millrace.features.neighbour;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.Arrays;

/**
 * What an answer says of its candidates beside their scores, for ranking them. All of it is counted
 * in the posting; whole numbers, so that sums over answers are exact.
 *
 * @param scored how many sessions of the posting were scored, that is, not left to another posting
 * @param allForward sum of {@link #forward} over all items of the posting
 * @param allImmediate sum of {@link #immediate} over all items
 * @param allBackward sum of {@link #backward} over all items
 * @param rows {@link #COLUMNS} numbers a candidate, in step with the answer's items; not to be
 *     changed
 */
public record RankingSignals(
    int scored, int allForward, int allImmediate, int allBackward, int[] rows) {
  /** Of an answer that has no candidates, or was not asked for any. */
  public static final RankingSignals NONE = new RankingSignals(0, 0, 0, 0, new int[0]);

  /** Parts of one in which {@link #newness} is counted. */
  public static final int NEWNESS_PARTS = 1024;

  /** Parts of one in which steps are counted: a step of each size is a whole number of them. */
  public static final int STEP_PARTS = 60;

  static final int COLUMNS = 5;
  static final int NEIGHBOURS = 0;
  static final int NEWNESS = 1;
  static final int FORWARD = 2;
  static final int IMMEDIATE = 3;
  static final int BACKWARD = 4;

  /** Whether the answer has no candidates, or was not asked for any. */
  public boolean isNone() {
    return rows.length == 0;
  }

  /** In how many of the scored sessions the candidate occurs. */
  public int neighbours(int candidate) {
    return rows[candidate * COLUMNS + NEIGHBOURS];
  }

  /**
   * Sum of exp(−r / 15) over those sessions, in {@link #NEWNESS_PARTS}; r counts the sessions of
   * the posting that are newer.
   */
  public int newness(int candidate) {
    return rows[candidate * COLUMNS + NEWNESS];
  }

  /**
   * Sum over all sessions of 1/d, in {@link #STEP_PARTS}, where the candidate comes d clicks after
   * the posting's item, up to five; at its nearest.
   */
  public int forward(int candidate) {
    return rows[candidate * COLUMNS + FORWARD];
  }

  /** In how many sessions the candidate comes just after the posting's item. */
  public int immediate(int candidate) {
    return rows[candidate * COLUMNS + IMMEDIATE];
  }

  /** As {@link #forward}, where the candidate comes before the posting's item. */
  public int backward(int candidate) {
    return rows[candidate * COLUMNS + BACKWARD];
  }

  /** Writes them; one byte if there are none. */
  public void write(ByteWriter out) {
    out.writeVarLong(rows.length / COLUMNS);
    if (isNone()) {
      return;
    }
    out.writeVarLong(scored);
    out.writeVarLong(allForward);
    out.writeVarLong(allImmediate);
    out.writeVarLong(allBackward);
    for (int number : rows) {
      out.writeVarLong(number);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param candidates of the answer they belong to
   * @throws IllegalStateException if they are of another number of candidates
   */
  public static RankingSignals read(ByteReader in, int candidates) {
    int size = in.readVarInt();
    if (size == 0) {
      return NONE;
    }
    if (size != candidates) {
      throw new IllegalStateException(
          "ranking signals of " + size + " candidates in an answer of " + candidates);
    }
    int scored = in.readVarInt();
    int allForward = in.readVarInt();
    int allImmediate = in.readVarInt();
    int allBackward = in.readVarInt();
    int[] rows = new int[size * COLUMNS];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = in.readVarInt();
    }
    return new RankingSignals(scored, allForward, allImmediate, allBackward, rows);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RankingSignals that
        && scored == that.scored
        && allForward == that.allForward
        && allImmediate == that.allImmediate
        && allBackward == that.allBackward
        && Arrays.equals(rows, that.rows);
  }

  @Override
  public int hashCode() {
    return scored * 31 + Arrays.hashCode(rows);
  }

  @Override
  public String toString() {
    return "of " + scored + " scored sessions " + Arrays.toString(rows);
  }
}
