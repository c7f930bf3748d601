package io.millrace.features.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.session.VisitorSessions.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What postings learn follows from the set of events alone, held against {@link NaiveSessions}. */
class SessionOrderTest {
  private static final int VISITORS = 3;

  static IntStream seeds() {
    return IntStream.range(0, 300);
  }

  /** Other settings for every seed, always without limits on bots. */
  private static SessionSettings settings(int seed) {
    long[] flushes = {120_000, 10_000, 1_000, 3_600_000};
    int[] asked = {4, 4, 2, 1, 20};
    return new SessionSettings(
        1_800_000, flushes[seed % flushes.length], 5_000, asked[seed % asked.length], 0, 0);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void equalsTheReferenceOnceAllIsFlushed(int seed) {
    SessionSettings settings = settings(seed);
    RandomVisits visits = new RandomVisits(seed, settings, VISITORS);
    List<Click> events = visits.inOrder();
    Map<String, Map<Long, SessionItems>> expected = NaiveSessions.taught(events, settings);

    assertThat(room(settings).deliverAll(events).flushAll().taught())
        .as("seed %d, in order", seed)
        .isEqualTo(expected);
    assertThat(room(settings).deliverAll(visits.shuffled(events)).flushAll().taught())
        .as("seed %d, shuffled", seed)
        .isEqualTo(expected);
    assertThat(room(settings).deliverAll(visits.withDuplicates(events)).flushAll().taught())
        .as("seed %d, with duplicates", seed)
        .isEqualTo(expected);
    assertThat(
            room(settings)
                .storingBytes()
                .deliverAll(visits.withDuplicates(events))
                .flushAll()
                .taught())
        .as("seed %d, stored between events", seed)
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyOrderTeachesTheSameUpToTheSameWatermark(int seed) {
    SessionSettings settings = settings(seed);
    RandomVisits visits = new RandomVisits(seed, settings, VISITORS);
    List<Click> events = visits.inOrder();
    Map<String, Map<Long, SessionItems>> inOrder = room(settings).deliverAll(events).taught();

    assertThat(room(settings).deliverAll(visits.shuffled(events)).taught())
        .as("seed %d, shuffled", seed)
        .isEqualTo(inOrder);
    assertThat(room(settings).deliverAll(visits.withDuplicates(events)).taught())
        .as("seed %d, with duplicates", seed)
        .isEqualTo(inOrder);
    assertThat(room(settings).hesitating(seed).deliverAll(visits.shuffled(events)).taught())
        .as("seed %d, with a watermark that lags", seed)
        .isEqualTo(inOrder);
    assertThat(
            room(settings)
                .storingBytes()
                .hesitating(seed)
                .deliverAll(visits.withDuplicates(events))
                .taught())
        .as("seed %d, stored between events", seed)
        .isEqualTo(inOrder);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void reportsEveryDuplicateOnce(int seed) {
    SessionSettings settings = settings(seed);
    RandomVisits visits = new RandomVisits(seed, settings, VISITORS);
    Classroom room = room(settings);
    HashSet<Click> seen = new HashSet<>();
    for (Click event : visits.withDuplicates(visits.inOrder())) {
      boolean again = !seen.add(event) && event.type().showsInterest();
      assertThat(room.deliver(event))
          .as("seed %d, %s", seed, event)
          .isEqualTo(again ? Outcome.DUPLICATE : Outcome.TAKEN);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyOrderFindsTheSameBots(int seed) {
    SessionSettings settings = new SessionSettings(1_800_000, 120_000, 5_000, 4, 8, 12);
    RandomVisits visits = new RandomVisits(seed, settings, VISITORS);
    List<Click> events = visits.inOrder();
    // What a bot's session told items that have left its window cannot be taken back.
    Set<Long> leavesTraces =
        NaiveSessions.sessions(events, settings).stream()
            .filter(session -> NaiveSessions.isBot(session, settings))
            .filter(session -> NaiveSessions.clicks(session).size() > SessionItems.MAX_ITEMS)
            .map(NaiveSessions::id)
            .collect(Collectors.toSet());
    Map<String, Map<Long, SessionItems>> expected = NaiveSessions.taught(events, settings);

    for (List<Click> order : List.of(events, visits.withDuplicates(events))) {
      Classroom room = room(settings).storingBytes().deliverAll(order).flushAll();
      assertThat(room.taughtWithout(leavesTraces)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  private static Classroom room(SessionSettings settings) {
    return new Classroom(settings);
  }
}
