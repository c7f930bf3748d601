package io.millrace.operators.fraud;

import java.io.Serializable;
import java.time.Duration;

/**
 * How entities are remembered.
 *
 * @param currency in which payments count
 * @param maxRows orders of an entity retained one by one for its features
 * @param cached entities of a kind that a subtask keeps decoded on the heap
 * @param retention wall-clock time without an event after which an entity is forgotten
 */
public record WatchSettings(String currency, int maxRows, int cached, Duration retention)
    implements Serializable {
  /** Euros, 512 rows, 10,000 entities, 90 days. */
  public static final WatchSettings DEFAULT =
      new WatchSettings("EUR", 512, 10_000, Duration.ofDays(90));
}
