package io.millrace.operators.recommend;

import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.operators.recommend.PostingMessage.Ask;

/**
 * What one posting answers one ask.
 *
 * @param ask the question
 * @param answer the posting's best candidates
 * @param excluded items that must not fill the list up either
 */
record AnswerMessage(Ask ask, PartialAnswer answer, String[] excluded) {}
