package io.millrace.features.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Control;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudAlert.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Episodes of random suspicions, beside the {@link EpisodeOracle}. */
class RandomEpisodesTest {
  private static final EpisodeSettings SETTINGS =
      new EpisodeSettings(Duration.ofMillis(100), Duration.ofMillis(20));
  private static final long CLOCK = 99;
  private static final int LATENESS = 20;
  private static final long END = 6_000;

  private final List<FraudAlert> records = new ArrayList<>();

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  private static Snoozes snoozes(List<Control> controls) {
    Snoozes snoozes = new Snoozes();
    controls.forEach(snoozes::put);
    return Snoozes.ofBytes(snoozes.toBytes());
  }

  private static EntityEpisodes restored(EntityEpisodes episodes) {
    byte[] bytes = episodes.toBytes();
    EntityEpisodes restored = EntityEpisodes.ofBytes(bytes, SETTINGS);
    assertThat(restored.toBytes()).isEqualTo(bytes);
    assertThat(restored.nextDue()).isEqualTo(episodes.nextDue());
    assertThat(restored.isEmpty()).isEqualTo(episodes.isEmpty());
    return restored;
  }

  private void assertAllIsTold(
      int seed, List<Suspicion> suspicions, List<Control> controls, EntityEpisodes episodes) {
    assertThat(records)
        .as("seed %d", seed)
        .isEqualTo(EpisodeOracle.records(suspicions, SETTINGS, controls, END, CLOCK));
    assertThat(episodes.isEmpty()).isTrue();
    assertThat(episodes.nextDue()).isEqualTo(Long.MAX_VALUE);
    assertThat(episodes.refused()).isZero();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void oneBigStepEqualsTheOracle(int seed) {
    Random random = new Random(seed);
    List<Suspicion> suspicions = Suspicions.random(random);
    List<Control> controls = Suspicions.randomSnoozes(random);
    List<Suspicion> shuffled = new ArrayList<>(suspicions);
    Collections.shuffle(shuffled, random);
    EntityEpisodes episodes = new EntityEpisodes(SETTINGS);
    for (Suspicion each : shuffled) {
      assertThat(episodes.add(each)).isTrue();
      assertThat(episodes.add(each)).isFalse();
    }
    episodes.advance(seed % 2 == 0 ? END : Long.MAX_VALUE, snoozes(controls), CLOCK, records::add);
    assertAllIsTold(seed, suspicions, controls, episodes);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyStepsOnArrivalInAnyOrderEqualTheOracle(int seed) {
    Random random = new Random(seed);
    List<Suspicion> suspicions = Suspicions.random(random);
    List<Control> controls = Suspicions.randomSnoozes(random);
    Snoozes snoozes = snoozes(controls);
    Map<Suspicion, Long> arrivals = new HashMap<>();
    suspicions.forEach(each -> arrivals.put(each, each.time() + random.nextInt(LATENESS)));
    List<Suspicion> arriving = new ArrayList<>(suspicions);
    arriving.sort(Comparator.comparing(arrivals::get));

    EntityEpisodes episodes = new EntityEpisodes(SETTINGS);
    for (Suspicion each : arriving) {
      long watermark = arrivals.get(each) - LATENESS;
      if (random.nextInt(4) == 0 || episodes.nextDue() <= watermark) {
        episodes.advance(watermark, snoozes, CLOCK, records::add);
        assertThat(episodes.nextDue()).isGreaterThan(watermark);
      }
      assertThat(episodes.add(each)).isTrue();
      episodes = restored(episodes);
    }
    episodes.advance(END, snoozes, CLOCK, records::add);
    assertAllIsTold(seed, suspicions, controls, episodes);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void steppingFromDueToDueEqualsTheOracle(int seed) {
    Random random = new Random(seed);
    List<Suspicion> suspicions = Suspicions.random(random);
    List<Control> controls = Suspicions.randomSnoozes(random);
    EntityEpisodes episodes = new EntityEpisodes(SETTINGS);
    suspicions.forEach(episodes::add);
    while (!episodes.isEmpty()) {
      long due = episodes.nextDue();
      int before = records.size();
      episodes.advance(due - 1, snoozes(controls), CLOCK, records::add);
      assertThat(records).as("nothing comes before it is due").hasSize(before);
      episodes.advance(due, snoozes(controls), CLOCK, records::add);
      episodes = restored(episodes);
    }
    assertAllIsTold(seed, suspicions, controls, episodes);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void stateIsTheSameWhateverArrivedFirstAndHoweverTimeWent(int seed) {
    Random random = new Random(seed);
    List<Suspicion> suspicions = Suspicions.random(random);
    Snoozes snoozes = snoozes(Suspicions.randomSnoozes(random));
    long middle = suspicions.get(suspicions.size() / 2).time();
    EntityEpisodes big = new EntityEpisodes(SETTINGS);
    suspicions.forEach(big::add);
    big.advance(middle, snoozes, CLOCK, records::add);
    EntityEpisodes small = new EntityEpisodes(SETTINGS);
    List<Suspicion> shuffled = new ArrayList<>(suspicions);
    Collections.shuffle(shuffled, random);
    shuffled.forEach(small::add);
    for (long now = 0; now <= middle; now++) {
      small.advance(now, snoozes, CLOCK, records::add);
    }
    assertThat(small.toBytes()).as("seed %d", seed).isEqualTo(big.toBytes());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatWaitsIsForgottenAsIfItHadNeverCome(int seed) {
    List<Suspicion> suspicions = Suspicions.random(new Random(seed));
    Predicate<Suspicion.Participant> erased = erased(Suspicions.visitor(1), 300);
    EntityEpisodes episodes = new EntityEpisodes(SETTINGS);
    suspicions.forEach(episodes::add);
    episodes.forget(erased);
    EntityEpisodes without = new EntityEpisodes(SETTINGS);
    for (Suspicion each : suspicions) {
      List<Suspicion.Participant> left = each.events().stream().filter(erased.negate()).toList();
      if (!left.isEmpty()) {
        without.add(each.withEvents(left));
      }
    }
    assertThat(episodes.toBytes()).as("seed %d", seed).isEqualTo(without.toBytes());
  }

  private static Predicate<Suspicion.Participant> erased(String visitor, long until) {
    return each -> each.visitorId().equals(visitor) && each.time() <= until;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whoIsForgottenHalfwayIsGoneAndNothingElseChanges(int seed) {
    Random random = new Random(seed);
    List<Suspicion> suspicions = Suspicions.random(random);
    Snoozes snoozes = snoozes(Suspicions.randomSnoozes(random));
    long middle = suspicions.get(suspicions.size() / 2).time();
    Predicate<Suspicion.Participant> erased = erased(Suspicions.visitor(1), END);
    EntityEpisodes with = new EntityEpisodes(SETTINGS);
    for (Suspicion each : suspicions) {
      // Nothing more comes of the one who is erased.
      if (each.time() <= middle || each.events().stream().noneMatch(erased)) {
        with.add(each);
      }
    }
    with.advance(middle, snoozes, CLOCK, records::add);
    records.clear();
    EntityEpisodes without = restored(with);
    without.forget(erased);
    without = restored(without);
    String bytes = new String(without.toBytes(), StandardCharsets.ISO_8859_1);
    for (Suspicion suspicion : suspicions) {
      for (Suspicion.Participant each : suspicion.events()) {
        if (erased.test(each)) {
          assertThat(bytes).doesNotContain(each.visitorId()).doesNotContain(each.eventId());
        }
      }
    }
    with.advance(END, snoozes, CLOCK, records::add);
    List<FraudAlert> left = new ArrayList<>();
    without.advance(END, snoozes, CLOCK, left::add);
    assertThat(left).as("seed %d", seed).hasSameSizeAs(records);
    for (int i = 0; i < left.size(); i++) {
      FraudAlert expected = records.get(i);
      FraudAlert actual = left.get(i);
      List<String> visitors = new ArrayList<>(expected.visitorIds());
      visitors.remove(Suspicions.visitor(1));
      assertThat(actual.visitorIds()).isEqualTo(visitors);
      assertThat(actual.revision()).isEqualTo(expected.revision());
      assertThat(actual.alertId()).isEqualTo(expected.alertId());
      assertThat(actual.severity()).isEqualTo(expected.severity());
      assertThat(actual.eventTime()).isEqualTo(expected.eventTime());
      assertThat(expected.orderIds()).containsAll(actual.orderIds());
    }
  }

  @Test
  void theRandomSuspicionsTryAllThatIsPromised() {
    int worse = 0;
    int again = 0;
    int snoozed = 0;
    int joined = 0;
    for (int seed : seeds().toArray()) {
      Random random = new Random(seed);
      List<Suspicion> suspicions = Suspicions.random(random);
      List<Control> controls = Suspicions.randomSnoozes(random);
      Map<String, FraudAlert> before = new HashMap<>();
      for (FraudAlert each : EpisodeOracle.records(suspicions, SETTINGS, controls, END, CLOCK)) {
        FraudAlert last = before.put(each.alertId(), each);
        if (each.state() == State.UPDATE) {
          boolean isWorse = last.severity() != each.severity() || last.action() != each.action();
          boolean isSnoozedOtherwise = !Objects.equals(last.suppressedBy(), each.suppressedBy());
          worse += isWorse ? 1 : 0;
          snoozed += isSnoozedOtherwise ? 1 : 0;
          joined += isWorse || isSnoozedOtherwise ? 0 : 1;
        } else if (each.state() == State.OPEN) {
          again += each.revision();
        }
      }
    }
    assertThat(List.of(worse, again, snoozed, joined)).allMatch(each -> each > 20);
  }
}
