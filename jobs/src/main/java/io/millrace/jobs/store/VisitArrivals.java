package io.millrace.jobs.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lets visits begin at random: of visitors who have been there before, of new ones, of bots, and of
 * thieves.
 */
final class VisitArrivals implements Agenda.Task {
  private static final double MEAN_PATIENCE = 5;
  private static final double RETURNING = 0.5;
  private static final double BOTS = 0.0007;

  /** One in so many that honest visitors still order far more. */
  private static final double THIEVES = 1 / 400.0;

  private static final long AWAY_MS = 10 * 60_000;
  private static final int FAVOURITES = 4;

  private final StoreFloor floor;
  private final double meanGapMs;
  private final StoreAccounts accounts;
  private final ThiefRing thieves;
  private final List<StoreVisitor> visitors = new ArrayList<>();
  private final List<Long> lastSeen = new ArrayList<>();
  private final Set<Integer> inStore = new HashSet<>();
  private long visits;

  /**
   * @param meanGapMs mean time from one visit's begin to the next one's
   */
  VisitArrivals(StoreFloor floor, double meanGapMs) {
    this.floor = floor;
    this.meanGapMs = meanGapMs;
    this.accounts = new StoreAccounts(floor.chance());
    this.thieves = new ThiefRing(floor.chance());
  }

  @Override
  public void run(long now) {
    begin(now);
    floor.agenda().at(now + 1 + (long) floor.chance().waiting(meanGapMs), this);
  }

  private void begin(long now) {
    String session = floor.journal().id("s", visits++);
    if (floor.chance().in(BOTS)) {
      new BotVisit(floor, visitOnce(now, accounts.open(now)), session).run(now);
      return;
    }
    if (floor.chance().in(THIEVES)) {
      new ThiefVisit(floor, visitOnce(now, thieves.signUp(now)), session, thieves).run(now);
      return;
    }
    int visitor = chooseVisitor(now);
    inStore.add(visitor);
    new Visit(floor, visitors.get(visitor), session, at -> goes(visitor, at)).run(now);
  }

  /** Somebody who is never back: they count as in the store for good. */
  private StoreVisitor visitOnce(long now, StoreAccount account) {
    int visitor = addVisitor(now, account);
    inStore.add(visitor);
    return visitors.get(visitor);
  }

  private void goes(int visitor, long now) {
    inStore.remove(visitor);
    lastSeen.set(visitor, now);
  }

  private int chooseVisitor(long now) {
    if (!visitors.isEmpty() && floor.chance().in(RETURNING)) {
      int known = floor.chance().below(visitors.size());
      if (!inStore.contains(known) && lastSeen.get(known) + AWAY_MS < now) {
        return known;
      }
    }
    return addVisitor(now, accounts.open(now));
  }

  private int addVisitor(long now, StoreAccount account) {
    Chance chance = floor.chance();
    int[] favourites = new int[FAVOURITES];
    favourites[0] = popularCategory();
    for (int i = 1; i < FAVOURITES; i++) {
      favourites[i] =
          chance.in(0.5) ? floor.catalogue().neighbourOf(favourites[0]) : popularCategory();
    }
    // Many look once and go; some stay long.
    double patience = 1 + chance.waiting(MEAN_PATIENCE - 1);
    String id = String.format(Locale.ROOT, "v-%06d", visitors.size());
    int style = chance.below(StoreCatalogue.STYLES);
    visitors.add(new StoreVisitor(id, favourites, style, patience, account));
    lastSeen.add(now);
    return visitors.size() - 1;
  }

  private int popularCategory() {
    double[] weights = new double[floor.catalogue().categories()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = floor.catalogue().weight(i);
    }
    return floor.chance().weighted(weights);
  }

  int visitorCount() {
    return visitors.size();
  }
}
