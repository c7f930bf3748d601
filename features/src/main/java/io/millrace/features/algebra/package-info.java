/**
 * Features of entities, such as visitors, cards and items, by declaration. A {@link
 * io.millrace.features.algebra.Feature} says what it makes of which events over which span; a
 * {@link io.millrace.features.algebra.FeatureSet} is checked against the {@link
 * io.millrace.features.algebra.Schema} of the events; {@link
 * io.millrace.features.algebra.EntityFeatures} is the state of one entity and gives the values as
 * of any retained event, the same to the last bit in any order of arrival. {@link
 * io.millrace.features.algebra.Layouts} lets features come and go while the state stays.
 */
package io.millrace.features.algebra;
