package io.millrace.operators.recommend.content;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.CatalogItem.Prices;
import io.millrace.features.event.CatalogItem.Status;
import io.millrace.features.event.CatalogItem.Supply;
import io.millrace.operators.kafka.Fact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Items out of few words, so that many are alike: changed, hidden, deleted and added again. */
final class RandomCatalogue {
  private static final String[] WORDS = {
    "red", "blue", "Oak", "table", "chair", "lamp", "手机壳", "红色", "连衣裙", "shoe", "cup", "x4"
  };

  private final Random random;
  private long clock = 1_748_736_000_000L;

  RandomCatalogue(Random random) {
    this.random = random;
  }

  /** Every item's updates, in the order of their log. */
  Map<String, List<Fact<CatalogItem>>> updates(int items, int most) {
    Map<String, List<Fact<CatalogItem>>> updates = new TreeMap<>();
    for (int i = 0; i < items; i++) {
      String item = "i" + i;
      List<Fact<CatalogItem>> log = new ArrayList<>();
      for (int n = 1 + random.nextInt(most); n > 0; n--) {
        log.add(update(item, log));
        if (random.nextInt(5) == 0) {
          log.add(log.get(log.size() - 1));
        }
      }
      updates.put(item, log);
    }
    return updates;
  }

  private Fact<CatalogItem> update(String item, List<Fact<CatalogItem>> before) {
    clock += random.nextInt(1_000);
    CatalogItem last = before.isEmpty() ? null : before.get(before.size() - 1).value();
    return switch (random.nextInt(8)) {
      case 0 -> new Fact<>(item, null, clock);
      case 1 -> new Fact<>(item, item(item, Status.HIDDEN), clock);
      case 2 -> new Fact<>(item, item(item, Status.DISCONTINUED), clock);
      case 3 -> new Fact<>(item, last, clock);
      case 4 -> new Fact<>(item, CatalogItem.of(item, null, null), clock);
      default -> new Fact<>(item, item(item, Status.ACTIVE), clock);
    };
  }

  private CatalogItem item(String item, Status status) {
    List<String> title = new ArrayList<>();
    for (int n = random.nextInt(5); n > 0; n--) {
      title.add(WORDS[random.nextInt(WORDS.length)]);
    }
    return new CatalogItem(
        item,
        String.join(" ", title),
        random.nextBoolean() ? null : "a/b" + random.nextInt(3),
        random.nextBoolean() ? null : "brand" + random.nextInt(3),
        new TreeMap<>(Map.of("colour", WORDS[random.nextInt(2)])),
        status,
        false,
        Prices.NONE,
        Supply.NONE,
        random.nextBoolean() ? null : Long.valueOf(clock - random.nextInt(1_000)));
  }

  /** One log of all: each item's updates in their order, the items' in any. */
  static List<Fact<CatalogItem>> mixed(
      Map<String, List<Fact<CatalogItem>>> updates, Random random) {
    List<String> turns = new ArrayList<>();
    updates.forEach((item, log) -> turns.addAll(Collections.nCopies(log.size(), item)));
    Collections.shuffle(turns, random);
    Map<String, Integer> next = new TreeMap<>();
    List<Fact<CatalogItem>> mixed = new ArrayList<>();
    for (String item : turns) {
      mixed.add(updates.get(item).get(next.merge(item, 1, Integer::sum) - 1));
    }
    return mixed;
  }
}
