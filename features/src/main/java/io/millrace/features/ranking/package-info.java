/**
 * A small linear ranking of the neighbours' candidates, learned online from the clicks that follow.
 * {@link io.millrace.features.ranking.RankingFeatures} describes the candidates of one ask, {@link
 * io.millrace.features.ranking.RankingModel} puts them in order, and the next click makes them a
 * {@link io.millrace.features.ranking.RankingExample}, from which {@link
 * io.millrace.features.ranking.RankingLearner} learns.
 */
package io.millrace.features.ranking;
