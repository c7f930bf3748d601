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
 *
 * <p>A click is let go once no window that may yet be told reaches back to it, and what its item
 * was told stays: a retraction no longer reaches that item. Only a session taken for a bot's leaves
 * such traces, in the postings of items it moved on from long before.
 */
final class OpenSession {
  private static final ClickType[] TYPES = ClickType.values();
  private static final int WINDOW = SessionItems.MAX_ITEMS;

  /** Far more than a shopper does within the allowed lateness. */
  private static final int MAX_CLICKS = 8 * WINDOW;

  private static final int BOT = 1;
  private static final int NAMED = 2;

  /** Hash of the session id the sender gave, 0 for a session bounded by gaps. */
  final long named;

  /** In order; the newest 20 that are settled, and all that are not. */
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
    return VisitorIds.of(visitor, named == 0 ? start : named);
  }

  long start() {
    return start;
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

  /** Puts a click where its time says; at which place that is. */
  int add(SessionClick click, SessionSettings settings) {
    int place = placeOf(click);
    limits.count(click.time(), newMoves(place, click.item()), settings);
    clicks.add(place, click);
    return place;
  }

  /**
   * Takes over the clicks of a later session that a late event has joined to this one. No flush has
   * gone beyond that event, so nothing of the later one is flushed yet.
   */
  void join(OpenSession later, SessionSettings settings) {
    touch(later.last);
    boolean goesOn =
        !clicks.isEmpty()
            && !later.clicks.isEmpty()
            && clicks.get(clicks.size() - 1).item().equals(later.clicks.get(0).item());
    limits.join(later.limits, goesOn ? -1 : 0, settings);
    clicks.addAll(later.clicks);
  }

  private int placeOf(SessionClick click) {
    int place = clicks.size();
    while (place > 0 && click.isBefore(clicks.get(place - 1))) {
      place--;
    }
    return place;
  }

  /** How many more times the session moves to another item with a click put at a place. */
  private int newMoves(int place, String item) {
    String before = place == 0 ? null : clicks.get(place - 1).item();
    int moves = item.equals(before) ? 0 : 1;
    if (place < clicks.size()) {
      String after = clicks.get(place).item();
      moves += (after.equals(item) ? 0 : 1) - (after.equals(before) ? 0 : 1);
    }
    return moves;
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
    return new SessionItems(
        id(visitor), clicks.get(from).time(), clicks.get(end).time(), Arrays.copyOf(items, count));
  }

  /** The newest places of the newest distinct items, newest first, at most {@code limit}. */
  int[] newestPlaces(int limit) {
    int[] places = new int[Math.min(limit, clicks.size())];
    int count = 0;
    for (int i = clicks.size() - 1; i >= 0 && count < places.length; i--) {
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

  /** The newest place of every distinct item, newest first. */
  int[] newestPlaces() {
    return newestPlaces(clicks.size());
  }

  /**
   * Up to which click the item with the k-th newest distinct place is to be told. Less or the same
   * for every further k.
   *
   * @param places from {@link #newestPlaces}
   * @param asked how many of the newest distinct items are told at once
   */
  int toldTo(int[] places, int k, int asked) {
    int end = Math.min(clicks.size(), places[k] + WINDOW) - 1;
    return k < asked ? end : Math.min(end, Math.max(lastTold(places[k], asked), flushedPlace()));
  }

  /** The last click at which the item at a place was among the newest distinct ones. */
  int lastTold(int place, int asked) {
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

  /** The last click that every item of the session has been told of, or -1. */
  int flushedPlace() {
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
    int last = clicks.size() - 1;
    if (last < asked || clicks.get(last).time() <= flushedTo) {
      return Long.MAX_VALUE;
    }
    int[] places = newestPlaces();
    // The longer ago an item was clicked, the earlier is the first click it has not been told of.
    for (int k = places.length - 1; k >= asked; k--) {
      int untold = Math.max(lastTold(places[k], asked), flushedPlace()) + 1;
      if (untold < Math.min(last + 1, places[k] + WINDOW)) {
        return grid.atOrAfter(clicks.get(untold).time());
      }
    }
    return Long.MAX_VALUE;
  }

  /** Whether a flush has told the click at a place, or would have, had it been there. */
  boolean isFlushed(int place) {
    return clicks.get(place).time() <= flushedTo;
  }

  void setFlushedTo(long time) {
    flushedTo = Math.max(flushedTo, time);
  }

  /**
   * Whether the oldest click may go: one that comes later goes behind 20 others, so no window that
   * ends next to it reaches back here.
   */
  boolean oldestHasLeft(long settledBefore) {
    return clicks.size() > WINDOW
        && (clicks.get(WINDOW).time() < settledBefore || clicks.size() > MAX_CLICKS);
  }

  /** Whether a later click is on the same item. */
  boolean comesAgain(int place) {
    String item = clicks.get(place).item();
    for (int i = place + 1; i < clicks.size(); i++) {
      if (clicks.get(i).item().equals(item)) {
        return true;
      }
    }
    return false;
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
    out.writeVarLong(Math.max(0, flushedTo - start + 1));
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
