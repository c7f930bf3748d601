package io.millrace.features.profile;

import java.util.Locale;

/** Features of a profile that are made of declared ones and of what is known elsewhere. */
public enum MadeFeature {
  CATEGORIES(
      "categories of the `items`, by the catalogue as it is when the profile is written: the five"
          + " of most interest, each with its share",
      "text with weights"),
  BRANDS("the same of their brands", "text with weights"),
  PRICE_AFFINITY(
      "where the prices of the `items` stand among those of their categories: 0 the cheapest, 1 the"
          + " dearest",
      "number"),
  LIFECYCLE(
      "`new`, `active`, `at_risk` or `lapsed`, by the visitor's own rhythm, the mean time between"
          + " two days on which they came (1 to 30 days): at risk after twice as long without an"
          + " event, lapsed after four times",
      "text"),
  RECENCY_QUINTILE(
      "the fifth of all who have ordered in which the visitor is by `last_order_time`, 5 the newest;"
          + " where one value fills several fifths, the middle one of them",
      "whole number"),
  FREQUENCY_QUINTILE("the same by `orders`, 5 the most", "whole number"),
  MONETARY_QUINTILE("the same by `spend`, 5 the most", "whole number");

  private final String words;
  private final String type;

  MadeFeature(String words, String type) {
    this.words = words;
    this.type = type;
  }

  /** Its name in Redis. */
  public String featureName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is, in Markdown. */
  public String words() {
    return words;
  }

  /** What its value is. */
  public String type() {
    return type;
  }
}
