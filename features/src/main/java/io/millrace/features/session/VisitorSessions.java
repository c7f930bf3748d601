package io.millrace.features.session;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.event.Click;
import io.millrace.features.neighbour.SessionItems;
import java.util.ArrayList;
import java.util.List;

/**
 * All that is remembered of one visitor: its newest sessions.
 *
 * <p>Sessions follow from event times alone: a session the sender named holds what bears its name,
 * any other ends at a pause longer than the gap. Clicks stand in order of (time, event id),
 * wherever in the allowance they arrive; one that shows two sessions to be one joins them, and the
 * postings are told to forget the names that are gone. So the same set of clicks leads to the same
 * sessions and to the same lessons, whatever the order of arrival; {@link OpenSession} says which.
 *
 * <p>Not safe for use by several threads.
 */
public final class VisitorSessions {
  /**
   * Most sessions remembered that the sender has named, and most that it has not. Of the latter the
   * gap leaves two, the newest and one that a straggler may reach, unless it is as short as the
   * allowance.
   */
  static final int MAX_SESSIONS = 3;

  private static final int LAYOUT = 1;

  private final List<OpenSession> sessions = new ArrayList<>(2);
  private long newest;
  private int asks;
  private long timer;

  /** What became of a click. */
  public enum Outcome {
    /** It is part of a session now. */
    TAKEN,
    /** It had been taken before. */
    DUPLICATE,
    /** Its session looks like a bot's and is left out of everything. */
    BOT
  }

  /**
   * Takes one event.
   *
   * @param click within the allowed lateness; one without an item only keeps its session going
   * @param settings how clicks become sessions
   * @param lessons takes what the postings are to learn; null if they are to learn nothing
   */
  public Outcome take(Click click, SessionSettings settings, Lessons lessons) {
    boolean interest = click.type().showsInterest();
    if (interest && isDuplicate(click)) {
      return Outcome.DUPLICATE;
    }
    if (interest) {
      newest = Math.max(newest, click.eventTime());
    }
    return take(
        click.visitorId(),
        click.eventTime(),
        interest ? SessionClick.of(click) : null,
        nameOf(click),
        settings,
        lessons);
  }

  private Outcome take(
      String visitor,
      long time,
      SessionClick click,
      long named,
      SessionSettings settings,
      Lessons lessons) {
    Turn turn = new Turn(visitor, time, click, named, settings, lessons);
    Outcome outcome = turn.take();
    turn.settle(newest - settings.outOfOrdernessMs());
    turn.forgetOldSessions();
    return outcome;
  }

  /**
   * Forgets the events up to a time and has the postings forget them; the later ones count as if
   * none had come before. Asks go on being numbered.
   *
   * @param lessons null if the postings are to learn nothing
   */
  public void erase(String visitor, long upTo, SessionSettings settings, Lessons lessons) {
    List<OpenSession> former = List.copyOf(sessions);
    sessions.removeIf(session -> session.start() <= upTo);
    newest = newest > upTo ? newest : 0;
    for (OpenSession session : former) {
      if (session.start() <= upTo) {
        retract(session, session.id(visitor), lessons);
      }
    }
    for (OpenSession session : former) {
      if (session.start() <= upTo && session.last() > upTo) {
        keepAfter(upTo, session, visitor, settings, lessons);
      }
    }
  }

  /** Opens the rest of a session anew; events without an item may have held it together. */
  private void keepAfter(
      long upTo, OpenSession session, String visitor, SessionSettings settings, Lessons lessons) {
    List<SessionClick> later = session.clicks.stream().filter(c -> c.time() > upTo).toList();
    long start = later.isEmpty() ? session.last() : later.get(0).time();
    OpenSession rest = new OpenSession(session.named, start);
    rest.touch(session.last());
    sessions.add(rest);
    for (SessionClick click : later) {
      take(visitor, click.time(), click, session.named, settings, lessons);
    }
  }

  private static void retract(OpenSession session, long id, Lessons lessons) {
    if (lessons != null) {
      for (int place : session.newestPlaces()) {
        lessons.retract(session.clicks.get(place).item(), id);
      }
    }
  }

  /** Whether nothing is remembered. */
  public boolean isEmpty() {
    return sessions.isEmpty();
  }

  /** Event times of the first and last event of the session a click belongs to; null if of none. */
  long[] boundsOfSession(Click click, SessionSettings settings) {
    for (OpenSession session : sessions) {
      if (belongs(click.eventTime(), nameOf(click), session, settings)) {
        return new long[] {session.start(), session.last()};
      }
    }
    return null;
  }

  private boolean isDuplicate(Click click) {
    for (OpenSession session : sessions) {
      if (session.holds(click.eventTime(), click.eventId())) {
        return true;
      }
    }
    return false;
  }

