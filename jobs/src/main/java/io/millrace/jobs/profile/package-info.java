/**
 * The profile job: from options to a topology. The graph itself is {@link
 * io.millrace.operators.profile.ProfileTopology}.
 */
package io.millrace.jobs.profile;
