package io.millrace.features.profile;

import io.millrace.features.order.OrderEntry;
import io.millrace.features.order.VisitorPurchases;

/** Puts what comes of orders into a profile, and remembers whether that changed anything. */
public final class OrderRows implements VisitorPurchases.Changes {
  private final VisitorRows rows;
  private final VisitorProfile profile;
  private final String session;
  private boolean changed;
  private int tooLate;

  /**
   * @param session that the order names, null for none
   */
  public OrderRows(VisitorRows rows, VisitorProfile profile, String session) {
    this.rows = rows;
    this.profile = profile;
    this.session = session;
  }

  /** What overtakes an entry that stays as it was must not count beside it. */
  @Override
  public void add(OrderEntry entry) {
    changed |= profile.put(rows.of(tooLate > 0 ? entry.voided() : entry, session));
  }

  @Override
  public void change(OrderEntry entry) {
    if (profile.replace(rows.of(entry, session))) {
      changed = true;
    } else {
      tooLate++;
    }
  }

  /** Whether anything changed. */
  public boolean changed() {
    return changed;
  }

  /** Changes of entries that are not kept one by one any more; they stay as they were. */
  public int tooLate() {
    return tooLate;
  }
}
