/**
 * The way of a click to a recommendation. {@link io.millrace.operators.recommend.SessionTracker}
 * (by visitor) makes sessions of clicks; {@link io.millrace.operators.recommend.ItemPostings} (by
 * item) learns them and answers from them; {@link
 * io.millrace.operators.recommend.RecommendationMerger} (by visitor) adds the answers to a list.
 * {@link io.millrace.operators.recommend.TrendCounter} and {@link
 * io.millrace.operators.recommend.TrendBoardKeeper} keep what is trending, the last fill-in. {@link
 * io.millrace.operators.recommend.ItemFacts} puts catalogue, orders and controls together to what
 * all of them must know of an item. {@link io.millrace.operators.recommend.RecommendTopology} puts
 * them together.
 */
package io.millrace.operators.recommend;
