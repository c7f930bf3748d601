package io.millrace.jobs.store;

import io.millrace.jobs.store.StoreAccount.Card;
import io.millrace.jobs.store.StoreAccount.Device;
import java.time.Duration;

/**
 * Makes the accounts of honest visitors, who have their oddities: some live with somebody who is a
 * customer too, some are abroad or have a bank there, a few have only just signed up.
 */
final class StoreAccounts {
  private static final String[] COUNTRIES = {"DE", "AT", "FR", "NL", "IT", "ES"};
  private static final double[] COUNTRY_WEIGHTS = {0.6, 0.12, 0.1, 0.08, 0.06, 0.04};
  private static final double HOUSEMATE = 0.05;
  private static final double ABROAD = 0.03;
  private static final double BANK_ABROAD = 0.02;
  private static final double NEW = 0.04;
  private static final double NEW_MS = 3 * 60_000;
  private static final double DAY_MS = Duration.ofDays(1).toMillis();
  private static final double OLDEST_DAYS = 4 * 365;

  private final Chance chance;
  private StoreAccount newest;

  StoreAccounts(Chance chance) {
    this.chance = chance;
  }

  /** The account of somebody who comes for the first time that anybody knows of. */
  StoreAccount open(long now) {
    boolean housemate = newest != null && chance.in(HOUSEMATE);
    String country = housemate ? newest.country() : country();
    Device device = housemate ? newest.device() : device(country);
    Card card = card(chance.in(BANK_ABROAD) ? anyCountry() : country);
    newest = new StoreAccount(now - ageMs(), chance.pseudonym("mail"), device, card, country);
    return newest;
  }

  /** Days to years, as many of one to ten days as of a hundred to a thousand. */
  private long ageMs() {
    return chance.in(NEW)
        ? (long) chance.waiting(NEW_MS)
        : (long) (DAY_MS * Math.pow(OLDEST_DAYS, chance.share()));
  }

  private Device device(String country) {
    return device(chance, chance.in(ABROAD) ? anyCountry() : country);
  }

  private String country() {
    return COUNTRIES[chance.weighted(COUNTRY_WEIGHTS)];
  }

  private String anyCountry() {
    return anyCountry(chance);
  }

  private Card card(String country) {
    return card(chance, country);
  }

  /** A device that nobody else has. */
  static Device device(Chance chance, String ipCountry) {
    return new Device(chance.pseudonym("device"), chance.pseudonym("ip"), ipCountry);
  }

  /** A card that nobody else has. */
  static Card card(Chance chance, String country) {
    return new Card(chance.pseudonym("card"), country);
  }

  /** Each as often as any other. */
  static String anyCountry(Chance chance) {
    return chance.of(COUNTRIES);
  }
}
