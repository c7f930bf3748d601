package io.millrace.operators.recommend;

import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.operators.recommend.PostingMessage.Ask;
import java.util.List;
import java.util.Set;

/**
 * What one posting answers one ask.
 *
 * @param ask the question
 * @param answer the posting's best candidates
 * @param session the items of the asking session, oldest first; only part 0 carries them
 * @param fillIns what may fill the list up, where the answer is short
 */
record AnswerMessage(Ask ask, PartialAnswer answer, String[] session, List<FillIn> fillIns) {
  private static final String[] NOTHING = {};

  /** The items that must not fill the list up, as they must not be candidates. */
  Set<String> excluded(SessionItemsPolicy policy) {
    return switch (policy) {
      case KEEP -> Set.of();
      case DROP_CURRENT -> Set.of(answer.source());
      case DROP -> Set.copyOf(List.of(session));
    };
  }

  /** No answer, but that a visitor was forgotten. */
  static AnswerMessage forgotten(Ask done) {
    PartialAnswer none = new PartialAnswer("", 0, NOTHING, new float[0], new short[0]);
    return new AnswerMessage(done, none, NOTHING, List.of());
  }
}
