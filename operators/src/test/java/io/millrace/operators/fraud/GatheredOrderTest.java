package io.millrace.operators.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.FraudRule.Severity;
import io.millrace.features.event.Order;
import io.millrace.operators.fraud.Passage.Hit;
import io.millrace.operators.fraud.Passage.Phase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GatheredOrderTest {
  private static final long NOW = 1_000;
  private static final double NONE = Double.NaN;
  private static final int CARD = Passage.part(Entity.CARD);
  private static final int IP = Passage.part(Entity.IP);
  private static final int LABELS = Passage.partOfLabels(1);
  private static final long ASKED = 1L << CARD | 1L << IP | 1L << LABELS;

  private final GatheredOrder order = new GatheredOrder();

  private Passage add(Passage passage) {
    return order.add(passage, NOW);
  }

  private static Order payment(String event, long time) {
    return Order.placed(event, "o", time, "v", "EUR", List.of());
  }

  private static Passage sent(String event) {
    return Passage.settle(payment(event, 100), new double[] {1, NONE, NONE, NONE}, ASKED);
  }

  private static Passage told(String event, int part, double... signals) {
    return Passage.told(
        Phase.SETTLE,
        "o",
        event,
        part,
        signals,
        List.of(new Hit("rule-" + part, Severity.LOW, Action.MONITOR)));
  }

  private static List<Passage> all(String event) {
    return new ArrayList<>(
        List.of(
            sent(event),
            told(event, CARD, NONE, 2, NONE, NONE),
            told(event, IP, NONE, NONE, NONE, NONE),
            told(event, LABELS, NONE, NONE, NONE, 4)));
  }

  @Test
  void isWholeWithTheLastOfThoseWhoWereAskedWhateverTheOrder() {
    Random random = new Random(3);
    for (int i = 0; i < 50; i++) {
      List<Passage> parts = all("e");
      Collections.shuffle(parts, random);
      for (Passage part : parts.subList(0, parts.size() - 1)) {
        assertThat(add(part)).isNull();
      }
      Passage whole = add(parts.get(parts.size() - 1));
      assertThat(whole.signals()).containsExactly(1, 2, NONE, 4);
      assertThat(whole.hits())
          .extracting(Hit::rule)
          .containsExactly("rule-" + CARD, "rule-" + IP, "rule-" + LABELS);
      assertThat(whole.asked()).isZero();
      assertThat(whole.payment().eventId()).isEqualTo("e");
      assertThat(order.isEmpty()).isTrue();
    }
  }

  @Test
  void tellsApartTheEventsOfAnOrderAndThePhases() {
    add(sent("one"));
    add(told("one", CARD, NONE, 2, NONE, NONE));
    add(told("one", IP, NONE, NONE, NONE, NONE));
    assertThat(add(told("other", LABELS, NONE, NONE, NONE, 4))).isNull();
    Passage arrived =
        Passage.told(
            Phase.ARRIVE, "o", "one", LABELS, new double[] {NONE, NONE, NONE, 9}, List.of());
    assertThat(add(arrived)).isNull();
    assertThat(add(told("one", LABELS, NONE, NONE, NONE, 4)).signals())
        .containsExactly(1, 2, NONE, 4);
  }

  @Test
  void aForgottenPaymentIsNeverWholeAndLeavesNothingOnceAllHaveTold() {
    for (int before = 0; before < 4; before++) {
      List<Passage> parts = all("e");
      parts.subList(0, before + 1).forEach(this::add);
      order.forget(100);
      for (Passage part : parts.subList(before + 1, parts.size())) {
        assertThat(order.payments().get(0).sent).isNull();
        assertThat(order.payments().get(0).told).isEmpty();
        assertThat(add(part)).isNull();
      }
      assertThat(order.isEmpty()).isTrue();
    }
  }

  @Test
  void aLaterPaymentIsNotForgotten() {
    List<Passage> parts = all("e");
    parts.subList(0, 3).forEach(this::add);
    order.forget(99);
    assertThat(add(parts.get(3))).isNotNull();
  }

  @Test
  void isNeverWholeIfOneWhoWasAskedHasForgottenIt() {
    List<Passage> parts = all("e");
    parts.set(2, told("e", IP, (double[]) null));
    for (Passage part : parts) {
      assertThat(add(part)).isNull();
    }
    assertThat(order.isEmpty()).isTrue();
  }

  @Test
  void isGivenUpAfterALongTime() {
    add(sent("old"));
    order.add(told("new", CARD, NONE, 2, NONE, NONE), NOW + 1);
    assertThat(order.giveUp(NOW)).isZero();
    assertThat(order.giveUp(NOW + 1)).isEqualTo(1);
    assertThat(order.payments()).extracting(each -> each.eventId).containsExactly("new");
  }
}
