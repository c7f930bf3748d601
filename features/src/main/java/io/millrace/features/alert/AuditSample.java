package io.millrace.features.alert;

import io.millrace.features.session.Hashes;

/**
 * Which orders people look at although nothing speaks against them, so that it is known what is
 * missed. The draw is a hash of the order: every replay takes the same ones, and a greater share
 * takes those of a smaller one too.
 */
public final class AuditSample {
  /** Another draw than any else that is made by the same hash. */
  private static final long SALT = 0x6175646974L;

  private AuditSample() {}

  /**
   * Whether an order is drawn.
   *
   * @param share of all orders, 0 to 1
   * @throws IllegalArgumentException if it is no share
   */
  public static boolean takes(String orderId, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share is %s; set 0 to 1".formatted(share));
    }
    return Hashes.share(orderId, SALT) < share;
  }
}
