package io.millrace.jobs.options;

import io.millrace.features.fraud.FraudDeclaration;
import io.millrace.features.fraud.FraudDeclarations;
import io.millrace.operators.fraud.FraudSettings.Declaration;

/** What fraud models may look at that come with the engine. */
public enum ShippedDeclaration implements Declaration {
  /** Orders of a shop. */
  SHOPS {
    @Override
    public FraudDeclaration get() {
      return FraudDeclarations.shops();
    }
  },
  /** Payments with cards at merchants. */
  CARDS_AND_MERCHANTS {
    @Override
    public FraudDeclaration get() {
      return FraudDeclarations.cardsAndMerchants();
    }
  }
}
