package io.millrace.features.session;

import io.millrace.features.neighbour.SessionItems;

/** Takes what a visitor's clicks mean to the postings of items. */
public interface Lessons {
  /** The posting of {@code item} is to hold this state of a session. */
  void teach(String item, SessionItems session);

  /** The posting of {@code item} is to forget a session. */
  void retract(String item, long sessionId);
}
