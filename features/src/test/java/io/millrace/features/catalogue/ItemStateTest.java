package io.millrace.features.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.CatalogItem.Prices;
import io.millrace.features.event.CatalogItem.Status;
import io.millrace.features.event.CatalogItem.Supply;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ItemStateTest {
  private static final long SEED = 11;
  private static final ItemControls NO_CONTROLS = new ItemControls();

  /** What happens to an item: an entry, a deletion (neither), or a change of an order. */
  private record News(Listing listing, int orders, int pieces, long time) {
    private boolean isCatalogue() {
      return time < 0;
    }
  }

  private static ItemState after(List<News> log) {
    ItemState state = new ItemState();
    for (News news : log) {
      if (!news.isCatalogue()) {
        state.order(news.orders(), news.pieces(), news.time());
      } else if (news.listing() == null) {
        state.delete();
      } else {
        state.list(news.listing());
      }
    }
    return state;
  }

  /** From the whole log: the newest entry, and the orders since its stock was counted. */
  private static ItemFact naive(List<News> log) {
    News newest = log.stream().filter(News::isCatalogue).reduce((a, b) -> b).orElse(null);
    Listing listing = newest == null ? null : newest.listing();
    long orders = log.stream().mapToLong(News::orders).sum();
    boolean soldOut = false;
    if (listing != null && listing.stock() != null) {
      long sold =
          log.stream().filter(news -> news.time() > listing.asOf()).mapToLong(News::pieces).sum();
      soldOut = listing.stock() - sold <= 0;
    }
    return new ItemFact(
        "i",
        newest != null && (listing == null || listing.hidden()),
        soldOut,
        listing != null && listing.adult(),
        false,
        listing == null ? null : listing.category(),
        1,
        (int) Math.max(0, orders));
  }

  private static List<News> random(Random random) {
    List<News> log = new ArrayList<>();
    for (int i = random.nextInt(60); i > 0; i--) {
      switch (random.nextInt(5)) {
        case 0 -> log.add(new News(RandomListings.next(random), 0, 0, -1));
        case 1 -> log.add(new News(null, 0, 0, -1));
        case 2 -> log.add(new News(null, -1, -random.nextInt(4), random.nextInt(100)));
        default -> log.add(new News(null, 1, random.nextInt(6), random.nextInt(100)));
      }
    }
    return log;
  }

  /** Orders among entries in any order; entries keep theirs, which the log gives. */
  private static List<News> mixed(List<News> log, Random random) {
    List<News> mixed = new ArrayList<>(log.stream().filter(News::isCatalogue).toList());
    log.stream()
        .filter(news -> !news.isCatalogue())
        .forEach(news -> mixed.add(random.nextInt(mixed.size() + 1), news));
    return mixed;
  }

  @Test
  void saysWhatTheWholeLogSaysWhicheverCameFirst() {
    Random random = new Random(SEED);
    for (int round = 0; round < 2_000; round++) {
      List<News> log = random(random);
      ItemState state = after(log);
      ItemState other = after(mixed(log, random));

      assertThat(state.fact("i", NO_CONTROLS)).as("seed %d", SEED).isEqualTo(naive(log));
      assertThat(other.toBytes()).as("seed %d", SEED).isEqualTo(state.toBytes());
    }
  }

  @Test
  void survivesItsBytesWithWhatWasTold() {
    Random random = new Random(SEED);
    for (int round = 0; round < 500; round++) {
      ItemState state = after(random(random));
      ItemFact told =
          new ItemFact(
              "i",
              random.nextBoolean(),
              random.nextBoolean(),
              random.nextBoolean(),
              random.nextBoolean(),
              RandomListings.next(random).category(),
              0.1f + random.nextFloat() * 9,
              random.nextInt(1_000));
      state.tell(random.nextBoolean() ? told : state.fact("i", NO_CONTROLS));
      ItemFact current = state.fact("i", NO_CONTROLS);

      ItemState read = ItemState.ofBytes(state.toBytes());

      assertThat(read.toBytes()).as("seed %d", SEED).isEqualTo(state.toBytes());
      assertThat(read.fact("i", NO_CONTROLS)).isEqualTo(current);
      assertThat(read.isNews(told)).isEqualTo(state.isNews(told));
      assertThat(read.isNews(current)).isEqualTo(state.isNews(current));
      assertThat(read.toldOrders()).isEqualTo(state.toldOrders());
    }
  }

  @Test
  void mayBeShownWithoutACatalogueEntryAndKeepsItsOrdersWhenDeleted() {
    ItemState state = new ItemState();
    state.order(1, 5, 10);
    assertThat(state.fact("i", NO_CONTROLS).isServable()).isTrue();

    state.delete();
    assertThat(state.fact("i", NO_CONTROLS))
        .isEqualTo(new ItemFact("i", true, false, false, false, null, 1, 1));

    state.list(Listing.of(CatalogItem.of("i", "a", "x"), 3));
    assertThat(state.fact("i", NO_CONTROLS))
        .isEqualTo(new ItemFact("i", false, false, false, false, "x", 1, 1));
  }

  @Test
  void isNeverSoldOutWhereNobodyCounts() {
    ItemState state = new ItemState();
    state.list(Listing.of(CatalogItem.of("i", "a", "x"), 3));
    state.order(1, 1_000, 10);

    assertThat(state.fact("i", NO_CONTROLS).outOfStock()).isFalse();
  }

  @Test
  void takesTheStockAsOfItsUpdateElseAsOfTheLog() {
    assertThat(Listing.of(entry(Status.ACTIVE, 4L, 77L), 99).asOf()).isEqualTo(77);
    assertThat(Listing.of(entry(Status.ACTIVE, 4L, null), 99).asOf()).isEqualTo(99);
    assertThat(Listing.of(entry(Status.HIDDEN, null, 1L), 5).hidden()).isTrue();
    assertThat(Listing.of(entry(Status.DISCONTINUED, null, 1L), 5).hidden()).isTrue();
  }

  @Test
  void seesNoNewsInALaterUpdateThatSaysTheSame() {
    ItemState state = new ItemState();

    assertThat(state.list(Listing.of(entry(Status.ACTIVE, null, 1L), 1))).isTrue();
    assertThat(state.list(Listing.of(entry(Status.ACTIVE, null, 2L), 2))).isFalse();
    assertThat(state.delete()).isTrue();
    assertThat(state.delete()).isFalse();
  }

  private static CatalogItem entry(Status status, Long stock, Long updatedAt) {
    return new CatalogItem(
        "i",
        "a thing",
        "a/b",
        "oak",
        new TreeMap<>(),
        status,
        false,
        Prices.NONE,
        new Supply(stock, null, null, null),
        updatedAt);
  }
}
