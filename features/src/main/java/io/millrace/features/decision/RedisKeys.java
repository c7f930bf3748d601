package io.millrace.features.decision;

import java.time.Duration;

/**
 * The Redis keys of the contract and how long their values live. The braces are literal: they are
 * the cluster's hash tag. The key prefix of a store is set before these by whoever reads or writes.
 */
public final class RedisKeys {
  /** The trend list of the whole store. */
  public static final String TREND_ALL = trend("_all");

  /** How long {@code rec} lives. */
  public static final Duration REC_TTL = Duration.ofDays(30);

  /** How long {@code sim} lives. */
  public static final Duration SIM_TTL = Duration.ofDays(30);

  /** How long {@code bundle} lives. */
  public static final Duration BUNDLE_TTL = Duration.ofDays(30);

  /** How long {@code trend} lives. */
  public static final Duration TREND_TTL = Duration.ofDays(1);

  /** How long {@code profile} lives. */
  public static final Duration PROFILE_TTL = Duration.ofDays(90);

  /** How long {@code decision} lives. */
  public static final Duration DECISION_TTL = Duration.ofDays(7);

  /** How long {@code risk} lives. */
  public static final Duration RISK_TTL = Duration.ofDays(30);

  /** Stands for all buckets together where the name of one is asked for. */
  public static final String QUALITY_ALL = "_all";

  /** How long {@code quality} lives. */
  public static final Duration QUALITY_TTL = Duration.ofDays(7);

  private RedisKeys() {}

  /** Recommendations for a visitor. */
  public static String rec(String visitorId) {
    return "rec:{" + visitorId + "}";
  }

  /** Items similar to an item. */
  public static String sim(String itemId) {
    return "sim:{" + itemId + "}";
  }

  /** Items bought together with an item. */
  public static String bundle(String itemId) {
    return "bundle:{" + itemId + "}";
  }

  /** What is trending in a category (any level), or {@code _all}. */
  public static String trend(String category) {
    return "trend:{" + category + "}";
  }

  /** What is known of a visitor. */
  public static String profile(String visitorId) {
    return "profile:{" + visitorId + "}";
  }

  /** How risky an order is and what to do about it. */
  public static String decision(String orderId) {
    return "decision:{" + orderId + "}";
  }

  /** How risky a visitor is. */
  public static String risk(String visitorId) {
    return "risk:{" + visitorId + "}";
  }

  /** How good the lists of a bucket of an experiment are, or those of {@link #QUALITY_ALL}. */
  public static String quality(String bucket) {
    return "quality:{" + bucket + "}";
  }
}
