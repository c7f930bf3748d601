/** How to reach Kafka: plain settings, shared by the jobs and the tools that read its topics. */
package io.millrace.features.kafka;
