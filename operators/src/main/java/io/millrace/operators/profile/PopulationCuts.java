package io.millrace.operators.profile;

import io.millrace.features.profile.Standing;
import io.millrace.operators.types.FlatTypeInfo;

/**
 * What divides the population into fifths.
 *
 * @param by what visitors are compared by
 * @param cuts see {@link io.millrace.features.sketch.Population#cuts}
 */
record PopulationCuts(Standing.By by, int[] cuts) {
  static final FlatTypeInfo<PopulationCuts> TYPE =
      new FlatTypeInfo<>(PopulationCuts.class, new PopulationCutsSerializer());
}
