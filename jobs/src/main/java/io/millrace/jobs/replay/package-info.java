/**
 * Recorded clicks as events. {@link io.millrace.jobs.replay.ClickLog} reads a file into memory in
 * event-time order; {@link io.millrace.jobs.replay.Replay} sends it to Kafka as fast as wanted. The
 * column mapping of each preset stands in {@code docs/replay.md}.
 */
package io.millrace.jobs.replay;
