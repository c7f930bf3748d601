/**
 * The commands of {@code ./millrace}: each a small class that reads its arguments and hands over to
 * the package that does the work. Results go to standard output, everything else to standard error;
 * {@link io.millrace.jobs.cli.Millrace} is the main class.
 */
package io.millrace.jobs.cli;
