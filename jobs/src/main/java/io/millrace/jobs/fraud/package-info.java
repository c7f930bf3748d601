/**
 * The fraud job: from options to a topology. The graph itself is {@link
 * io.millrace.operators.fraud.FraudTopology}.
 */
package io.millrace.jobs.fraud;
