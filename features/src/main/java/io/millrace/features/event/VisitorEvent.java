package io.millrace.features.event;

/** Something a visitor did: looked around, or bought. */
public sealed interface VisitorEvent permits Click, Order {
  /** Deduplicates, together with what the event is about. */
  String eventId();

  /** Milliseconds since the epoch. */
  long eventTime();

  /** Pseudonym of the visitor. */
  String visitorId();
}
