package io.millrace.features.fraud;

import static io.millrace.features.fraud.BinnedSignal.binned;

import java.time.Duration;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The declarations that come with the engine. */
public final class FraudDeclarations {
  private FraudDeclarations() {}

  private static final double[] AMOUNTS =
      DoubleStream.concat(
              IntStream.rangeClosed(1, 15).mapToDouble(i -> 20 * i), DoubleStream.of(350, 400, 500))
          .toArray();

  /**
   * Payments with cards at merchants. A card's large amounts, and frauds at a merchant that the
   * card's own habits do not explain, both come in episodes.
   */
  public static FraudDeclaration cardsAndMerchants() {
    return FraudDeclaration.named("cards_and_merchants")
        .given("amount")
        .entity("card", "card_id", SpendingRules.DEFAULT)
        .entity("merchant", "merchant_id", LabelledRules.DEFAULT.explainedBy("card_ratio", 2.2))
        .feature("amount", binned("amount", AMOUNTS))
        .feature(
            "card_ratio",
            binned(
                "card_ratio",
                .25,
                .5,
                .75,
                1,
                1.25,
                1.5,
                1.75,
                2,
                2.2,
                2.4,
                2.6,
                2.8,
                3,
                3.25,
                3.5,
                4,
                4.5,
                5))
        .feature(
            "card_episode",
            binned("card_ratio", .5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5),
            binned("card_episode_large", 2, 3),
            binned("card_episode_age", 3, 7, 11))
        .feature(
            "merchant_episode",
            binned("merchant_episode_frauds", 1, 2, 3, 5),
            binned("merchant_episode_genuine", 1, 2, 4, 8),
            binned(
                "merchant_unexplained_age",
                8,
                9,
                10,
                12,
                14,
                17,
                20,
                23,
                26,
                28,
                30,
                33,
                36,
                40,
                50))
        .feature(
            "merchant_risk",
            binned("merchant_risk_short", .004, .01, .05, .15, .3, .5, .7),
            binned("merchant_risk_long", .001, .002, .01, .05, .15, .3, .5))
        .feature(
            "merchant_genuine",
            binned("merchant_genuine_age", 7.5, 8, 8.5, 9, 10, 12, 15, 20),
            binned("merchant_streak", 1))
        .build();
  }

  /**
   * Orders of a shop without merchants. A device, an address or an e-mail address speaks by what it
   * was used for before and by how many customers share it; an account that buys as soon as it is
   * there, and countries that disagree, by themselves. {@code *_customers} are distinct customers
   * over 30 days, {@code signup_age} is the seconds from sign-up to purchase, {@code countries} is
   * how many different ones address, invoice, delivery and bank name.
   */
  public static FraudDeclaration shops() {
    LabelledRules labels =
        new LabelledRules(
            Duration.ofDays(7),
            Duration.ofDays(28),
            Duration.ofDays(7),
            Duration.ofDays(30),
            .01,
            1,
            256,
            null,
            0);
    return FraudDeclaration.named("shops")
        .given(
            "amount",
            "signup_age",
            "countries",
            "device_customers",
            "ip_customers",
            "email_customers")
        .entity("visitor", "visitor_id", SpendingRules.DEFAULT)
        .entity("device", "device_id", labels)
        .entity("ip", "ip", labels)
        .entity("email", "email_hash", labels)
        .feature("amount", binned("amount", AMOUNTS))
        .feature("visitor_ratio", binned("visitor_ratio", .25, .5, 1, 1.5, 2, 2.5, 3, 4, 5))
        .feature(
            "signup", binned("signup_age", 60, 600, 3_600, 86_400, 604_800, 2_592_000, 7_776_000))
        .feature("countries", binned("countries", 2, 3, 4))
        .feature(
            "device_sharing",
            binned("device_customers", 2, 3, 5, 10),
            binned("ip_customers", 2, 3, 5, 10))
        .feature("email_sharing", binned("email_customers", 2, 3, 5))
        .feature(
            "device_episode",
            binned("device_episode_frauds", 1, 2, 4),
            binned("device_episode_genuine", 1, 2, 4),
            binned("device_unexplained_age", 8, 10, 14, 21, 28, 60))
        .feature(
            "ip_episode",
            binned("ip_episode_frauds", 1, 2, 4),
            binned("ip_episode_genuine", 1, 2, 4),
            binned("ip_unexplained_age", 8, 10, 14, 21, 28, 60))
        .feature("email_risk", binned("email_risk_long", .003, .02, .1, .3, .6))
        .feature(
            "device_risk",
            binned("device_risk_short", .003, .02, .1, .3, .6),
            binned("device_risk_long", .003, .02, .1, .3, .6))
        .build();
  }
}
