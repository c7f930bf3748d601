package io.millrace.jobs.store;

import io.millrace.jobs.store.StoreAccount.Card;
import io.millrace.jobs.store.StoreAccount.Device;

/**
 * Thieves who work together: they have very few devices, sign up anew for every raid, and leave a
 * device after a series of them.
 */
final class ThiefRing {
  private static final int DEVICES = 3;
  private static final int FEWEST_RAIDS = 4;
  private static final int MORE_RAIDS = 6;
  private static final double SAME_EMAIL = 0.5;
  private static final double KNOWS_THE_OWNER = 0.5;

  private final Chance chance;
  private final Lair[] lairs = new Lair[DEVICES];

  /** A device, an e-mail address that goes with it, and how often both are used yet. */
  private static final class Lair {
    private final Device device;
    private final String emailHash;
    private int raids;

    private Lair(Chance chance) {
      this.device = StoreAccounts.device(chance, StoreAccounts.anyCountry(chance));
      this.emailHash = chance.pseudonym("mail");
      this.raids = FEWEST_RAIDS + chance.below(MORE_RAIDS);
    }
  }

  ThiefRing(Chance chance) {
    this.chance = chance;
  }

  /** An account for one raid, seconds old when the first order comes. */
  StoreAccount signUp(long now) {
    int place = chance.below(DEVICES);
    if (lairs[place] == null || lairs[place].raids == 0) {
      lairs[place] = new Lair(chance);
    }
    Lair lair = lairs[place];
    lair.raids--;
    Card card = stolenCard();
    // Who knows the owner gives the right address for the invoice.
    String country = chance.in(KNOWS_THE_OWNER) ? card.country() : StoreAccounts.anyCountry(chance);
    String email = chance.in(SAME_EMAIL) ? lair.emailHash : chance.pseudonym("mail");
    return new StoreAccount(now, email, lair.device, card, country);
  }

  /** Another card of somebody else. */
  Card stolenCard() {
    return StoreAccounts.card(chance, StoreAccounts.anyCountry(chance));
  }
}
