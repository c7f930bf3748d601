/**
 * How candidates are put in order, learned from what visitors click next: {@link
 * io.millrace.operators.recommend.ranking.RankerLearner} learns and publishes.
 */
package io.millrace.operators.recommend.ranking;
