package io.millrace.features.rule;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.event.FraudRule.Step;
import java.util.List;

/**
 * How far an entity is in a sequence of steps. The events of a sequence are one for each time that
 * each step asks for, in order, with any others between them, and the first less than the limit
 * before the last. Of all the ways in which the events so far make the first n of a sequence, the
 * one that began last is at least as good as any other for all that may come: so a number a place,
 * when it began, decides exactly whether any sequence is complete. An event takes one place in a
 * sequence. When a sequence is complete, the next begins with the events after it: sequences do not
 * overlap.
 */
final class StepSequence implements RuleState {
  /** What {@link #add} gives where no sequence is complete. */
  static final long NONE = Long.MIN_VALUE;

  private static final int LAYOUT = 1;

  private final List<Step> steps;
  private final long within;

  /** By number of events less one, when the sequence that began last of those so far began. */
  private final long[] begins;

  private int reached;

  /**
   * @param within the limit, in milliseconds
   */
  StepSequence(List<Step> steps, long within) {
    this.steps = steps;
    this.within = within;
    begins = new long[events(steps)];
  }

  /** How many events a sequence has. */
  static int events(List<Step> steps) {
    return steps.stream().mapToInt(Step::times).sum();
  }

  /** The most bytes of a state value. */
  static int maxBytes(List<Step> steps) {
    return 16 + 6 * events(steps);
  }

  static StepSequence ofBytes(byte[] bytes, List<Step> steps, long within) {
    StepSequence read = new StepSequence(steps, within);
    ByteReader in = new ByteReader(bytes);
    in.readVersion("the steps of a rule", LAYOUT);
    read.reached = in.readVarInt();
    long begin = read.reached == 0 ? 0 : in.readLong();
    for (int i = 0; i < read.reached; i++) {
      begin -= i == 0 ? 0 : in.readVarLong();
      read.begins[i] = begin;
    }
    return read;
  }

  @Override
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(16 + 3 * reached);
    out.writeByte(LAYOUT);
    out.writeVarLong(reached);
    for (int i = 0; i < reached; i++) {
      // The more events, the earlier they began.
      if (i == 0) {
        out.writeLong(begins[0]);
      } else {
        out.writeVarLong(begins[i - 1] - begins[i]);
      }
    }
    return out.toBytes();
  }

  /**
   * Takes an event.
   *
   * @param met a bit for each step whose condition it meets
   * @return when the sequence began that it completes, or {@link #NONE}
   */
  long add(long time, int met) {
    while (reached > 0 && begins[reached - 1] <= time - within) {
      reached--;
    }
    int step = steps.size() - 1;
    int before = begins.length - steps.get(step).times();
    int top = Math.min(reached, begins.length - 1);
    // From the far end, so that the event takes one place and not the next one too.
    for (int place = top; place >= 0; place--) {
      while (place < before) {
        step--;
        before -= steps.get(step).times();
      }
      if ((met & 1 << step) != 0) {
        begins[place] = place == 0 ? time : begins[place - 1];
        reached = Math.max(reached, place + 1);
      }
    }
    if (reached < begins.length) {
      return NONE;
    }
    reached = 0;
    return begins[begins.length - 1];
  }
}
