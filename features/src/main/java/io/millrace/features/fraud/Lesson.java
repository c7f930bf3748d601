package io.millrace.features.fraud;

/**
 * What is learned from one payment.
 *
 * @param payment 64-bit hash of the payment's id
 * @param time of the payment, milliseconds since the epoch
 * @param active its active weights, as {@link FraudDeclaration#indices} gave them; not to be
 *     changed
 * @param fraud its label
 * @param correction whether the payment was learned with the other label before
 */
public record Lesson(long payment, long time, int[] active, boolean fraud, boolean correction) {}
