package io.millrace.features.session;

import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.session.VisitorSessions.Outcome;
import java.util.List;

/**
 * One event being taken into a visitor's sessions: it finds or opens its session, joins two that it
 * shows to be one, has postings learn what changed, and lets go of what no straggler can reach.
 */
final class Turn {
  private final List<OpenSession> sessions;
  private final String visitor;
  private final long time;

  /** Null if the event shows no interest. */
  private final SessionClick click;

  private final long named;
  private final SessionSettings settings;
  private final Lessons lessons;

  /** The place at which a later session has been joined to the one of the event, or -1. */
  private int joinedAt = -1;

  /**
   * @param sessions of the visitor; to be changed
   * @param click null if the event shows no interest
   * @param named number of the session's name, 0 if the sender named none
   * @param lessons null if postings are to learn nothing
   */
  Turn(
      List<OpenSession> sessions,
      String visitor,
      long time,
      SessionClick click,
      long named,
      SessionSettings settings,
      Lessons lessons) {
    this.sessions = sessions;
    this.visitor = visitor;
    this.time = time;
    this.click = click;
    this.named = named;
    this.settings = settings;
    this.lessons = lessons;
  }

  /** Takes the event. */
  Outcome take() {
    OpenSession session = sessionOfClick();
    long formerId = session.id(visitor);
    boolean wasBot = session.isBot() && joinedAt < 0;
    session.touch(time);
    int changedFrom = click == null ? session.clicks.size() : session.add(click, settings);
    if (session.isBot()) {
      if (!wasBot) {
        SessionLessons.retract(session, formerId, lessons);
      }
      session.clicks.clear();
      return Outcome.BOT;
    }
    boolean renamed = session.id(visitor) != formerId;
    if (renamed) {
      SessionLessons.retract(session, formerId, lessons);
    }
    teach(session, renamed ? 0 : joinedAt >= 0 ? joinedAt : changedFrom);
    return Outcome.TAKEN;
  }

  /** The session the event belongs to, opened or joined from two if need be. */
  private OpenSession sessionOfClick() {
    OpenSession found = null;
    OpenSession second = null;
    for (OpenSession session : sessions) {
      if (VisitorSessions.belongs(time, named, session, settings)) {
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
    SessionLessons.retract(later, later.id(visitor), lessons);
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
      SessionLessons.teach(session, places[k], to, visitor, lessons);
    }
  }

  /** Lets clicks go whose windows can no longer change. */
  void settle(long settledBefore) {
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
      SessionLessons.flush(due, session, visitor, settings, lessons);
    }
    while (session.oldestHasLeft(settledBefore)) {
      if (lessons != null && !session.comesAgain(0)) {
        SessionLessons.teach(session, 0, SessionItems.MAX_ITEMS - 1, visitor, lessons);
      }
      session.clicks.remove(0);
    }
  }

  /** Lets sessions go that are over, and the oldest beyond the most that are kept. */
  void forgetOldSessions() {
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
    if (count > VisitorSessions.MAX_SESSIONS) {
      flushAll(oldest);
      sessions.remove(oldest);
    }
  }

  private static boolean isOlder(OpenSession one, OpenSession other) {
    return one.last() < other.last() || (one.last() == other.last() && one.named < other.named);
  }

  private void flushAll(OpenSession session) {
    if (lessons != null) {
      SessionLessons.flush(session.last(), session, visitor, settings, lessons);
    }
  }
}
