/**
 * The engine on one machine: a real Kafka and a real Redis as child processes, Flink in this one.
 * {@link io.millrace.jobs.local.Engine} starts them in order and leaves nothing behind; all of them
 * listen on loopback only.
 */
package io.millrace.jobs.local;
