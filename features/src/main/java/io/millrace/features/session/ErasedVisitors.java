package io.millrace.features.session;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.HashMap;
import java.util.Map;

/**
 * Visitors who are to be forgotten, each up to an event time; what they do later counts again. By
 * the hash of their ids: the ids themselves are forgotten too. Kept as long as anything of theirs
 * may be left in some state. Not safe for use by several threads.
 */
public final class ErasedVisitors {
  private static final int LAYOUT = 1;

  private final Map<Long, Long> upTo = new HashMap<>();
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

  /** Whether something of a visitor, a session or an order, is to be forgotten. */
  public boolean covers(long id, long time) {
    if (upTo.isEmpty()) {
      return false;
    }
    Long until = upTo.get(VisitorIds.visitorPart(id));
    return until != null && time <= until;
  }

  /** Grows with every addition: what was held against it before need not be again. */
  public int generation() {
    return generation;
  }

  /** Lets go of visitors erased before a time, of whom nothing can be left by then. */
  public void forgetBefore(long time) {
    upTo.values().removeIf(until -> until < time);
  }

  /** How many there are. */
  public int size() {
    return upTo.size();
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
    return out.toBytes();
  }

  /** Adds what a state value holds. */
  public void addAll(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("erased visitors", LAYOUT);
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      add(in.readLong(), in.readVarLong());
    }
  }
}
