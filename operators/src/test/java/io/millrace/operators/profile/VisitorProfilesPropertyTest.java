package io.millrace.operators.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.VisitorEvent;
import io.millrace.features.profile.Standing.By;
import io.millrace.features.profile.VisitorFeatures;
import io.millrace.features.sketch.Population;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.state.KeyedHarness;
import io.millrace.operators.state.TwoInputHarness;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The last profile of every visitor, and the population they make up, are the same whatever the
 * order in which events come within the allowance, however often, when they are written, and
 * whatever befalls the subtasks.
 */
class VisitorProfilesPropertyTest {
  private static final long OUT_OF_ORDERNESS = 5_000;

  /** After all that happens. */
  private static final long END = Shoppers.BEGIN + 100 * Shoppers.DAY;

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  /** What comes of a run. */
  private static final class Outcome {
    private final Map<String, String> profiles = new TreeMap<>();
    private final Map<By, Population> populations = new EnumMap<>(By.class);

    private void drain(TwoInputHarness<?, ?, ProfileDraft> harness) {
      for (ProfileDraft draft : harness.take()) {
        profiles.put(
            draft.visitor(),
            draft.isGone()
                ? "gone"
                : new String(draft.json(), StandardCharsets.UTF_8)
                    + Arrays.toString(draft.standing()));
      }
      for (PopulationChange change : harness.takeSide(VisitorProfiles.POPULATION)) {
        populations
            .computeIfAbsent(change.by(), made -> new Population())
            .add(change.bucket(), change.count());
      }
    }

    private Map<By, String> spread() {
      Map<By, String> spread = new EnumMap<>(By.class);
      populations.forEach(
          (by, population) -> {
            if (population.size() > 0) {
              spread.put(by, Arrays.toString(population.toBytes()));
            }
          });
      return spread;
    }
  }

  private record Arrival(long at, VisitorEvent event) {}

  @ParameterizedTest
  @MethodSource("seeds")
  void sameOutcomeWhateverHappens(int seed) throws Exception {
    Random random = new Random(seed);
    List<VisitorEvent> events = Shoppers.events(random, 8);
    Outcome expected = run(arrivals(events, null), 0, new Random(seed), null);
    assertThat(expected.profiles.keySet())
        .hasSize((int) events.stream().map(VisitorEvent::visitorId).distinct().count());

    for (int round = 0; round < 2; round++) {
      Outcome outcome = run(arrivals(events, random), 3, random, null);
      assertThat(outcome.profiles.keySet()).isEqualTo(expected.profiles.keySet());
      expected.profiles.forEach(
          (visitor, profile) -> assertThat(outcome.profiles).containsEntry(visitor, profile));
      assertThat(outcome.spread()).isEqualTo(expected.spread());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anErasureLeavesWhatIsAsIfOnlyLaterEventsHadCome(int seed) throws Exception {
    Random random = new Random(seed);
    List<VisitorEvent> events = Shoppers.events(random, 3);
    VisitorEvent middle = events.get(random.nextInt(events.size()));
    List<VisitorEvent> later =
        events.stream()
            .filter(
                event ->
                    !event.visitorId().equals(middle.visitorId())
                        || event.eventTime() > middle.eventTime())
            .toList();
    ProfileNews erasure = ProfileNews.forget(middle.visitorId(), middle.eventTime());

    Outcome expected = run(arrivals(later, null), 0, new Random(seed), null);
    Outcome outcome = run(arrivals(events, random), 2, random, erasure);

    expected.profiles.putIfAbsent(middle.visitorId(), "gone");
    assertThat(outcome.profiles).isEqualTo(expected.profiles);
    assertThat(outcome.spread()).isEqualTo(expected.spread());
  }

  /** In order, or (with a random) as late as is allowed and some of them twice. */
  private static List<Arrival> arrivals(List<VisitorEvent> events, Random random) {
    List<Arrival> arrivals = new ArrayList<>();
    for (VisitorEvent event : events) {
      long late = random == null ? 0 : random.nextInt((int) OUT_OF_ORDERNESS);
      arrivals.add(new Arrival(event.eventTime() + late, event));
      if (random != null && random.nextInt(5) == 0) {
        arrivals.add(
            new Arrival(event.eventTime() + random.nextInt((int) OUT_OF_ORDERNESS), event));
      }
    }
    arrivals.sort(Comparator.comparingLong(Arrival::at));
    return arrivals;
  }

  /**
   * @param erasure told when all events have come, null for none
   */
  private static Outcome run(
      List<Arrival> arrivals, int restarts, Random random, ProfileNews erasure) throws Exception {
    Outcome outcome = new Outcome();
    int parallelism = 1;
    List<TwoInputHarness<Timed<VisitorEvent>, ProfileNews, ProfileDraft>> subtasks =
        open(null, 1, 1);
    for (ProfileNews news : Shoppers.catalogue()) {
      subtasks.get(0).second(news);
    }
    long clock = 1;
    for (int i = 0; i < arrivals.size(); i++) {
      Arrival arrival = arrivals.get(i);
      int subtask = KeyedHarness.subtaskOf(arrival.event.visitorId(), parallelism);
      subtasks.get(subtask).first(Shoppers.timed(arrival.event));
      clock += random.nextInt(400);
      for (var harness : subtasks) {
        harness.watermark(arrival.at - OUT_OF_ORDERNESS - 1);
        harness.clock(clock);
        outcome.drain(harness);
      }
      if (restarts > 0 && random.nextInt(arrivals.size() / restarts) == 0) {
        int next = 1 + random.nextInt(3);
        subtasks = restart(subtasks, next, outcome);
        parallelism = next;
      }
    }
    for (var harness : subtasks) {
      harness.watermark(END);
      if (erasure != null) {
        harness.second(erasure);
      }
      harness.second(ProfileNews.republish());
      harness.clock(clock + 100_000);
      harness.clock(clock + 200_000);
      outcome.drain(harness);
      harness.close();
    }
    return outcome;
  }

  private static List<TwoInputHarness<Timed<VisitorEvent>, ProfileNews, ProfileDraft>> restart(
      List<TwoInputHarness<Timed<VisitorEvent>, ProfileNews, ProfileDraft>> subtasks,
      int parallelism,
      Outcome outcome)
      throws Exception {
    OperatorSubtaskState[] states = new OperatorSubtaskState[subtasks.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = subtasks.get(i).snapshot();
      outcome.drain(subtasks.get(i));
      subtasks.get(i).close();
    }
    return open(
        AbstractStreamOperatorTestHarness.repackageState(states), states.length, parallelism);
  }

  private static List<TwoInputHarness<Timed<VisitorEvent>, ProfileNews, ProfileDraft>> open(
      OperatorSubtaskState state, int before, int parallelism) throws Exception {
    List<TwoInputHarness<Timed<VisitorEvent>, ProfileNews, ProfileDraft>> subtasks =
        new ArrayList<>();
    for (int subtask = 0; subtask < parallelism; subtask++) {
      subtasks.add(
          Shoppers.open(
              VisitorFeatures::shipped, Shoppers.SETTINGS, state, before, parallelism, subtask));
    }
    return subtasks;
  }
}
