/**
 * How good the jobs are on recorded data: the real operators in a Flink job, fed from files, their
 * decisions held against what happened next. {@link io.millrace.jobs.evaluate.RecommendEvaluation}
 * is the recommender's on clicks to predict, {@link io.millrace.jobs.evaluate.LiveEvaluation} the
 * one on a recorded stream of views, carts and purchases. {@link
 * io.millrace.jobs.evaluate.FeatureEvaluation} holds window features against an exact oracle. Every
 * figure becomes a {@link io.millrace.jobs.evaluate.Figure}.
 */
package io.millrace.jobs.evaluate;
