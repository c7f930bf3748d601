package io.millrace.features.session;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.event.ClickType;
import io.millrace.features.neighbour.SessionItems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One session of a visitor: its bounds and its newest clicks in order of (time, event id).
 *
 * <p>What the posting of an item must hold is a function of the clicks in order, not of their
 * arrival. With p the newest place of the item, it is the session up to the later of
 *
 * <ul>
 *   <li>the last click at which the item was among the newest few distinct ones (those are told at
 *       once), and
 *   <li>the last click before the latest flush,
 * </ul>
 *
 * but not beyond p + 19, where the item leaves the window.
 */
final class OpenSession {
  private static final ClickType[] TYPES = ClickType.values();
  private static final int WINDOW = SessionItems.MAX_ITEMS;
  private static final int BOT = 1;
  private static final int NAMED = 2;

  /** Hash of the session id the sender gave, 0 for a session bounded by gaps. */
  final long named;

  /** In order; the newest 20, and before them those whose window may still change. */
  final List<SessionClick> clicks = new ArrayList<>();

  /** Bounds over all events of the session, also those without an item. */
  private long start;

  private long last;

  /** Event time up to which all items have been told. */
  private long flushedTo;

  private final BotLimits limits;

  OpenSession(long named, long time) {
    this(named, time, new BotLimits());
  }

  private OpenSession(long named, long time, BotLimits limits) {
    this.named = named;
    this.start = time;
    this.last = time;
    this.limits = limits;
  }

  /** The name postings know the session by. */
  long id(String visitor) {
    return Hashes.of(visitor, named == 0 ? start : named);
  }

  long last() {
    return last;
  }

  boolean isBot() {
    return limits.exceeded();
  }

  boolean reaches(long time, long gap) {
    return time >= start - gap && time <= last + gap;
  }

  void touch(long time) {
    start = Math.min(start, time);
    last = Math.max(last, time);
  }

  boolean holds(long time, String eventId) {
    for (SessionClick click : clicks) {
      if (click.time() == time && eventId.equals(click.eventId())) {
        return true;
      }
    }
    return false;
  }

  /** Puts a click where its time says; whether that is the end. */
  boolean add(SessionClick click, SessionSettings settings) {
    int place = clicks.size();
    while (place > 0 && click.isBefore(clicks.get(place - 1))) {
      place--;
    }
    boolean moved = place == 0 || !clicks.get(place - 1).item().equals(click.item());
    limits.count(click.time(), moved, settings);
    clicks.add(place, click);
    return place == clicks.size() - 1;
  }

  /** Takes over the clicks of a session that a late event has joined to this one. */
  void join(OpenSession other) {
    touch(other.start);
    touch(other.last);
    flushedTo = Math.min(flushedTo, other.flushedTo);
    limits.join(other.limits);
    for (SessionClick click : other.clicks) {
      int place = clicks.size();
      while (place > 0 && click.isBefore(clicks.get(place - 1))) {
        place--;
      }
      clicks.add(place, click);
    }
  }

  /** The session up to its newest click, or null if it has none. */
  SessionItems window(String visitor) {
    return clicks.isEmpty() ? null : windowTo(clicks.size() - 1, visitor);
  }

  /** The session up to a click, its newest 20. */
  SessionItems windowTo(int end, String visitor) {
    int from = Math.max(0, end + 1 - WINDOW);
    String[] items = new String[end + 1 - from];
    int count = 0;
    for (int i = from; i <= end; i++) {
      SessionClick click = clicks.get(i);
      if (i == from || !click.repeatsInterest(clicks.get(i - 1))) {
        items[count++] = click.item();
      }
    }
    return new SessionItems(id(visitor), clicks.get(end).time(), Arrays.copyOf(items, count));
  }

  /** The newest place of every distinct item, newest first. */
  int[] newestPlaces() {
    int[] places = new int[clicks.size()];
    int count = 0;
    for (int i = clicks.size() - 1; i >= 0; i--) {
      boolean repeats = false;
      for (int j = 0; j < count && !repeats; j++) {
        repeats = clicks.get(places[j]).item().equals(clicks.get(i).item());
      }
      if (!repeats) {
        places[count++] = i;
      }
    }
    return Arrays.copyOf(places, count);
  }

