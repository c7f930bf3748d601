/** Kafka and Redis as a job's options name them: what every job's topology is put between. */
package io.millrace.jobs.connect;
