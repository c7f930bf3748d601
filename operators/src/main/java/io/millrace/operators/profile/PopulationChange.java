package io.millrace.operators.profile;

import io.millrace.features.profile.Standing;
import io.millrace.operators.types.FlatTypeInfo;

/**
 * Visitors came into a bucket of the population, or left it.
 *
 * @param by what visitors are compared by
 * @param count how many, negative if they left
 */
record PopulationChange(Standing.By by, int bucket, long count) {
  static final FlatTypeInfo<PopulationChange> TYPE =
      new FlatTypeInfo<>(PopulationChange.class, new PopulationChangeSerializer());
}
