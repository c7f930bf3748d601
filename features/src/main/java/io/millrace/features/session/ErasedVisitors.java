package io.millrace.features.session;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.neighbour.Posting;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Visitors of whom nothing may be used: those who are to be forgotten, each up to an event time
 * (what they do later counts again), and those who are left out as long as somebody says so. By the
 * hash of their ids: the ids themselves are forgotten too. Kept as long as anything of theirs may
 * be left in some state. Not safe for use by several threads.
 */
public final class ErasedVisitors implements Posting.Unusable {
  private static final int LAYOUT = 1;

  private final Map<Long, Long> upTo = new HashMap<>();
  private final Set<Long> excluded = new HashSet<>();
  private int generation;

  /**
   * Adds a visitor.
   *
   * @param visitorPart see {@link VisitorIds#of(String)}
   * @param time event time up to which all is forgotten, milliseconds since the epoch
   * @return whether this says more than was known
   */
  public boolean add(long visitorPart, long time) {
    Long before = upTo.get(visitorPart);
    if (before != null && before >= time) {
      return false;
    }
    upTo.put(visitorPart, time);
    generation++;
    return true;
  }

  /** Leaves a visitor out altogether; whether that is new. */
  public boolean exclude(long visitorPart) {
    boolean added = excluded.add(visitorPart);
    generation += added ? 1 : 0;
    return added;
  }

  /** Lets a visitor in again; what was thrown away meanwhile does not come back. */
  public boolean readmit(long visitorPart) {
    return excluded.remove(visitorPart);
  }

  /** Whether a visitor is left out. */
  public boolean excludes(long visitorPart) {
    return excluded.contains(visitorPart);
  }

  /** Whether something of a visitor, a session or an order, may not be used. */
  @Override
  public boolean covers(long id, long time) {
    if (upTo.isEmpty() && excluded.isEmpty()) {
      return false;
    }
    return erases(id, time) || excludes(VisitorIds.visitorPart(id));
  }

  /** Whether something of a visitor is to be forgotten; what is only left out is not. */
  public boolean erases(long id, long time) {
    Long until = upTo.get(VisitorIds.visitorPart(id));
    return until != null && time <= until;
  }

  /** Lets everybody in again who is left out. */
  public void readmitAll() {
    excluded.clear();
  }

  /** Grows with every addition: what was held against it before need not be again. */
  @Override
  public int generation() {
    return generation;
  }

  /** Lets go of visitors erased before a time, of whom nothing can be left by then. */
  public void forgetBefore(long time) {
    upTo.values().removeIf(until -> until < time);
  }

  /** How many there are. */
  public int size() {
    return upTo.size() + excluded.size();
  }

  /** The state value. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(16 + upTo.size() * 14);
    out.writeByte(LAYOUT);
    out.writeVarLong(upTo.size());
    upTo.forEach(
        (visitor, until) -> {
          out.writeLong(visitor);
          out.writeVarLong(until);
        });
    out.writeVarLong(excluded.size());
    excluded.forEach(out::writeLong);
    return out.toBytes();
  }

  /** Adds what a state value holds. */
  public void addAll(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("erased visitors", LAYOUT);
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      add(in.readLong(), in.readVarLong());
    }
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      exclude(in.readLong());
    }
  }
}
