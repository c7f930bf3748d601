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
    Turn turn = new Turn(sessions, visitor, time, click, named, settings, lessons);
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
        SessionLessons.retract(session, session.id(visitor), lessons);
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

  /** Whether an event is one of a session. */
  static boolean belongs(long time, long named, OpenSession session, SessionSettings settings) {
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
      SessionLessons.flush(due, session, visitor, settings, lessons);
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
}
