package io.millrace.operators.kafka;

import io.millrace.features.event.Click;
import io.millrace.features.event.DeadLetter;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.InvalidEventException.Reason;

/** Arrivals for tests. */
final class Arrivals {
  private Arrivals() {}

  /** A click logged at its own event time. */
  static Arrival<Click> click(int partition, long eventTime) {
    return click(partition, eventTime, eventTime);
  }

  static Arrival<Click> click(int partition, long eventTime, long origin) {
    Click click = Click.view("e" + eventTime, eventTime, "v", "i");
    return Arrival.of(click, partition, eventTime, origin);
  }

  static Arrival<Click> deadLetter(int partition, Reason reason, long origin) {
    InvalidEventException fault = new InvalidEventException(reason, "", "it is bad; mend it");
    return Arrival.of(
        DeadLetter.of("clickstream", partition, 7, new byte[] {1}, fault, origin), origin);
  }
}
