package io.millrace.features.session;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a visitor has shown interest in: every click of the last day, so that trends can be taken
 * back, and the newest few items from before, so that somebody who returns is known. A function of
 * the set of clicks, not of their order of arrival. Not safe for use by several threads.
 */
public final class VisitorInterests {
  /** Points of a purchase; see {@link io.millrace.features.event.ClickType#points()}. */
  public static final int PURCHASE_POINTS = 5;

  /** Clicks of the last day that are kept. */
  static final int MAX_OF_LAST_DAY = 128;

  /** Items from before the last day that are kept. */
  static final int MAX_EARLIER = 8;

  /** Time after which an interest weighs half. */
  static final double HALF_LIFE_MS = 7 * 86_400_000.0;

  private static final long DAY_MS = 86_400_000;
  private static final int LAYOUT = 1;
  private static final Comparator<Interest> ORDER =
      Comparator.comparingLong(Interest::time)
          .thenComparing(Interest::item)
          .thenComparingInt(Interest::points);

  /** In {@link #ORDER}. */
  private final List<Interest> interests = new ArrayList<>(4);

  private record Interest(long time, String item, int points) {}

  /** Takes what is forgotten and so must be taken back elsewhere. */
  @FunctionalInterface
  public interface Sink {
    /**
     * One interest shown.
     *
     * @param time milliseconds since the epoch
     * @param points what it had counted
     */
    void accept(String item, long time, int points);
  }

  /** Adds one interest. */
  public void add(String item, long time, int points) {
    Interest interest = new Interest(time, item, points);
    int place = interests.size();
    while (place > 0 && ORDER.compare(interest, interests.get(place - 1)) < 0) {
      place--;
    }
    interests.add(place, interest);
    trim();
  }

  /** Takes back one interest; false if it is not remembered. */
  public boolean remove(String item, long time, int points) {
    return interests.remove(new Interest(time, item, points));
  }

  /** Forgets what was shown from a time to another, both included, and says what that was. */
  public void forget(long from, long to, Sink forgotten) {
    forget(interest -> interest.time >= from && interest.time <= to, forgotten);
  }

  /** As {@link #forget(long, long, Sink)}, but for what was bought. */
  void forgetClicks(long from, long to, Sink forgotten) {
    forget(
        interest ->
            interest.time >= from && interest.time <= to && interest.points != PURCHASE_POINTS,
        forgotten);
  }

  private void forget(Predicate<Interest> which, Sink forgotten) {
    interests.removeIf(
        interest -> {
          boolean goes = which.test(interest);
          if (goes) {
            forgotten.accept(interest.item, interest.time, interest.points);
          }
          return goes;
        });
  }

  /** Keeps the last day, and the newest interest in each of a few items from before. */
  private void trim() {
    long dayBefore = interests.get(interests.size() - 1).time - DAY_MS;
    int older = 0;
    while (interests.get(older).time <= dayBefore) {
      older++;
    }
    if (older > 1) {
      Set<String> kept = new HashSet<>();
      for (int i = older - 1; i >= 0; i--) {
        if (kept.size() == MAX_EARLIER || !kept.add(interests.get(i).item)) {
          interests.remove(i);
        }
      }
      older = kept.size();
    }
    while (interests.size() - older > MAX_OF_LAST_DAY) {
      interests.remove(older);
    }
  }

  /** Whether nothing is remembered. */
  public boolean isEmpty() {
    return interests.isEmpty();
  }

  /** Whether the visitor has shown interest in anything at a time or later. */
  boolean shownSince(long time) {
    return !interests.isEmpty() && interests.get(interests.size() - 1).time >= time;
  }

  /** Whether the visitor has shown interest in an item at a time or later. */
  boolean holdsSince(int itemHash, long time) {
    for (int i = interests.size() - 1; i >= 0 && interests.get(i).time >= time; i--) {
      if ((int) Hashes.of(interests.get(i).item) == itemHash) {
        return true;
      }
    }
    return false;
  }

  /**
   * The items that matter most to the visitor, best first: points, each halved for every week of
   * age; ties by item id.
   *
   * @param now milliseconds since the epoch
   */
  public List<String> best(long now, int size) {
    Map<String, Double> scores = new HashMap<>();
    for (Interest interest : interests) {
      double weight = Math.pow(2, -Math.max(0, now - interest.time) / HALF_LIFE_MS);
      scores.merge(interest.item, interest.points * weight, Double::sum);
    }
    return scores.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(size)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Appends the interests to a state value. */
  void write(ByteWriter out) {
    out.writeByte(LAYOUT);
    out.writeVarLong(interests.size());
    long previous = 0;
    for (Interest interest : interests) {
      out.writeVarLong(interest.time - previous);
      previous = interest.time;
      out.writeVarLong(interest.points);
      out.writeText(interest.item);
    }
  }

  /** Reads what {@link #write} wrote. */
  static VisitorInterests read(ByteReader in) {
    in.readVersion("a visitor's interests", LAYOUT);
    VisitorInterests read = new VisitorInterests();
    long previous = 0;
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      previous += in.readVarLong();
      int points = in.readVarInt();
      read.interests.add(new Interest(previous, in.readText(), points));
    }
    return read;
  }
}
