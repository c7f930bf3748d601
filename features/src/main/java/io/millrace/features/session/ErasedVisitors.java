package io.millrace.features.session;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.neighbour.Posting;
import java.util.HashMap;
import java.util.Map;

/**
 * Visitors of whom nothing may be used: those who are to be forgotten, each up to an event time
 * (what they do later counts again), and those who are left out as long as somebody says so. By the
 * hash of their ids: the ids themselves are forgotten too. Kept as long as anything of theirs may
 * be left in some state. Not safe for use by several threads.
 */
public final class ErasedVisitors implements Posting.Unusable {
  private static final int LAYOUT = 2;

  private final Map<Long, Erased> erased = new HashMap<>();

  /** Visitors left out, and up to when what is there of them stays out when they are let in. */
  private final Map<Long, Long> excluded = new HashMap<>();

  /** What was taken back of visitors who have been let in again. */
  private final Map<Long, Erased> takenBack = new HashMap<>();

  private int generation;

  /**
   * One of them.
   *
   * @param upTo event time up to which all is forgotten
   * @param heardAt wall clock when that was said: the request may be of long ago, where a log is
   *     read again
   */
  private record Erased(long upTo, long heardAt) {}

  /**
   * Adds a visitor.
   *
   * @param visitorPart see {@link VisitorIds#of(String)}
   * @param time event time up to which all is forgotten, milliseconds since the epoch
   * @param heardAt wall clock, milliseconds since the epoch
   * @return whether this says more than was known
   */
  public boolean add(long visitorPart, long time, long heardAt) {
    Erased before = erased.get(visitorPart);
    if (before != null && before.upTo >= time) {
      return false;
    }
    erased.put(visitorPart, new Erased(time, heardAt));
    generation++;
    return true;
  }

  /**
   * Leaves a visitor out altogether; whether that is new.
   *
   * @param upTo event time of the visitor's newest event: what is older stays out for good
   */
  public boolean exclude(long visitorPart, long upTo) {
    boolean added = excluded.putIfAbsent(visitorPart, upTo) == null;
    generation += added ? 1 : 0;
    return added;
  }

  /**
   * Lets a visitor in again; nothing from before the visitor was left out comes back.
   *
   * @param now wall clock, milliseconds since the epoch
   * @return whether the visitor was left out
   */
  public boolean readmit(long visitorPart, long now) {
    Long upTo = excluded.remove(visitorPart);
    if (upTo == null) {
      return false;
    }
    Erased before = takenBack.get(visitorPart);
    takenBack.put(
        visitorPart, new Erased(before == null ? upTo : Math.max(upTo, before.upTo), now));
    return true;
  }

  /** Whether a visitor is left out. */
  public boolean excludes(long visitorPart) {
    return excluded.containsKey(visitorPart);
  }

  /**
   * Whether something of a visitor, a session or an order, may not be used. A part of it is enough:
   * what a session was before cannot be told from what it was later.
   */
  @Override
  public boolean covers(long id, long since) {
    if (size() == 0) {
      return false;
    }
    long visitor = VisitorIds.visitorPart(id);
    Erased taken = takenBack.get(visitor);
    return since <= upTo(visitor) || excludes(visitor) || (taken != null && since <= taken.upTo);
  }

  /** Whether something of a visitor is to be forgotten; what is only left out is not. */
  public boolean erases(long id, long time) {
    return time <= upTo(VisitorIds.visitorPart(id));
  }

  /** Event time up to which all of a visitor is forgotten, Long.MIN_VALUE if nothing is. */
  public long upTo(long visitorPart) {
    Erased visitor = erased.get(visitorPart);
    return visitor == null ? Long.MIN_VALUE : visitor.upTo;
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

  /**
   * Lets go of visitors of whom it was said before a time of the wall clock that they are to be
   * forgotten: nothing of theirs can be left.
   */
  public void forgetHeardBefore(long time) {
    erased.values().removeIf(visitor -> visitor.heardAt < time);
    takenBack.values().removeIf(visitor -> visitor.heardAt < time);
  }

  /** How many there are. */
  public int size() {
    return erased.size() + excluded.size() + takenBack.size();
  }

  /** The state value. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(16 + size() * 20);
    out.writeByte(LAYOUT);
    write(erased, out);
    out.writeVarLong(excluded.size());
    excluded.forEach(
        (visitor, until) -> {
          out.writeLong(visitor);
          out.writeSignedVarLong(until);
        });
    write(takenBack, out);
    return out.toBytes();
  }

  private static void write(Map<Long, Erased> visitors, ByteWriter out) {
    out.writeVarLong(visitors.size());
    visitors.forEach(
        (visitor, until) -> {
          out.writeLong(visitor);
          out.writeSignedVarLong(until.upTo);
          out.writeVarLong(until.heardAt);
        });
  }

  /** Adds what a state value holds. */
  public void addAll(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    if (in.readVersion("erased visitors", LAYOUT) == 1) {
      addFirstLayout(in);
      return;
    }
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      add(in.readLong(), in.readSignedVarLong(), in.readVarLong());
    }
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      exclude(in.readLong(), in.readSignedVarLong());
    }
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      takenBack.put(in.readLong(), new Erased(in.readSignedVarLong(), in.readVarLong()));
      generation++;
    }
  }

  /** Said neither when a request was heard nor up to when somebody left out stays out. */
  private void addFirstLayout(ByteReader in) {
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      long visitor = in.readLong();
      long until = in.readVarLong();
      add(visitor, until, until);
    }
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      exclude(in.readLong(), Long.MIN_VALUE);
    }
  }
}
