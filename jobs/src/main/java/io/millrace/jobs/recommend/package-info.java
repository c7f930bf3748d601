/**
 * The recommendation job: from options to a topology. The graph itself is {@link
 * io.millrace.operators.recommend.RecommendTopology}.
 */
package io.millrace.jobs.recommend;
