package io.millrace.operators.recommend;

import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.session.Lessons;
import io.millrace.operators.recommend.PostingMessage.Ask;
import java.util.ArrayList;
import java.util.List;

/** The lessons of one event, as messages to the postings. */
final class CollectedLessons implements Lessons {
  private final List<PostingMessage> messages = new ArrayList<>(8);

  @Override
  public void teach(String item, SessionItems session) {
    messages.add(PostingMessage.teach(item, session));
  }

  @Override
  public void retract(String item, long sessionId) {
    messages.add(PostingMessage.retract(item, sessionId));
  }

  List<PostingMessage> messages() {
    return messages;
  }

  /** Lets the last lesson for an item carry an ask; false if it has none of that session. */
  boolean addTo(String item, SessionItems session, Ask ask) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      PostingMessage message = messages.get(i);
      if (message.is(PostingMessage.TEACH)
          && message.item().equals(item)
          && message.session().equals(session)) {
        messages.set(i, message.asking(ask));
        return true;
      }
    }
    return false;
  }
}
