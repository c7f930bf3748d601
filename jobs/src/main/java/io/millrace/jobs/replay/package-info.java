/**
 * Recorded files as events. A {@link io.millrace.jobs.replay.Preset} reads a file into a {@link
 * io.millrace.jobs.replay.Recording}, a sequence of events in memory; {@link
 * io.millrace.jobs.replay.Replay} sends it to Kafka as fast as wanted. {@link
 * io.millrace.jobs.replay.ClickLog} is what evaluations and benches read, too. The column mapping
 * of each preset stands in {@code docs/replay.md}.
 */
package io.millrace.jobs.replay;