  /**
   * The session to answer a click with, as postings see it: the one the visitor is in now. Null if
   * the click shows no interest in an item, or is a straggler of an earlier session.
   */
  public SessionItems sessionToAnswer(Click click, SessionSettings settings) {
    if (!click.type().showsInterest()) {
      return null;
    }
    OpenSession current = newestSession();
    return current != null && belongs(click.eventTime(), nameOf(click), current, settings)
        ? current.window(click.visitorId())
        : null;
  }

  /** The newest session as postings see it, null if no click is remembered. */
  public SessionItems newestSession(String visitor) {
    OpenSession current = newestSession();
    return current == null ? null : current.window(visitor);
  }

  private OpenSession newestSession() {
    OpenSession current = null;
    for (OpenSession session : sessions) {
      if (!session.clicks.isEmpty() && (current == null || isNewer(session, current))) {
        current = session;
      }
    }
    return current;
  }

  private static boolean isNewer(OpenSession one, OpenSession other) {
    long oneTime = one.clicks.get(one.clicks.size() - 1).time();
    long otherTime = other.clicks.get(other.clicks.size() - 1).time();
    return oneTime > otherTime || (oneTime == otherTime && one.named > other.named);
  }

  private static boolean belongs(
      long time, long named, OpenSession session, SessionSettings settings) {
    return session.named == named && (named != 0 || session.reaches(time, settings.gapMs()));
  }

  private static long nameOf(Click click) {
    if (click.sessionId() == null) {
      return 0;
    }
    long hash = Hashes.of(click.sessionId());
    return hash == 0 ? 1 : hash;
  }

  /** Event time of the visitor's newest click, 0 if there is none. */
  public long newest() {
    return newest;
  }

  /** The number of the next ask; asks of a visitor are ordered by it. */
  public int nextAsk() {
    return ++asks;
  }

  /** The event time at which {@link #flush} is due next, or Long.MAX_VALUE. */
  public long nextFlush(String visitor, SessionSettings settings) {
    FlushGrid grid = FlushGrid.of(visitor, settings);
    long due = Long.MAX_VALUE;
    for (OpenSession session : sessions) {
      due = Math.min(due, session.nextFlush(grid, settings.asked()));
    }
    return due;
  }

  /** When the timer that was set last goes off; 0 if none is pending. */
  public long timer() {
    return timer;
  }

  /** Remembers which timer is pending. */
  public void setTimer(long time) {
    timer = time;
  }

  /** Tells the older items of every session what was due up to an event time. */
  public void flush(String visitor, long now, SessionSettings settings, Lessons lessons) {
    long due = FlushGrid.of(visitor, settings).atOrBefore(now);
    for (OpenSession session : sessions) {
      flushTo(due, session, visitor, settings, lessons);
    }
  }

  private static void flushTo(
      long time, OpenSession session, String visitor, SessionSettings settings, Lessons lessons) {
    int before = session.flushedPlace();
    session.setFlushedTo(time);
    int flushed = session.flushedPlace();
    if (flushed == before) {
      return;
    }
    int[] places = session.newestPlaces();
    for (int k = settings.asked(); k < places.length; k++) {
      int to = Math.min(flushed, places[k] + SessionItems.MAX_ITEMS - 1);
      if (to > Math.max(before, session.lastTold(places[k], settings.asked()))) {
        teach(session, places[k], to, visitor, lessons);
      }
    }
  }

  private static void teach(
      OpenSession session, int place, int to, String visitor, Lessons lessons) {
    String item = session.clicks.get(place).item();
    SessionItems window = session.windowTo(to, visitor);
    // A session of one item has no neighbours to offer and would push out one that has.
    if (window.newestDistinct(2).length == 2) {
      lessons.teach(item, window);
    } else if (to + 1 >= SessionItems.MAX_ITEMS) {
      // Other items have been in the window and have left it.
      lessons.retract(item, window.id());
    }
  }

  /** The state value. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(256);
    write(out);
    return out.toBytes();
  }

  /** Appends the sessions to a state value. */
  void write(ByteWriter out) {
    out.writeByte(LAYOUT);
    out.writeVarLong(newest);
    out.writeVarLong(asks);
    out.writeVarLong(timer);
    out.writeVarLong(sessions.size());
    for (OpenSession session : sessions) {
      session.write(out, newest);
    }
  }

  /** Reads a state value. */
  public static VisitorSessions ofBytes(byte[] bytes) {
    return read(new ByteReader(bytes));
  }

