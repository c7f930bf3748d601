package io.millrace.operators.kafka;

/** Uids of the operators that read a topic of facts; a savepoint finds their state by these. */
public final class FactStreamUids {
  private FactStreamUids() {}

  /** The Kafka source of a topic, or of one that is read again for something. */
  public static String source(String name) {
    return name + "-source";
  }

  /** Where facts and dead letters part. */
  public static String gate(String name) {
    return name + "-facts";
  }

  /** The sink of the dead letters of a topic. */
  public static String deadLetters(String topic) {
    return topic + "-dead-letters";
  }
}
