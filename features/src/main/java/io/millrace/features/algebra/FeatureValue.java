package io.millrace.features.algebra;

import java.util.List;

/**
 * The value of one feature as of a moment.
 *
 * @param feature its name
 * @param present false if no event carried what it needs; 0 is a value
 * @param number the value, NaN if it is absent or no number; flags are 1 and 0, times milliseconds
 * @param text the value of a text, otherwise null
 * @param top the heaviest values, otherwise empty
 * @param approximate whether it is exact only to a bucket of the tail, an estimate, or of the
 *     retained events where others may matter
 * @param since complete for events after this time only, {@link EntityFeatures#ALWAYS} where that
 *     is no restriction
 */
public record FeatureValue(
    String feature,
    boolean present,
    double number,
    String text,
    List<Weighted> top,
    boolean approximate,
    long since) {}
