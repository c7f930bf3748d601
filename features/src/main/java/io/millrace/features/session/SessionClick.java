package io.millrace.features.session;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;

/**
 * One click as a session remembers it.
 *
 * @param eventId for duplicates and ties of time; null once no duplicate can come any more
 */
record SessionClick(long time, String eventId, ClickType type, String item) {

  static SessionClick of(Click click) {
    return new SessionClick(click.eventTime(), click.eventId(), click.type(), click.itemId());
  }

  /** Whether this new click stands before one that is there: by time, ties by event id. */
  boolean isBefore(SessionClick other) {
    return time < other.time
        || time == other.time
            && eventId != null
            && other.eventId != null
            && eventId.compareTo(other.eventId) < 0;
  }

  /** A select followed by the view it leads to, or a cart after the view, is one interest. */
  boolean repeatsInterest(SessionClick before) {
    return type != before.type && item.equals(before.item);
  }

  SessionClick withoutEventId() {
    return eventId == null ? this : new SessionClick(time, null, type, item);
  }
}
