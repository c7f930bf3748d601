/**
 * Between Kafka topics and typed streams. {@link io.millrace.operators.kafka.EventStream#from} is
 * the door for events: it reads an {@link io.millrace.operators.kafka.EventTopic}, decides what is
 * late, and sets the watermarks. {@link io.millrace.operators.kafka.FactStream#from} is the door
 * for facts and requests, which hold or ask whatever the time is: it reads a {@link
 * io.millrace.operators.kafka.FactTopic}. Both send what cannot be read to the dead letters, once
 * for each topic. {@link io.millrace.operators.kafka.ExactlyOnceSink} is the way out for what can
 * wait for a checkpoint, {@link io.millrace.operators.kafka.AtLeastOnceSink} for what cannot.
 */
package io.millrace.operators.kafka;
