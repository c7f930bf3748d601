package io.millrace.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.CatalogItem;
import io.millrace.jobs.replay.ClickLog;
import org.junit.jupiter.api.Test;

class MadeUpCatalogueTest {
  private final MadeUpCatalogue catalogue = new MadeUpCatalogue(100_000);

  @Test
  void anUpdateLeavesTheContentOfAnItemAsItWas() {
    for (int number : new int[] {0, SyntheticLog.ITEMS - 1, SyntheticLog.ITEMS, 99_999}) {
      CatalogItem shown = catalogue.shown(number);
      CatalogItem hidden = catalogue.hidden(number);
      CatalogItem soldOut = catalogue.soldOut(number);
      assertThat(MadeUpCatalogue.number(shown.itemId())).isEqualTo(number);
      assertThat(catalogue.shown(number)).isEqualTo(shown);
      assertThat(hidden.title()).isEqualTo(shown.title()).isEqualTo(soldOut.title());
      assertThat(hidden.status()).isEqualTo(CatalogItem.Status.HIDDEN);
      assertThat(soldOut.supply().stock()).isZero();
      assertThat(shown.supply().stock()).isPositive();
    }
  }

  @Test
  void holdsTheItemsThatAreClicked() {
    ClickLog log = SyntheticLog.of(1_000, 0);
    for (int i = 0; i < log.size(); i++) {
      int number = MadeUpCatalogue.number(log.item(i));
      assertThat(catalogue.shown(number).itemId()).isEqualTo(log.item(i));
    }
  }
}
