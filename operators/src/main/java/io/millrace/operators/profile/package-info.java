/**
 * What is known of visitors, live in Redis: {@link io.millrace.operators.profile.ProfileTopology}
 * is the graph.
 */
package io.millrace.operators.profile;
