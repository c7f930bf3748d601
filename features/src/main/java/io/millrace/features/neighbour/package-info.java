/**
 * Session nearest neighbours by scatter and gather. {@link io.millrace.features.neighbour.Posting}
 * keeps, for one item, the newest sessions that hold it; {@link
 * io.millrace.features.neighbour.NeighbourScorer} answers a visitor's session from one posting;
 * {@link io.millrace.features.neighbour.AnswerMerge} adds the answers of the postings asked. The
 * family is VSTAN (Ludewig et al., "Empirical analysis of session-based recommendation algorithms",
 * 2020); that it decomposes by item is what lets it live in keyed state.
 */
package io.millrace.features.neighbour;