  /** Reads what {@link #write} wrote. */
  static VisitorSessions read(ByteReader in) {
    in.readVersion("a visitor's sessions", LAYOUT);
    VisitorSessions visitor = new VisitorSessions();
    visitor.newest = in.readVarLong();
    visitor.asks = in.readVarInt();
    visitor.timer = in.readVarLong();
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      visitor.sessions.add(OpenSession.read(in, visitor.newest));
    }
    return visitor;
  }

  /** One event being taken. */
  private final class Turn {
    private final String visitor;
    private final long time;

    /** Null if the event shows no interest. */
    private final SessionClick click;

    private final long named;
    private final SessionSettings settings;
    private final Lessons lessons;

    /** The place at which a later session has been joined to the one of the event, or -1. */
    private int joinedAt = -1;

    private Turn(
        String visitor,
        long time,
        SessionClick click,
        long named,
        SessionSettings settings,
        Lessons lessons) {
      this.visitor = visitor;
      this.time = time;
      this.click = click;
      this.named = named;
      this.settings = settings;
      this.lessons = lessons;
    }

    private Outcome take() {
      OpenSession session = sessionOfClick();
      long formerId = session.id(visitor);
      boolean wasBot = session.isBot() && joinedAt < 0;
      session.touch(time);
      int changedFrom = click == null ? session.clicks.size() : session.add(click, settings);
      if (session.isBot()) {
        if (!wasBot) {
          VisitorSessions.retract(session, formerId, lessons);
        }
        session.clicks.clear();
        return Outcome.BOT;
      }
      boolean renamed = session.id(visitor) != formerId;
      if (renamed) {
        VisitorSessions.retract(session, formerId, lessons);
      }
      teach(session, renamed ? 0 : joinedAt >= 0 ? joinedAt : changedFrom);
      return Outcome.TAKEN;
    }

    /** The session the event belongs to, opened or joined from two if need be. */
    private OpenSession sessionOfClick() {
      OpenSession found = null;
      OpenSession second = null;
      for (OpenSession session : sessions) {
        if (belongs(time, named, session, settings)) {
          second = found;
          found = session;
        }
      }
      if (found == null) {
        found = new OpenSession(named, time);
        sessions.add(found);
      }
      return second == null ? found : join(found, second);
    }

    private OpenSession join(OpenSession one, OpenSession other) {
      OpenSession earlier = one.start() < other.start() ? one : other;
      OpenSession later = earlier == one ? other : one;
      VisitorSessions.retract(later, later.id(visitor), lessons);
      joinedAt = earlier.clicks.size();
      earlier.join(later, settings);
      sessions.remove(later);
      return earlier;
    }

    /** Tells the items whose windows a change from a place on touches. */
    private void teach(OpenSession session, int changedFrom) {
      int last = session.clicks.size() - 1;
      if (lessons == null || changedFrom > last) {
        return;
      }
      // A click at the end is for those told at once, unless a flush that went ahead of it has left
      // the others to be told too. One before the end may also have shortened, to the click before
      // itself, what an item is to be told.
      boolean atTheEnd = changedFrom == last && !session.isFlushed(last);
      int first = atTheEnd ? changedFrom : changedFrom - 1;
      int[] places = atTheEnd ? session.newestPlaces(settings.asked()) : session.newestPlaces();
      for (int k = 0; k < places.length; k++) {
        int to = session.toldTo(places, k, settings.asked());
        if (to < first) {
          return;
        }
        VisitorSessions.teach(session, places[k], to, visitor, lessons);
      }
    }

    /** Lets clicks go whose windows can no longer change. */
    private void settle(long settledBefore) {
      for (OpenSession session : sessions) {
        if (session.oldestHasLeft(settledBefore)) {
          letGo(session, settledBefore);
        }
        session.forgetEventIds(settledBefore);
      }
    }

    private void letGo(OpenSession session, long settledBefore) {
      if (lessons != null) {
        // What is due by now tells windows that still need the clicks.
        long due = FlushGrid.of(visitor, settings).atOrBefore(settledBefore - 1);
        flushTo(due, session, visitor, settings, lessons);
      }
      while (session.oldestHasLeft(settledBefore)) {
        if (lessons != null && !session.comesAgain(0)) {
          VisitorSessions.teach(session, 0, SessionItems.MAX_ITEMS - 1, visitor, lessons);
        }
        session.clicks.remove(0);
      }
    }

    private void forgetOldSessions() {
      long latest = 0;
      for (OpenSession session : sessions) {
        latest = Math.max(latest, session.last());
      }
      long reachable = latest - settings.outOfOrdernessMs() - settings.gapMs();
      sessions.removeIf(session -> session.named == 0 && isOver(session, reachable));
      forgetOldest(true);
      forgetOldest(false);
    }

    private boolean isOver(OpenSession session, long reachable) {
      if (session.last() < reachable) {
        flushAll(session);
        return true;
      }
      return false;
    }

    private void forgetOldest(boolean named) {
      int count = 0;
      OpenSession oldest = null;
      for (OpenSession session : sessions) {
        if (session.named != 0 == named) {
          count++;
          oldest = oldest == null || isOlder(session, oldest) ? session : oldest;
        }
      }
      if (count > MAX_SESSIONS) {
        flushAll(oldest);
        sessions.remove(oldest);
      }
    }

    private static boolean isOlder(OpenSession one, OpenSession other) {
      return one.last() < other.last() || (one.last() == other.last() && one.named < other.named);
    }

    private void flushAll(OpenSession session) {
      if (lessons != null) {
        flushTo(session.last(), session, visitor, settings, lessons);
      }
    }
  }
}
