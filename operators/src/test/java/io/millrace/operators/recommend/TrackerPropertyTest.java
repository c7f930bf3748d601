package io.millrace.operators.recommend;

import static io.millrace.operators.recommend.Trackers.BEGIN;
import static io.millrace.operators.recommend.Trackers.MINUTE;
import static io.millrace.operators.recommend.Trackers.erasure;
import static io.millrace.operators.recommend.Trackers.open;
import static io.millrace.operators.recommend.Trackers.search;
import static io.millrace.operators.recommend.Trackers.timed;
import static io.millrace.operators.recommend.Trackers.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.session.ErasedVisitors;
import io.millrace.features.session.VisitorIds;
import io.millrace.operators.forget.Forget;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.state.KeyedHarness;
import io.millrace.operators.state.TwoInputHarness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All that the tracker says comes to what follows from the set of events alone, and a visitor who
 * was forgotten leaves nothing of what the erasure covers, whenever it comes.
 */
class TrackerPropertyTest {
  private static final int VISITORS = 5;

  /** While an erasure is no later than this, a session that it cuts is still remembered. */
  private static final long PROMPT = 25 * MINUTE;

  private static final String OLD = "from before: ";

  private static final long END = BEGIN + 20 * 60 * MINUTE;

  static IntStream seeds() {
    return IntStream.range(0, 12);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void comesToTheSameAsIfTheErasedEventsHadNeverBeen(int seed) throws Exception {
    RandomShopping shopping = new RandomShopping(seed);
    List<VisitorEvent> events = shopping.events(VISITORS);
    Map<String, Long> erased = erased(shopping.random, events);
    List<VisitorEvent> kept =
        events.stream()
            .filter(e -> e.eventTime() > erased.getOrDefault(e.visitorId(), Long.MIN_VALUE))
            .toList();
    NaiveCounts expected = new NaiveCounts(kept);

    Run neverSaw = new Run(new Random(seed), Map.of(), 0, false).deliver(shopping.arrivals(kept));
    assertThat(neverSaw.counts.points).as("seed %d", seed).isEqualTo(expected.points);
    assertThat(neverSaw.counts.lines).as("seed %d", seed).isEqualTo(expected.lines);
    for (int order = 0; order < 3; order++) {
      Run run =
          new Run(new Random(seed + order), erased, PROMPT, order > 0)
              .deliver(shopping.arrivals(events));
      String which = "seed " + seed + ", order of arrival " + order + ", erased " + erased;
      assertThat(run.counts.points).as(which).isEqualTo(expected.points);
      assertThat(run.counts.lines).as(which).isEqualTo(expected.lines);
      assertThat(contents(run.orders)).as(which).hasSameElementsAs(contents(neverSaw.orders));
      assertThat(contents(run.postings)).as(which).hasSameElementsAs(contents(neverSaw.postings));
      assertThat(run.asks).as(which).isEqualTo(neverSaw.asks);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void countsAndOrdersDoSoHoweverLateTheErasureComes(int seed) throws Exception {
    RandomShopping shopping = new RandomShopping(1_000 + seed);
    List<VisitorEvent> events = shopping.events(VISITORS);
    Map<String, Long> erased = erased(shopping.random, events);
    NaiveCounts expected =
        new NaiveCounts(
            events.stream()
                .filter(e -> e.eventTime() > erased.getOrDefault(e.visitorId(), Long.MIN_VALUE))
                .toList());

    Run run =
        new Run(new Random(seed), erased, Long.MAX_VALUE / 2, true)
            .deliver(shopping.arrivals(events));

    assertThat(run.counts.points).as("seed %d", seed).isEqualTo(expected.points);
    assertThat(run.counts.lines).as("seed %d", seed).isEqualTo(expected.lines);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void postingsHoldNothingFromBeforeHoweverLateTheErasureComes(int seed) throws Exception {
    RandomShopping shopping = new RandomShopping(2_000 + seed).withVisitsOfUpTo(60);
    List<VisitorEvent> drawn = shopping.events(VISITORS);
    Map<String, Long> erased = erased(shopping.random, drawn);
    Predicate<VisitorEvent> goes =
        event -> event.eventTime() <= erased.getOrDefault(event.visitorId(), Long.MIN_VALUE);
    List<VisitorEvent> events = drawn.stream().map(e -> goes.test(e) ? marked(e) : e).toList();
    List<VisitorEvent> kept = events.stream().filter(goes.negate()).toList();
    Run full = new Run(new Random(seed), Map.of(), 0, false).deliver(shopping.arrivals(events));
    Run neverSaw = new Run(new Random(seed), Map.of(), 0, false).deliver(shopping.arrivals(kept));

    Run run =
        new Run(new Random(seed), erased, Long.MAX_VALUE / 2, true)
            .deliver(shopping.arrivals(events));

    assertThat(contents(full.postings)).as("seed %d", seed).anyMatch(text -> text.contains(OLD));
    assertThat(contents(run.postings)).as("seed %d", seed).noneMatch(text -> text.contains(OLD));
    assertThat(contents(run.orders)).as("seed %d", seed).noneMatch(text -> text.contains(OLD));
    List<String> untouched = contents(neverSaw.postings);
    untouched.retainAll(contents(full.postings));
    assertThat(contents(run.postings)).as("seed %d", seed).containsAll(untouched);
  }

  /** Some of what is to be forgotten can be told by its items. */
  private static VisitorEvent marked(VisitorEvent event) {
    if (event instanceof Click click && click.itemId() != null && isOdd(click.itemId())) {
      return new Click(
          click.eventId(),
          click.type(),
          click.eventTime(),
          click.visitorId(),
          OLD + click.itemId(),
          click.itemIds(),
          click.sessionId(),
          click.details());
    }
    return event;
  }

  private static boolean isOdd(String item) {
    return (item.charAt(item.length() - 1) & 1) == 1;
  }

  /** One or two of the visitors, and up to which time. */
  private static Map<String, Long> erased(Random random, List<VisitorEvent> events) {
    Map<String, Long> erased = new TreeMap<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      VisitorEvent last = events.get(random.nextInt(events.size()));
      erased.put(last.visitorId(), last.eventTime() + random.nextInt(3) - 1);
    }
    return erased;
  }

  /** What postings hold; sessions that an erasure has cut may have another number. */
  private static List<String> contents(Map<String, Map<Long, SessionItems>> postings) {
    List<String> contents = new ArrayList<>();
    postings.forEach(
        (item, sessions) ->
            sessions.values().forEach(session -> contents.add(item + ": " + content(session))));
    return contents;
  }

  private static String content(SessionItems session) {
    return VisitorIds.visitorPart(session.id())
        + " "
        + session.time()
        + " "
        + List.of(session.items());
  }

  /** One delivery of events, and what is heard of it. */
  private static final class Run {
    private final Random random;
    private final Map<String, Long> erased;
    private final long delay;
    private final boolean restarts;
    private final ErasedVisitors forgotten = new ErasedVisitors();
    private final NaiveCounts counts = new NaiveCounts(List.of());
    private final Map<String, Map<Long, SessionItems>> postings = new HashMap<>();
    private final Map<String, Map<Long, SessionItems>> orders = new HashMap<>();
    private final List<String> asks = new ArrayList<>();
    private List<TwoInputHarness<Timed<VisitorEvent>, VisitorNotice, PostingMessage>> subtasks;

    /**
     * @param delay event time by which erasures come late at most, milliseconds
     */
    private Run(Random random, Map<String, Long> erased, long delay, boolean restarts) {
      this.random = random;
      this.erased = erased;
      this.delay = delay;
      this.restarts = restarts;
    }

    private Run deliver(List<VisitorEvent> arrivals) throws Exception {
      start(null, 1, 1 + random.nextInt(3));
      Map<Integer, List<String>> erasures = erasures(arrivals);
      long newest = 0;
      for (int i = 0; i <= arrivals.size(); i++) {
        for (String visitor : erasures.getOrDefault(i, List.of())) {
          erase(visitor);
        }
        if (i < arrivals.size()) {
          first(timed(arrivals.get(i)));
          newest = Math.max(newest, arrivals.get(i).eventTime());
        }
        if (random.nextInt(4) == 0) {
          watermark(newest - RandomShopping.LATENESS - 1);
        }
        if (restarts && random.nextInt(60) == 0) {
          restart();
        }
      }
      watermark(END);
      returnAll();
      subtasks.forEach(TwoInputHarness::close);
      return this;
    }

    /** Who is erased before which of the arrivals. */
    private Map<Integer, List<String>> erasures(List<VisitorEvent> arrivals) {
      Map<Integer, List<String>> erasures = new HashMap<>();
      erased.forEach(
          (visitor, upTo) -> {
            int latest = 0;
            while (latest < arrivals.size() && arrivals.get(latest).eventTime() <= upTo + delay) {
              latest++;
            }
            // Half of them come as late as they may.
            int place = random.nextBoolean() ? latest : random.nextInt(latest + 1);
            erasures.computeIfAbsent(place, p -> new ArrayList<>()).add(visitor);
          });
      return erasures;
    }

    /** Everybody comes again: what is remembered shows in what is asked for. */
    private void returnAll() throws Exception {
      for (int visitor = 0; visitor < VISITORS; visitor++) {
        String name = "v" + visitor;
        first(search(END, name));
        describe(subtasks.get(owner(name)).take());
        first(view("last", END + 1, name, "last"));
        describe(subtasks.get(owner(name)).take());
      }
    }

    private void describe(List<PostingMessage> messages) {
      for (PostingMessage message : Trackers.of(PostingMessage.ASK, messages)) {
        AskContext context = message.ask().context();
        asks.add(
            message.ask().visitor()
                + " asks "
                + message.item()
                + " for "
                + List.of(message.session().items())
                + context.profile()
                + Arrays.toString(context.bought())
                + Arrays.toString(context.passedOver()));
      }
    }

    private int owner(String visitor) {
      return KeyedHarness.subtaskOf(visitor, subtasks.size());
    }

    private void first(Timed<VisitorEvent> event) throws Exception {
      int owner = owner(event.event().visitorId());
      subtasks.get(owner).first(event);
      if (event.event().eventTime() < END) {
        hear(subtasks.get(owner));
      }
    }

    private void watermark(long time) throws Exception {
      for (var subtask : subtasks) {
        subtask.watermark(time);
        hear(subtask);
      }
    }

    private void erase(String visitor) throws Exception {
      for (var subtask : subtasks) {
        subtask.second(erasure(visitor, erased.get(visitor)));
        subtask.second(erasure(visitor, erased.get(visitor)));
        hear(subtask);
      }
    }

    private void hear(TwoInputHarness<Timed<VisitorEvent>, VisitorNotice, PostingMessage> subtask) {
      subtask.take().forEach(message -> learn(message, postings));
      subtask.takeSide(SessionTracker.ORDERS).forEach(message -> learn(message, orders));
      for (ItemClick click : subtask.takeSide(SessionTracker.ITEM_CLICKS)) {
        NaiveCounts.add(counts.points, click.item() + "@" + click.hour(), click.count());
      }
      for (OrderLine line : subtask.takeSide(SessionTracker.ORDER_LINES)) {
        counts.line(line.item(), line.time(), line.orders(), line.pieces());
      }
      for (Forget forget : subtask.takeSide(SessionTracker.FORGET)) {
        forgotten.add(VisitorIds.of(forget.visitor()), forget.upTo(), 0);
        forgetIn(postings);
        forgetIn(orders);
      }
    }

    private void forgetIn(Map<String, Map<Long, SessionItems>> all) {
      for (Map<Long, SessionItems> posting : all.values()) {
        posting.values().removeIf(held -> forgotten.covers(held.id(), held.since()));
      }
    }

    private void learn(PostingMessage message, Map<String, Map<Long, SessionItems>> all) {
      SessionItems session = message.session();
      Map<Long, SessionItems> posting =
          all.computeIfAbsent(message.item(), item -> new HashMap<>());
      if (message.is(PostingMessage.RETRACT)) {
        posting.remove(session.id());
      } else if (message.is(PostingMessage.TEACH)
          && !forgotten.covers(session.id(), session.since())) {
        posting.put(session.id(), session);
      }
    }

    private void restart() throws Exception {
      List<OperatorSubtaskState> states = new ArrayList<>();
      for (var subtask : subtasks) {
        states.add(subtask.snapshot());
        subtask.close();
      }
      OperatorSubtaskState state =
          AbstractStreamOperatorTestHarness.repackageState(
              states.toArray(OperatorSubtaskState[]::new));
      start(state, states.size(), 1 + random.nextInt(3));
    }

    private void start(OperatorSubtaskState state, int before, int parallelism) throws Exception {
      subtasks = new ArrayList<>();
      for (int subtask = 0; subtask < parallelism; subtask++) {
        subtasks.add(open(state, before, parallelism, subtask));
      }
    }
  }
}
