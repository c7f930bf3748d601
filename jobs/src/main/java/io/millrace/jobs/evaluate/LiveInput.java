package io.millrace.jobs.evaluate;

import io.millrace.features.event.Click;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.jobs.replay.Preset;
import io.millrace.jobs.replay.Recording;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The input of one live evaluation, in parts, each of which is to be sent when all before it has
 * been done. A round of event time has two: what the catalogue says ahead of the round's events,
 * then its clicks. Its orders go with the next round's entries. Kept in this JVM while it is used,
 * because the source and the scorer read it.
 */
final class LiveInput {
  private static final Map<LiveSet, LiveInput> LOADED = new ConcurrentHashMap<>();

  private static final long ROUND_MS = LiveEvaluation.ROUND.toMillis();

  private final Recording recording;
  private final long[] times;
  private final List<Part> parts = new ArrayList<>();
  private final Map<String, String> categories = new HashMap<>();
  private final Map<String, Integer> listed = new HashMap<>();
  private final LiveTargets targets;
  private final LiveTally tally = new LiveTally();
  private final LiveGate gate;

  /** Versions of the ranking that were published and not heard of yet. */
  private final Queue<ModelSnapshot> published = new ArrayDeque<>();

  /**
   * Events that are sent together.
   *
   * @param events their numbers, in order of event time but for the entries
   * @param watermark sent behind it, later than those before: no event comes after it that is not
   *     later
   */
  record Part(List<Integer> events, long watermark) {}

  private LiveInput(LiveSet set, double warmUp, boolean ranked) {
    gate = new LiveGate(this, ranked);
    recording = Preset.TAOBAO.read(Path.of(set.file()), true);
    times = new long[recording.size()];
    targets = new LiveTargets((int) (warmUp * recording.size()));
    for (int number = 0; number < times.length; number++) {
      take(number);
    }
    divide();
  }

  /**
   * Loads the input of a set.
   *
   * @param warmUp share of the events, the first, that are not looked for in lists
   * @param ranked whether lists are ordered by what is learned
   */
  static LiveInput load(LiveSet set, double warmUp, boolean ranked) {
    LiveInput input = new LiveInput(set, warmUp, ranked);
    LOADED.put(set, input);
    return input;
  }

  /** What was loaded. */
  static LiveInput of(LiveSet set) {
    return LOADED.get(set);
  }

  /** Lets the memory go. */
  static void forget(LiveSet set) {
    LOADED.remove(set);
  }

  private void take(int number) {
    // The recording has seconds only; no two events are to happen at once, nor any as a round ends.
    times[number] = recording.time(number) + 1;
    if (number > 0) {
      times[number] = Math.max(times[number], times[number - 1] + 1);
    }
    ContractEvent event = event(number);
    targets.add(number, event);
    if (event instanceof ContractEvent.OfItem entry) {
      categories.put(entry.item().itemId(), entry.item().category());
      listed.putIfAbsent(entry.item().itemId(), number);
    }
  }

  private void divide() {
    List<Integer> orders = new ArrayList<>();
    long start = 0;
    for (int next = 0; next < times.length; ) {
      long round = recording.time(next) / ROUND_MS;
      start = round * ROUND_MS;
      List<Integer> first = orders;
      List<Integer> clicks = new ArrayList<>();
      orders = new ArrayList<>();
      for (; next < times.length && recording.time(next) / ROUND_MS == round; next++) {
        ContractEvent event = event(next);
        (event instanceof ContractEvent.OfClick
                ? clicks
                : event instanceof ContractEvent.OfOrder ? orders : first)
            .add(next);
      }
      // The clicks' own watermark ends no round: lists on the way must not hear of them already.
      parts.add(new Part(first, start - 1));
      parts.add(new Part(clicks, start));
    }
    parts.add(new Part(orders, start + ROUND_MS - 1));
  }

  /** Parts in all. */
  int size() {
    return parts.size();
  }

  /** The part of that number, from 0. */
  Part part(int number) {
    return parts.get(number);
  }

  /** Whether a part goes ahead of the clicks of its round. */
  boolean isAhead(int part) {
    return part % 2 == 0;
  }

  /** A version of the ranking was published. */
  synchronized void publish(ModelSnapshot version) {
    published.add(version);
  }

  /** The next version that was published, null if all were taken. */
  synchronized ModelSnapshot takePublished() {
    return published.poll();
  }

  /** The event of that number, from 0. */
  ContractEvent event(int number) {
    return recording.event(number, times[number] - recording.time(number));
  }

  /** What is looked for in the list made after the click of that number. */
  List<LiveTargets.Target> targets(int click) {
    return targets.of(click);
  }

  /** How many events of a kind are looked for. */
  int targets(LiveKind kind) {
    return targets.count(kind);
  }

  /** Whether the catalogue had an item when the event of that number happened. */
  boolean isListed(String item, int number) {
    return listed.get(item) < number;
  }

  /** The newest category of an item over the whole recording. */
  String category(String item) {
    return categories.get(item);
  }

  /** The item of the click of that number. */
  String clicked(int number) {
    Click click = ((ContractEvent.OfClick) event(number)).click();
    return click.itemId();
  }

  LiveTally tally() {
    return tally;
  }

  LiveGate gate() {
    return gate;
  }
}
