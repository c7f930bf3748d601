package io.millrace.jobs.bench;

import io.millrace.features.event.CatalogItem;
import io.millrace.jobs.Failure;
import io.millrace.jobs.evaluate.Delays;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.jobs.local.EventProducer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes items out of the catalogue at a steady pace, each one that stands in a list at that moment,
 * hidden and sold out by turns, and looks at all lists of some visitors again and again until none
 * holds it. The time counts from the moment the update is handed to the Kafka producer to the end
 * of the first look that does not find the item; where a later look finds it again, from that one
 * on anew.
 */
final class GoneProbe {
  /** Between the beginnings of two looks, which is how exact the times are. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** How long an item is watched at the least, so that none comes back unseen. */
  private static final long WATCH_NANOS = TimeUnit.SECONDS.toNanos(4);

  private static final long LIMIT_SECONDS = 60;
  private static final long SEED = 20_250_102;

  /** Draws for an item that was not taken out before. */
  private static final int MOST_DRAWS = 1_000;

  private final MadeUpCatalogue catalogue;
  private final List<String> visitors;
  private final EventProducer producer;
  private final VisitorValues lists;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Map<String, Watched> watched = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private final Delays delays = new Delays();

  private static final class Watched {
    private final boolean counts;
    private final long since;

    /** When it was first not found after it was last found, 0 while it is found. */
    private long gone;

    private Watched(boolean counts, long since) {
      this.counts = counts;
      this.since = since;
    }
  }

  /**
   * @param visitors whose lists are looked at
   */
  GoneProbe(
      MadeUpCatalogue catalogue,
      List<String> visitors,
      EventProducer producer,
      VisitorValues lists) {
    this.catalogue = catalogue;
    this.visitors = visitors;
    this.producer = producer;
    this.lists = lists;
  }

  /**
   * Sends updates and measures.
   *
   * @param warmUp updates before the first that counts
   * @param count updates in all
   * @param rate updates a second
   */
  Delays run(int warmUp, int count, double rate) {
    List<byte[]> newest = lists.read(visitors);
    long start = System.nanoTime();
    for (int sent = 0; sent < count || !watched.isEmpty(); ) {
      long begin = System.nanoTime();
      while (sent < count && System.nanoTime() - start >= (long) (sent * 1e9 / rate)) {
        send(choose(newest), sent % 2 == 0, sent >= warmUp);
        sent++;
      }
      newest = lists.read(visitors);
      judge(present(newest), System.nanoTime());
      LockSupport.parkNanos(begin + LOOK_NANOS - System.nanoTime());
    }
    return delays;
  }

  /** A random item of a random list, so that those in many lists are chosen more often. */
  private String choose(List<byte[]> newest) {
    for (int draw = 0; draw < MOST_DRAWS; draw++) {
      List<String> items = new ArrayList<>();
      ListedItems.forEach(newest.get(random.nextInt(newest.size())), items::add);
      if (!items.isEmpty()) {
        String item = items.get(random.nextInt(items.size()));
        if (used.add(item)) {
          return item;
        }
      }
    }
    throw Failure.failed("the lists hold no item that is still to be taken out");
  }

  private void send(String item, boolean hide, boolean counts) {
    int number = MadeUpCatalogue.number(item);
    CatalogItem update = hide ? catalogue.hidden(number) : catalogue.soldOut(number);
    watched.put(item, new Watched(counts, System.nanoTime()));
    producer.send(ContractEvent.of(update, update.updatedAt()));
  }

  private Set<String> present(List<byte[]> newest) {
    Set<String> present = new HashSet<>();
    for (byte[] list : newest) {
      ListedItems.forEach(
          list,
          item -> {
            if (watched.containsKey(item)) {
              present.add(item);
            }
          });
    }
    return present;
  }

  private void judge(Set<String> present, long now) {
    Iterator<Map.Entry<String, Watched>> all = watched.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, Watched> entry = all.next();
      Watched item = entry.getValue();
      if (present.contains(entry.getKey())) {
        item.gone = 0;
      } else if (item.gone == 0) {
        item.gone = now;
      }
      if (item.gone != 0 && now - item.since >= WATCH_NANOS) {
        if (item.counts) {
          delays.add((item.gone - item.since) / 1_000);
        }
        all.remove();
      } else if (now - item.since > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
        throw Failure.failed(
            entry.getKey() + " was still in lists after " + LIMIT_SECONDS + " s; it went out");
      }
    }
  }
}
