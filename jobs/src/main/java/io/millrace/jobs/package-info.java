/**
 * The jobs of the engine and what runs them: a package for each job, {@code options} for what can
 * be set, {@code local} for the engine on one machine, {@code cli} for the commands. Start reading
 * at {@link io.millrace.jobs.cli.Millrace}.
 */
package io.millrace.jobs;
