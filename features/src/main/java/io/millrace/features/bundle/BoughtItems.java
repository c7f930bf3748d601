package io.millrace.features.bundle;

import io.millrace.features.neighbour.SessionItems;
import java.util.Collection;
import java.util.TreeSet;

/** An order as bundles see it: its distinct items, by item id. */
public final class BoughtItems {
  private BoughtItems() {}

  /**
   * An order; of more than {@link SessionItems#MAX_ITEMS} distinct items the first by item id are
   * kept, whatever the order of its lines.
   *
   * @param id see {@link io.millrace.features.session.VisitorIds#ofOrder}
   * @param time event time at which it was placed, milliseconds since the epoch
   * @param items item ids, repeated or not
   */
  public static SessionItems of(long id, long time, Collection<String> items) {
    String[] distinct =
        new TreeSet<>(items).stream().limit(SessionItems.MAX_ITEMS).toArray(String[]::new);
    return new SessionItems(id, time, distinct);
  }
}
