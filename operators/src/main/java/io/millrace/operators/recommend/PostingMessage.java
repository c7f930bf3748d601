package io.millrace.operators.recommend;

import io.millrace.features.neighbour.SessionItems;
import io.millrace.operators.forget.Forget;

/**
 * What a visitor's session tells one item's posting: learn this state of the session, answer it, or
 * forget it. A click's lesson and question travel together, so that the posting is read once.
 *
 * @param item whose posting is meant; the key
 * @param session the session; only its id counts in {@link #RETRACT}
 * @param kind {@link #TEACH}, {@link #ASK}, both, or {@link #RETRACT}
 * @param ask who asks; null unless {@code kind} has {@link #ASK}
 */
record PostingMessage(String item, SessionItems session, int kind, Ask ask) {
  static final int TEACH = 1;
  static final int ASK = 2;
  static final int RETRACT = 4;

  private static final String[] NOTHING = {};

  static PostingMessage teach(String item, SessionItems session) {
    return new PostingMessage(item, session, TEACH, null);
  }

  static PostingMessage retract(String item, long sessionId) {
    return new PostingMessage(item, new SessionItems(sessionId, 0, NOTHING), RETRACT, null);
  }

  PostingMessage asking(Ask question) {
    return new PostingMessage(item, session, kind | ASK, question);
  }

  boolean is(int wanted) {
    return (kind & wanted) != 0;
  }

  /**
   * One question of a visitor, as each of the postings asked gets it.
   *
   * @param visitor who asks
   * @param number of the ask; a visitor's later asks have larger ones
   * @param part which of the postings asked this is, 0 for that of the newest item
   * @param parts how many are asked
   * @param version event time of the visitor's newest click, milliseconds since the epoch
   * @param origin wall clock when the click entered the log, milliseconds since the epoch
   * @param context what else is known of the visitor; only part 0 carries it
   */
  record Ask(
      String visitor,
      int number,
      int part,
      int parts,
      long version,
      long origin,
      AskContext context) {

    /** Numbers from here on are no questions: they say that a visitor was forgotten. */
    private static final int FORGOTTEN = 1 << 30;

    Ask(String visitor, int number, int part, int parts, long version, long origin) {
      this(visitor, number, part, parts, version, origin, AskContext.NONE);
    }

    /** What one of the postings' subtasks says once it has forgotten a visitor. */
    static Ask forgotten(Forget forget, int subtask, int subtasks) {
      int number = FORGOTTEN | (int) forget.upTo() & FORGOTTEN - 1;
      return new Ask(forget.visitor(), number, subtask, subtasks, forget.upTo(), 0);
    }

    boolean isForgotten() {
      return number >= FORGOTTEN;
    }
  }
}
