package io.millrace.features.quality;

import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList.Item;
import io.millrace.features.decision.RecommendationList.Reason;
import io.millrace.features.session.Hashes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Visitors who come into buckets and click, with gaps of minutes in which nobody does. */
final class RandomQualityEvents {
  static final long MINUTE = 60_000;
  static final long START = 1_764_000_000_000L - 1_764_000_000_000L % MINUTE;

  private static final int ITEMS = 300;
  private static final ReasonType[] REASONS = {
    ReasonType.SESSION, ReasonType.PROFILE, ReasonType.BOUGHT_TOGETHER, ReasonType.TRENDING
  };

  final Random random;
  private final List<String> buckets;

  RandomQualityEvents(long seed, List<String> buckets) {
    random = new Random(seed);
    this.buckets = buckets;
  }

  /** In order of event time, not before {@link #START}. */
  List<QualityEvent> events(int count, int minutes) {
    List<QualityEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long minute = random.nextInt(minutes);
      events.add(event(START + minute * minute / minutes * MINUTE + random.nextInt(60_000)));
    }
    events.sort(Comparator.comparingLong(QualityEvent::time));
    return events;
  }

  /** One event of a time. */
  QualityEvent event(long time) {
    String bucket = buckets.get(random.nextInt(buckets.size()));
    long visitor = Hashes.of("v" + random.nextInt(200));
    if (random.nextInt(3) == 0) {
      return QualityEvent.came(time, bucket, visitor);
    }
    ServedList list = list();
    int rank = list.rankOf(Hashes.of("i" + random.nextInt(ITEMS / 4)));
    return new QualityEvent(time, bucket, visitor, list, rank, random.nextInt(3) * ITEMS);
  }

  private ServedList list() {
    Map<String, Item> items = new HashMap<>();
    for (int size = random.nextInt(40); size > 0; size--) {
      String id = "i" + random.nextInt(ITEMS);
      Reason reason = new Reason(REASONS[random.nextInt(REASONS.length)], null, null);
      items.put(id, new Item(id, 1, reason));
    }
    return ServedList.of(List.copyOf(items.values()), item -> item.itemId().endsWith("7"));
  }

  /** In another order, none more than a time later than one that is newer. */
  List<QualityEvent> shuffled(List<QualityEvent> events, long lateMs) {
    Map<QualityEvent, Long> arrival = new HashMap<>();
    events.forEach(event -> arrival.put(event, event.time() + random.nextLong(lateMs + 1)));
    List<QualityEvent> shuffled = new ArrayList<>(events);
    shuffled.sort(Comparator.comparingLong(arrival::get));
    return shuffled;
  }
}
