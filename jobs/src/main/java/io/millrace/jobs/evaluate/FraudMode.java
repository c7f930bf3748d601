package io.millrace.jobs.evaluate;

import io.millrace.features.fraud.FraudDeclarations;
import io.millrace.features.fraud.HandbookDeclaration;
import io.millrace.operators.fraud.FraudSettings.Declaration;
import java.util.List;

/** What the model of an evaluation looks at. */
enum FraudMode {
  /** Our own features of cards and merchants. */
  CARDS("our features", FraudDeclarations::cardsAndMerchants, 100),
  /** The handbook's 15 features and nothing else. */
  WINDOWS("handbook's features", HandbookDeclaration::windows, 100),
  /** Our own features of the orders of a shop. */
  SHOPS("our features", FraudDeclarations::shops, 10);

  private final String label;
  private final Declaration declaration;
  private final int publishEvery;

  FraudMode(String label, Declaration declaration, int publishEvery) {
    this.label = label;
    this.declaration = declaration;
    this.publishEvery = publishEvery;
  }

  /** Those for a kind of data. */
  static List<FraudMode> of(FraudSet.Kind kind) {
    return switch (kind) {
      case HANDBOOK -> List.of(CARDS, WINDOWS);
      case ECOMMERCE -> List.of(SHOPS);
    };
  }

  /** Its name in the table. */
  String label() {
    return label;
  }

  /** What it declares. */
  Declaration declaration() {
    return declaration;
  }

  /** Lessons between two versions of the model. */
  int publishEvery() {
    return publishEvery;
  }
}
