package io.millrace.features.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MaturingTest {
  private static final MaturingSettings SETTINGS =
      new MaturingSettings(Duration.ofMillis(100), Duration.ofMillis(200), 1_000);

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  /** A payment, or a label: something that arrives. */
  private record Arrival(long time, long payment, int[] active, boolean fraud) {
    private boolean isLabel() {
      return active == null;
    }

    private boolean into(Maturing maturing) {
      return isLabel() ? maturing.label(payment, time, fraud) : maturing.add(payment, time, active);
    }
  }

  private static Arrival label(long payment, long given, boolean fraud) {
    return new Arrival(given, payment, null, fraud);
  }

  private static Arrival payment(long payment, long time) {
    return new Arrival(time, payment, new int[] {0, (int) payment + 1, 5}, false);
  }

  /** A lesson and when it is given. */
  private record Given(long at, long time, long payment, boolean fraud, boolean correction) {
    private static final Comparator<Given> ORDER =
        Comparator.comparingLong(Given::at)
            .thenComparingLong(Given::time)
            .thenComparingLong(Given::payment);
  }

  private static List<Arrival> arrivals(Random random) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int payment = 0; payment < 40; payment++) {
      long time = random.nextInt(500);
      arrivals.add(payment(payment, time));
      for (int labels = random.nextInt(4); labels > 0; labels--) {
        // On the edges too: by the horizon, just after it, at the end of corrections and after.
        int[] edges = {0, 99, 100, 101, 299, 300, 301, random.nextInt(350), random.nextInt(350)};
        long given = time + edges[random.nextInt(edges.length)];
        arrivals.add(label(payment, given, random.nextBoolean()));
      }
    }
    Collections.shuffle(arrivals, random);
    return arrivals;
  }

  /** The rules, payment by payment, knowing all that ever arrives. */
  private static List<Given> naive(List<Arrival> arrivals) {
    List<Given> given = new ArrayList<>();
    for (Arrival payment : arrivals) {
      if (payment.isLabel()) {
        continue;
      }
      boolean taught = false;
      boolean learned = false;
      for (long at = payment.time(); at <= payment.time() + 300; at++) {
        boolean fraud = false;
        boolean any = false;
        for (Arrival label : arrivals) {
          if (label.isLabel() && label.payment() == payment.payment() && label.time() == at) {
            any = true;
            fraud |= label.fraud();
          }
        }
        if (learned && any && fraud != taught) {
          given.add(new Given(at, payment.time(), payment.payment(), fraud, true));
        }
        taught = any ? fraud : taught;
        if (at == payment.time() + 100) {
          learned = true;
          given.add(new Given(at, payment.time(), payment.payment(), taught, false));
        }
      }
    }
    given.sort(Given.ORDER);
    return given;
  }

  private static Given given(long at, Lesson lesson) {
    assertThat(lesson.active()).containsExactly(0, (int) lesson.payment() + 1, 5);
    return new Given(at, lesson.time(), lesson.payment(), lesson.fraud(), lesson.correction());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void equalsTheRulesWhateverArrivesFirst(int seed) {
    Random random = new Random(seed);
    List<Arrival> arrivals = arrivals(random);
    Maturing maturing = new Maturing(SETTINGS);
    arrivals.forEach(arrival -> assertThat(arrival.into(maturing)).isTrue());

    List<Given> actual = new ArrayList<>();
    for (long at = 0; at <= 1_500; at++) {
      for (Lesson lesson : maturing.advance(at)) {
        actual.add(given(at, lesson));
      }
    }
    assertThat(actual).as("seed %d", seed).isEqualTo(naive(arrivals));
    assertThat(maturing.size()).isZero();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void arrivalWithinTheLatenessAndStoringChangeNothing(int seed) {
    Random random = new Random(seed);
    List<Arrival> arrivals = arrivals(random);
    List<Arrival> disordered = new ArrayList<>(arrivals);
    List<Long> due = new ArrayList<>();
    disordered.forEach(arrival -> due.add(arrival.time() + random.nextInt(20)));
    List<Integer> order = new ArrayList<>(IntStream.range(0, due.size()).boxed().toList());
    order.sort(Comparator.comparingLong(due::get));
    Maturing maturing = new Maturing(SETTINGS);
    List<Given> actual = new ArrayList<>();
    long passed = -1;
    for (int i : order) {
      long watermark = due.get(i) - 20;
      for (; passed < watermark; passed++) {
        for (Lesson lesson : maturing.advance(passed + 1)) {
          actual.add(given(passed + 1, lesson));
        }
      }
      disordered.get(i).into(maturing);
      byte[] bytes = maturing.toBytes();
      maturing = Maturing.ofBytes(bytes, SETTINGS);
      assertThat(maturing.toBytes()).isEqualTo(bytes);
    }
    for (; passed < 1_500; passed++) {
      for (Lesson lesson : maturing.advance(passed + 1)) {
        actual.add(given(passed + 1, lesson));
      }
    }
    assertThat(actual).as("seed %d", seed).isEqualTo(naive(arrivals));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void paymentsByThemselvesAreTaughtTheSame(int seed) {
    List<Arrival> arrivals = arrivals(new Random(seed));
    List<Given> actual = new ArrayList<>();
    // Looked at when they say, and late: what is due by then comes all the same.
    int late = seed % 3;
    for (long id = 0; id < 40; id++) {
      MaturingPayment payment = new MaturingPayment(id);
      for (Arrival arrival : arrivals) {
        if (arrival.payment() == id && arrival.isLabel()) {
          payment.label(arrival.time(), arrival.fraud());
        } else if (arrival.payment() == id) {
          assertThat(payment.isKnown()).isFalse();
          payment.arrive(arrival.time(), arrival.active());
          payment.arrive(arrival.time() + 1, arrival.active());
        }
        payment = MaturingPayment.ofBytes(payment.toBytes());
      }
      long at = payment.due(SETTINGS) + late;
      while (!payment.isOver(at, SETTINGS)) {
        for (Lesson lesson : payment.advance(at, SETTINGS)) {
          actual.add(given(at, lesson));
        }
        payment = MaturingPayment.ofBytes(payment.toBytes());
        at = payment.due(SETTINGS) + late;
      }
      assertThat(payment.advance(at, SETTINGS)).isEmpty();
    }
    List<Given> expected = naive(arrivals);
    assertThat(actual).as("seed %d", seed).hasSameSizeAs(expected);
    if (late == 0) {
      actual.sort(Given.ORDER);
      assertThat(actual).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void aPaymentLookedAtLateGivesAllItsLessonsAtOnce() {
    MaturingPayment payment = new MaturingPayment(1);
    payment.arrive(0, new int[] {0, 2, 5});
    payment.label(150, true);
    payment.label(200, false);
    payment.label(250, false);

    assertThat(payment.advance(1_000, SETTINGS))
        .extracting(Lesson::fraud)
        .containsExactly(false, true, false);
    assertThat(payment.isOver(1_000, SETTINGS)).isTrue();
  }

  @Test
  void aLabelThatArrivesBehindTimeIsDueAtOnce() {
    Maturing maturing = new Maturing(SETTINGS);
    payment(1, 0).into(maturing);
    label(1, 50, false).into(maturing);
    assertThat(maturing.advance(120)).singleElement().matches(lesson -> !lesson.fraud());

    // Given by the horizon and heard of behind it; older than the one that counted, it is void.
    label(1, 40, true).into(maturing);
    assertThat(maturing.advance(120)).isEmpty();
    label(1, 60, true).into(maturing);
    assertThat(maturing.advance(120))
        .singleElement()
        .matches(lesson -> lesson.fraud() && lesson.correction());
    label(1, 60, true).into(maturing);
    assertThat(maturing.advance(130)).isEmpty();
  }

  @Test
  void aPaymentBeginsOnce() {
    Maturing maturing = new Maturing(SETTINGS);
    assertThat(payment(1, 0).into(maturing)).isTrue();
    assertThat(payment(1, 7).into(maturing)).isFalse();
    assertThat(maturing.advance(100)).hasSize(1);
    assertThat(payment(1, 0).into(maturing)).isFalse();
    assertThat(maturing.advance(300)).isEmpty();
    assertThat(maturing.size()).isOne();
    maturing.advance(301);
    assertThat(maturing.size()).isZero();
  }

  @Test
  void aFloodIsNotTakenAndWhatIsHereStays() {
    Maturing maturing =
        new Maturing(new MaturingSettings(Duration.ofMillis(100), Duration.ZERO, 2));
    assertThat(payment(1, 0).into(maturing)).isTrue();
    assertThat(payment(2, 0).into(maturing)).isTrue();
    assertThat(payment(3, 0).into(maturing)).isFalse();
    assertThat(label(4, 1, true).into(maturing)).isFalse();
    assertThat(label(2, 1, true).into(maturing)).isTrue();
    assertThat(maturing.refused()).isEqualTo(2);
    Maturing restored =
        Maturing.ofBytes(
            maturing.toBytes(), new MaturingSettings(Duration.ofMillis(100), Duration.ZERO, 2));
    assertThat(restored.refused()).isEqualTo(2);
    assertThat(restored.advance(100)).extracting(Lesson::fraud).containsExactly(false, true);
    restored.advance(101);
    assertThat(payment(3, 0).into(restored)).isTrue();
  }

  @Test
  void manyLabelsOfOnePaymentAreBounded() {
    Maturing maturing = new Maturing(SETTINGS);
    payment(1, 0).into(maturing);
    for (int i = 0; i < 1_000; i++) {
      label(1, i % 100, i % 100 == 99).into(maturing);
    }
    assertThat(maturing.toBytes().length).isLessThan(60);
    assertThat(maturing.advance(100)).singleElement().matches(Lesson::fraud);
  }

  @Test
  void labelsOfPaymentsThatNeverComeAreForgotten() {
    Maturing maturing = new Maturing(SETTINGS);
    label(1, 1_000, true).into(maturing);
    maturing.advance(1_300);
    assertThat(maturing.size()).isOne();
    assertThat(maturing.advance(1_301)).isEmpty();
    assertThat(maturing.size()).isZero();
  }

  @Test
  void refusesAStateOfALaterRelease() {
    byte[] state = new Maturing(SETTINGS).toBytes();
    state[0] = 99;
    assertThatThrownBy(() -> Maturing.ofBytes(state, SETTINGS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("99");
  }
}
