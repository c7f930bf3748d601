package io.millrace.features.session;

import io.millrace.features.neighbour.SessionItems;

/** What one session tells the postings of its items. */
final class SessionLessons {
  private SessionLessons() {}

  /**
   * Has the postings forget a session.
   *
   * @param id under which they know it
   * @param lessons null if they are to learn nothing
   */
  static void retract(OpenSession session, long id, Lessons lessons) {
    if (lessons != null) {
      for (int place : session.newestPlaces()) {
        lessons.retract(session.clicks.get(place).item(), id);
      }
    }
  }

  /** Tells the older items of a session what was due up to an event time. */
  static void flush(
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

  /** Tells the item at a place the session's window that ends at another. */
  static void teach(OpenSession session, int place, int to, String visitor, Lessons lessons) {
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
}
