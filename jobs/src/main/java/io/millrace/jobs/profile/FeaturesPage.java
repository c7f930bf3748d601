package io.millrace.jobs.profile;

import io.millrace.features.algebra.FeatureReference;
import io.millrace.features.profile.MadeFeature;
import io.millrace.features.profile.VisitorFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes {@code docs/features.md} from the declarations, so that the page cannot rot. */
public final class FeaturesPage {
  private static final String HEAD =
      """
      # Features

      What `profile:{<visitor_id>}` holds under `features`. One that is absent is left out: no event
      carried what it needs, which is not the same as 0. Names under `approximate` are estimates, or
      exact only to a bucket, because a visitor had more events than are kept one by one
      (`profile.retained-events`). A name under `since` counts events after that time only: the feature
      was declared when the job ran already, or the events before are kept no more, one by one, or were
      erased. Values are as of `event_time`: the visitor's newest event, or the later time at which
      their `lifecycle` changed. `categories`, `brands` and `price_affinity` go by the catalogue, and
      the quintiles by the population, as they are when the profile is written. A guest's order is a
      visitor of its own, in the population too.

      This page is generated from the declarations; its test says how.

      ## Declared

      A visitor's events are clicks and orders. `what` is `view` (view_item, select_item), `wishlist`,
      `cart`, `search`, `checkout`, `other` (any other click), `order` (an order that was placed, with
      its `amount`), `purchase` (an item of it) or `return` (something taken back, with a negative
      `amount`). `points` are 1 for a view, 2 for the wishlist, 3 for the cart, 5 for a purchase.
      `day`, `hour` and `time` are on clicks and orders. `amount` is in the store's currency (option
      `currency`).

      """;

  private static final String MADE =
      """

      ## Made of these

      | feature | what it is | type |
      |---|---|---|
      """;

  private FeaturesPage() {}

  /**
   * Writes the page.
   *
   * @param args the file to write
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), markdown());
  }

  /** The whole page. */
  static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    page.append(FeatureReference.of(VisitorFeatures.shipped())).append(MADE);
    for (MadeFeature feature : MadeFeature.values()) {
      page.append(
          "| `%s` | %s | %s |\n".formatted(feature.featureName(), feature.words(), feature.type()));
    }
    return page.toString();
  }
}
