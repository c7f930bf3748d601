package io.millrace.operators.feature;

import io.millrace.features.algebra.EntityFeatures;

/**
 * What is kept of one key.
 *
 * @param features of the events that were answered
 * @param waiting those that are not yet
 */
record SettledEntity<E>(EntityFeatures features, WaitingEvents<E> waiting) {}
