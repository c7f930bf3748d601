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
  /** Sessions remembered: two of gaps while order settles, and a few named ones. */
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
    Turn turn = new Turn(click, settings, lessons);
    OpenSession session = turn.sessionOfClick();
    long formerId = session.id(click.visitorId());
    boolean wasBot = session.isBot();
    session.touch(click.eventTime());
    boolean inOrder = true;
    if (interest) {
      newest = Math.max(newest, click.eventTime());
      inOrder =
          session.add(
              new SessionClick(click.eventTime(), click.eventId(), click.type(), click.itemId()),
              settings);
    }
    if (session.isBot()) {
      if (!wasBot) {
        turn.retract(session, formerId);
      }
      session.clicks.clear();
      return Outcome.BOT;
    }
    if (session.id(click.visitorId()) != formerId) {
      turn.retract(session, formerId);
      inOrder = false;
    }
    turn.teach(session, inOrder && !turn.joined);
    turn.settle(newest - settings.outOfOrdernessMs());
    turn.forgetOldSessions();
    return Outcome.TAKEN;
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
    OpenSession current = null;
    for (OpenSession session : sessions) {
      if (!session.clicks.isEmpty() && (current == null || isNewer(session, current))) {
        current = session;
      }
    }
    return current != null && belongs(click, current, settings)
        ? current.window(click.visitorId())
        : null;
  }

  private static boolean isNewer(OpenSession one, OpenSession other) {
    long oneTime = one.clicks.get(one.clicks.size() - 1).time();
    long otherTime = other.clicks.get(other.clicks.size() - 1).time();
    return oneTime > otherTime || (oneTime == otherTime && one.named > other.named);
  }

  private static boolean belongs(Click click, OpenSession session, SessionSettings settings) {
    long named = nameOf(click);
    return session.named == named
        && (named != 0 || session.reaches(click.eventTime(), settings.gapMs()));
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
    FlushGrid grid = FlushGrid.of(visitor, settings);
    for (OpenSession session : sessions) {
      if (session.nextFlush(grid, settings.asked()) <= now) {
        flushTo(grid.atOrBefore(now), session, visitor, settings.asked(), lessons);
      }
    }
  }

  private static void flushTo(
      long time, OpenSession session, String visitor, int asked, Lessons lessons) {
    int[] places = session.newestPlaces();
    int[] before = new int[places.length];
    for (int k = 0; k < places.length; k++) {
      before[k] = session.toldTo(places, k, asked);
    }
    session.setFlushedTo(time);
    for (int k = asked; k < places.length; k++) {
      int to = session.toldTo(places, k, asked);
      if (to > before[k]) {
        teach(session.clicks.get(places[k]).item(), session.windowTo(to, visitor), lessons);
      }
    }
  }

  private static void teach(String item, SessionItems window, Lessons lessons) {
    // A session of one item has no neighbours to offer and would push out one that has.
    if (window.newestDistinct(2).length == 2) {
      lessons.teach(item, window);
    }
  }

  /** The state value. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(256);
    out.writeByte(LAYOUT);
    out.writeVarLong(newest);
    out.writeVarLong(asks);
    out.writeVarLong(timer);
    out.writeVarLong(sessions.size());
    for (OpenSession session : sessions) {
      session.write(out, newest);
    }
    return out.toBytes();
  }

  /** Reads a state value. */
  public static VisitorSessions ofBytes(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
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
    private final Click click;
    private final String visitor;
    private final SessionSettings settings;
    private final Lessons lessons;
    private boolean joined;

    private Turn(Click click, SessionSettings settings, Lessons lessons) {
      this.click = click;
      this.visitor = click.visitorId();
      this.settings = settings;
      this.lessons = lessons;
    }

    /** The session the event belongs to, opened or joined from two if need be. */
    private OpenSession sessionOfClick() {
      OpenSession found = null;
      for (int i = 0; i < sessions.size(); i++) {
        OpenSession session = sessions.get(i);
        if (!belongs(click, session, settings)) {
          continue;
        }
        if (found == null) {
          found = session;
        } else {
          retract(session, session.id(visitor));
          retract(found, found.id(visitor));
          found.join(session);
          joined = true;
          sessions.remove(i--);
        }
      }
      if (found == null) {
        found = new OpenSession(nameOf(click), click.eventTime());
        sessions.add(found);
      }
      return found;
    }

    private void retract(OpenSession session, long formerId) {
      if (lessons != null) {
        for (int place : session.newestPlaces()) {
          lessons.retract(session.clicks.get(place).item(), formerId);
        }
      }
    }

    /** Tells the newest few items, and every item where more than the end has changed. */
    private void teach(OpenSession session, boolean onlyTheEndChanged) {
      if (lessons == null || session.clicks.isEmpty()) {
        return;
      }
      int[] places = session.newestPlaces();
      int told = onlyTheEndChanged ? Math.min(settings.asked(), places.length) : places.length;
      for (int k = 0; k < told; k++) {
        int to = session.toldTo(places, k, settings.asked());
        VisitorSessions.teach(
            session.clicks.get(places[k]).item(), session.windowTo(to, visitor), lessons);
      }
    }

    /** Lets clicks go whose windows can no longer change. */
    private void settle(long settledBefore) {
      for (OpenSession session : sessions) {
        settle(session, settledBefore);
        session.forgetEventIds(settledBefore);
      }
    }

    private void settle(OpenSession session, long settledBefore) {
      while (session.oldestHasLeft(settledBefore)) {
        SessionItems window = session.leave(visitor);
        String item = window.items()[0];
        boolean comesAgain = false;
        for (SessionClick later : session.clicks) {
          comesAgain |= later.item().equals(item);
        }
        if (lessons != null && !comesAgain) {
          VisitorSessions.teach(item, window, lessons);
        }
      }
    }

    private void forgetOldSessions() {
      long latest = 0;
      for (OpenSession session : sessions) {
        latest = Math.max(latest, session.last());
      }
      long reachable = latest - settings.outOfOrdernessMs() - settings.gapMs();
      for (int i = 0; i < sessions.size(); i++) {
        OpenSession session = sessions.get(i);
        if (session.named == 0 && session.last() < reachable
            || sessions.size() > MAX_SESSIONS && session == oldest()) {
          if (lessons != null) {
            flushTo(session.last(), session, visitor, settings.asked(), lessons);
          }
          sessions.remove(i--);
        }
      }
    }

    private OpenSession oldest() {
      OpenSession oldest = sessions.get(0);
      for (OpenSession session : sessions) {
        oldest = session.last() < oldest.last() ? session : oldest;
      }
      return oldest;
    }
  }
}