  /**
   * Up to which click the item with the k-th newest distinct place is to be told.
   *
   * @param places from {@link #newestPlaces()}
   * @param asked how many of the newest distinct items are told at once
   */
  int toldTo(int[] places, int k, int asked) {
    int place = places[k];
    if (k < asked) {
      return Math.min(clicks.size() - 1, place + WINDOW - 1);
    }
    return Math.min(Math.max(lastTold(place, asked), flushedPlace()), place + WINDOW - 1);
  }

  /** The last click at which the item at a place was among the newest distinct ones. */
  private int lastTold(int place, int asked) {
    List<String> newer = new ArrayList<>(asked);
    for (int i = place + 1; i < clicks.size(); i++) {
      String item = clicks.get(i).item();
      if (!newer.contains(item)) {
        newer.add(item);
        if (newer.size() == asked) {
          return i - 1;
        }
      }
    }
    return clicks.size() - 1;
  }

  private int flushedPlace() {
    int place = clicks.size() - 1;
    while (place >= 0 && clicks.get(place).time() > flushedTo) {
      place--;
    }
    return place;
  }

  /**
   * When items beyond the newest few are to be told next, or Long.MAX_VALUE. Flushes fall on a grid
   * of event time, so that what they tell does not depend on when they are carried out.
   */
  long nextFlush(FlushGrid grid, int asked) {
    if (clicks.isEmpty() || (newestPlaces().length <= asked && clicks.size() <= WINDOW)) {
      return Long.MAX_VALUE;
    }
    int untold = flushedPlace() + 1;
    return untold == clicks.size() ? Long.MAX_VALUE : grid.atOrAfter(clicks.get(untold).time());
  }

  void setFlushedTo(long time) {
    flushedTo = time;
  }

  /** Whether there is a click before the window, and the 20 from it on can no longer change. */
  boolean oldestHasLeft(long settledBefore) {
    return clicks.size() > WINDOW
        && (clicks.get(WINDOW - 1).time() < settledBefore || clicks.size() > WINDOW * 8);
  }

  /** Lets go of the oldest click; the window in which it is the oldest, for its item. */
  SessionItems leave(String visitor) {
    SessionItems window = windowTo(WINDOW - 1, visitor);
    clicks.remove(0);
    return window;
  }

  /** Lets go of the event ids of clicks before a time: their duplicates would be late. */
  void forgetEventIds(long before) {
    for (int i = 0; i < clicks.size() && clicks.get(i).time() < before; i++) {
      clicks.set(i, clicks.get(i).withoutEventId());
    }
  }

  void write(ByteWriter out, long base) {
    out.writeByte((isBot() ? BOT : 0) | (named == 0 ? 0 : NAMED));
    if (named != 0) {
      out.writeLong(named);
    }
    out.writeSignedVarLong(base - start);
    out.writeVarLong(last - start);
    out.writeVarLong(flushedTo == 0 ? 0 : Math.max(1, flushedTo - start + 1));
    limits.write(out);
    out.writeVarLong(clicks.size());
    long previous = start;
    for (SessionClick click : clicks) {
      out.writeVarLong(click.time() - previous);
      previous = click.time();
      out.writeByte(click.type().ordinal() << 1 | (click.eventId() == null ? 0 : 1));
      out.writeText(click.item());
      if (click.eventId() != null) {
        out.writeText(click.eventId());
      }
    }
  }

  static OpenSession read(ByteReader in, long base) {
    int flags = in.readByte();
    long named = (flags & NAMED) == 0 ? 0 : in.readLong();
    long start = base - in.readSignedVarLong();
    long length = in.readVarLong();
    long flushed = in.readVarLong();
    OpenSession session = new OpenSession(named, start, BotLimits.read(in, (flags & BOT) != 0));
    session.last = start + length;
    session.flushedTo = flushed == 0 ? 0 : start + flushed - 1;
    long previous = start;
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      previous += in.readVarLong();
      int kind = in.readByte();
      String item = in.readText();
      String eventId = (kind & 1) == 1 ? in.readText() : null;
      session.clicks.add(new SessionClick(previous, eventId, TYPES[kind >> 1], item));
    }
    return session;
  }
}
