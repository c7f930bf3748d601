/**
 * From a Kafka topic to typed events in event time. {@link
 * io.millrace.operators.kafka.EventStream#from} is the door: it reads an {@link
 * io.millrace.operators.kafka.EventTopic}, sends what cannot be read to the dead letters, decides
 * what is late, and sets the watermarks.
 */
package io.millrace.operators.kafka;
