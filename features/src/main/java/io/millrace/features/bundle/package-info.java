/**
 * What is bought together. {@link io.millrace.features.bundle.ItemOrders} keeps, for one item, the
 * newest orders that hold it; {@link io.millrace.features.bundle.BundleScorer} tells by {@link
 * io.millrace.features.bundle.LogLikelihood} which items stand in them more often than elsewhere,
 * with the counts of the whole store in {@link io.millrace.features.catalogue.ItemTable}.
 */
package io.millrace.features.bundle;
