package io.millrace.jobs.store;

import java.util.Random;

/**
 * A visitor of the simulated store: what they like does not change from visit to visit.
 *
 * @param id such as {@code v-000123}
 * @param favourites a few leaf categories, the first liked most
 * @param style the style they lean to
 * @param patience mean clicks of a visit
 */
record StoreVisitor(String id, int[] favourites, int style, double patience) {
  private static final double FIRST_CHOICE = 0.5;

  /** What a visit is about: mostly one of the favourites. */
  int intent(Random random) {
    int choice = 0;
    while (choice < favourites.length - 1 && random.nextDouble() > FIRST_CHOICE) {
      choice++;
    }
    return favourites[choice];
  }
}
