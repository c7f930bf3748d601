package io.millrace.features.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.fraud.FraudDeclaration;
import io.millrace.features.fraud.FraudDeclarations;
import io.millrace.features.fraud.HandbookDeclaration;
import org.junit.jupiter.api.Test;

class GivenSignalsTest {
  @Test
  void aPlanOfGivenSignalsTakesWhateverThereIs() {
    FraudDeclaration windows = HandbookDeclaration.windows();
    assertThat(SignalPlan.ofGiven(windows).declaration()).isSameAs(windows);
    assertThat(windows.signals()).isEqualTo(HandbookDeclaration.SIGNALS);
    assertThatThrownBy(() -> new SignalPlan(windows))
        .hasMessageContaining("nothing gives signal weekend");
  }

  @Test
  void entitiesWouldGiveSignalsThemselves() {
    assertThatThrownBy(() -> SignalPlan.ofGiven(FraudDeclarations.cardsAndMerchants()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cards_and_merchants has entities");
  }
}
