package io.millrace.operators.kafka;

/** Uids of the operators that read a topic of facts; a savepoint finds their state by these. */
public final class FactStreamUids {
  private FactStreamUids() {}

  /** The Kafka source of a topic. */
  public static String source(String topic) {
    return topic + "-source";
  }

  /** Where facts and dead letters part. */
  public static String gate(String topic) {
    return topic + "-facts";
  }

  /** The sink of the dead letters of a topic. */
  public static String deadLetters(String topic) {
    return topic + "-dead-letters";
  }
}
