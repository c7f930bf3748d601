package io.millrace.operators.recommend.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.content.ContentSettings;
import io.millrace.features.event.CatalogItem;
import io.millrace.operators.kafka.Fact;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** From catalogue updates to fill-ins, held to all pairs of the newest catalogue. */
class ContentChainTest {
  private static final ContentSettings ROOMY = new ContentSettings(6, 2, 0.2, 1_000);

  @Test
  void tellsWhatTheNewestCatalogueSaysInAnyOrder() throws Exception {
    for (long seed = 1; seed <= 8; seed++) {
      Random random = new Random(seed);
      Map<String, List<Fact<CatalogItem>>> updates = new RandomCatalogue(random).updates(50, 6);
      String expected = NaiveLikeness.text(NaiveLikeness.of(updates, ROOMY));
      assertThat(expected.lines()).as("seed %d", seed).hasSizeGreaterThan(10);
      for (int parallelism = 1; parallelism <= 3; parallelism++) {
        try (var chain = new ContentChain(ROOMY, parallelism, null, random)) {
          for (Fact<CatalogItem> fact : RandomCatalogue.mixed(updates, random)) {
            chain.process(fact);
          }
          chain.settle();

          assertThat(NaiveLikeness.text(chain.likeness()))
              .as("seed %d, parallelism %d", seed, parallelism)
              .isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void restartsAndRescalingChangeNothing() throws Exception {
    long seed = 17;
    Random random = new Random(seed);
    Map<String, List<Fact<CatalogItem>>> updates = new RandomCatalogue(random).updates(50, 6);
    ContentChain chain = new ContentChain(ROOMY, 1, null, random);
    int n = 0;
    for (Fact<CatalogItem> fact : RandomCatalogue.mixed(updates, random)) {
      chain.process(fact);
      if (++n % 17 == 0) {
        ContentChain.Saved saved = chain.save();
        // What happens after the checkpoint is lost and comes again.
        chain.process(fact);
        chain.close();
        chain = new ContentChain(ROOMY, 1 + random.nextInt(3), saved, random);
      }
    }
    chain.settle();

    assertThat(NaiveLikeness.text(chain.likeness()))
        .as("seed %d", seed)
        .isEqualTo(NaiveLikeness.text(NaiveLikeness.of(updates, ROOMY)));
    chain.close();
  }

  @Test
  void itemsLeaveAndComeBack() throws Exception {
    CatalogItem one = CatalogItem.of("a", "white oak table", "home/tables");
    CatalogItem other = CatalogItem.of("b", "White Oak Table", "home/tables");
    try (var chain = new ContentChain(ROOMY, 2, null, new Random(1))) {
      chain.process(new Fact<>("a", one, 1));
      chain.process(new Fact<>("b", other, 2));
      chain.settle();
      assertThat(chain.likeness()).isEqualTo(Map.of("a", Map.of("b", 255), "b", Map.of("a", 255)));

      chain.process(new Fact<>("b", null, 3));
      chain.save();
      chain.settle();
      assertThat(chain.likeness()).isEmpty();
      chain.process(new Fact<>("b", other, 4));
      chain.settle();
      assertThat(chain.likeness()).hasSize(2);
    }
  }

  @Test
  void nothingIsLeftInStateOfWhatIsGone() throws Exception {
    Random random = new Random(3);
    Map<String, List<Fact<CatalogItem>>> updates = new RandomCatalogue(random).updates(30, 4);
    try (var chain = new ContentChain(ROOMY, 1, null, random)) {
      for (Fact<CatalogItem> fact : RandomCatalogue.mixed(updates, random)) {
        chain.process(fact);
      }
      chain.save();
      assertThat(chain.stateEntries()).isPositive();
      for (String item : updates.keySet()) {
        chain.process(new Fact<>(item, null, 9));
      }
      chain.settle();
      chain.save();

      assertThat(chain.likeness()).isEmpty();
      assertThat(chain.stateEntries()).isZero();
    }
  }

  @Test
  void updateThatLeavesTheContentTellsNothing() throws Exception {
    Random random = new Random(4);
    Map<String, List<Fact<CatalogItem>>> updates = new RandomCatalogue(random).updates(30, 1);
    try (var chain = new ContentChain(ROOMY, 1, null, random)) {
      for (Fact<CatalogItem> fact : RandomCatalogue.mixed(updates, random)) {
        chain.process(fact);
      }
      chain.settle();
      int told = chain.fillIns();
      for (int again = 0; again < 3; again++) {
        for (Fact<CatalogItem> fact : RandomCatalogue.mixed(updates, random)) {
          chain.process(fact);
        }
      }
      chain.settle();

      assertThat(told).isPositive();
      assertThat(chain.fillIns()).isEqualTo(told);
    }
  }
}
