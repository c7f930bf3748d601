package io.millrace.jobs.evaluate;

import io.millrace.operators.types.FlatTypeInfo;
import java.util.Arrays;

/**
 * A card payment and the features known of it so far.
 *
 * @param row its place in the file, which orders the payments of a second
 * @param id its TRANSACTION_ID
 * @param time milliseconds since the epoch
 * @param customer who pays
 * @param terminal where
 * @param amount how much
 * @param fraud whether it is fraudulent
 * @param features in the order of {@link HandbookFeatures#ALL}
 */
record PaymentFeatures(
    long row,
    long id,
    long time,
    String customer,
    String terminal,
    double amount,
    boolean fraud,
    double[] features) {
  static final FlatTypeInfo<PaymentFeatures> TYPE =
      new FlatTypeInfo<>(PaymentFeatures.class, new PaymentFeaturesSerializer());

  /** The same payment, of which more is known. */
  PaymentFeatures with(double... more) {
    double[] all = Arrays.copyOf(features, features.length + more.length);
    System.arraycopy(more, 0, all, features.length, more.length);
    return new PaymentFeatures(row, id, time, customer, terminal, amount, fraud, all);
  }
}
