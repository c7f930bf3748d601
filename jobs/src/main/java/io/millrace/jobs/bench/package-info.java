/**
 * How fast the jobs are on this machine, each beside a peer in the same run. {@link
 * io.millrace.jobs.bench.BenchRecommend}, {@link io.millrace.jobs.bench.BenchProfile} and {@link
 * io.millrace.jobs.bench.BenchCatalogue} are the doors; {@code docs/bench.md} says what is measured
 * and how to read it.
 */
package io.millrace.jobs.bench;
