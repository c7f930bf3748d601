package io.millrace.jobs.store;

import io.millrace.features.event.ClickType;
import java.util.List;

/**
 * A program that reads the store: items of any category, one after the other, faster than a person.
 */
final class BotVisit implements Agenda.Task {
  private static final int FEWEST = 150;
  private static final int SPREAD = 250;
  private static final double PAUSE_MS = 250;

  private final StoreFloor floor;
  private final StoreVisitor bot;
  private final String session;
  private int left;

  BotVisit(StoreFloor floor, StoreVisitor bot, String session) {
    this.floor = floor;
    this.bot = bot;
    this.session = session;
    this.left = FEWEST + floor.chance().below(SPREAD);
  }

  @Override
  public void run(long now) {
    Chance chance = floor.chance();
    List<StoreItem> shelf = floor.catalogue().shelf(chance.below(floor.catalogue().categories()));
    StoreItem item = shelf.get(chance.below(shelf.size()));
    floor.journal().item(now, ClickType.VIEW_ITEM, bot, session, item, null, null);
    left--;
    if (left > 0) {
      floor.agenda().at(now + 1 + (long) chance.waiting(PAUSE_MS), this);
    }
  }
}
