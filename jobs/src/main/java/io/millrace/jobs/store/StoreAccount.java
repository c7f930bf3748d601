package io.millrace.jobs.store;

import io.millrace.features.event.Order;

/**
 * What orders say of whoever places them. Ids are pseudonyms, countries two letters.
 *
 * @param createdAt milliseconds since the epoch
 * @param emailHash pseudonym of the e-mail address
 * @param device what they order on
 * @param card what they pay with
 * @param country of the invoice, and of the delivery where nothing else is said
 */
record StoreAccount(long createdAt, String emailHash, Device device, Card card, String country) {

  /**
   * What somebody orders on.
   *
   * @param id pseudonym of the device
   * @param ip pseudonym of its address
   * @param ipCountry country of the address
   */
  record Device(String id, String ip, String ipCountry) {}

  /**
   * What somebody pays with.
   *
   * @param id pseudonym of the card
   * @param country country of the bank
   */
  record Card(String id, String country) {}

  /** The same with another card. */
  StoreAccount with(Card other) {
    return new StoreAccount(createdAt, emailHash, device, other, country);
  }

  /** What an order says beside what is bought. */
  Order.Details details(double total, String shippingCountry) {
    return new Order.Details(
        total,
        null,
        null,
        new Order.Payment("card", card.id(), null, card.country()),
        device.id(),
        device.ip(),
        device.ipCountry(),
        country,
        shippingCountry,
        emailHash,
        createdAt,
        null,
        "web");
  }
}
