/** What every job's graph is put together with: wiring, ticks, and what all jobs are told. */
package io.millrace.operators.job;
