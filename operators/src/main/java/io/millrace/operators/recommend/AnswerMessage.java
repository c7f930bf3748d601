package io.millrace.operators.recommend;

import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.operators.recommend.PostingMessage.Ask;
import java.util.List;

/**
 * What one posting answers one ask.
 *
 * @param ask the question
 * @param answer the posting's best candidates
 * @param excluded items that must not fill the list up either
 * @param fillIns what may fill the list up, where the answer is short
 */
record AnswerMessage(Ask ask, PartialAnswer answer, String[] excluded, List<FillIn> fillIns) {
  private static final String[] NOTHING = {};

  /** No answer, but that a visitor was forgotten. */
  static AnswerMessage forgotten(Ask done) {
    PartialAnswer none = new PartialAnswer("", 0, NOTHING, new float[0], new short[0]);
    return new AnswerMessage(done, none, NOTHING, List.of());
  }
}
