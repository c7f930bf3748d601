package io.millrace.operators.kafka;

/** Uids of the operators that read a topic; a savepoint finds their state by these. */
public final class EventStreamUids {
  private EventStreamUids() {}

  /** The Kafka source of a topic. */
  public static String source(String topic) {
    return topic + "-source";
  }

  /** Where lateness is decided. */
  public static String gate(String topic) {
    return topic + "-lateness";
  }

  /** The sink of the dead letters of a topic. */
  public static String deadLetters(String topic) {
    return topic + "-dead-letters";
  }
}
