package io.millrace.operators.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.fraud.FraudDeclaration;
import io.millrace.features.fraud.FraudDeclarations;
import io.millrace.features.watch.SignalPlan;
import io.millrace.operators.fraud.Passage.Phase;
import io.millrace.operators.state.TwoInputHarness;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EntityWatchTest {
  private static final FraudDeclaration SHOPS = FraudDeclarations.shops();
  private static final int CUSTOMERS = SHOPS.place("device_customers");

  private TwoInputHarness<ToEntity, AdmittedRule, Passage> subtask;

  @BeforeEach
  void start() throws Exception {
    subtask = start(null);
  }

  @AfterEach
  void stop() {
    subtask.close();
  }

  private static TwoInputHarness<ToEntity, AdmittedRule, Passage> start(OperatorSubtaskState state)
      throws Exception {
    return new TwoInputHarness<>(
        new EntityWatch(
            List.of(Entity.DEVICE, Entity.IP), () -> new SignalPlan(SHOPS), WatchSettings.DEFAULT),
        ToEntity::key,
        null,
        Passage.TYPE.serializer(),
        state,
        1,
        1,
        0);
  }

  private static Order order(String id, String visitor, long time) {
    Order.Details details =
        new Order.Details(
            10.0,
            null,
            null,
            Order.Payment.NONE,
            "d",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    return new Order(
        "e" + id, id, OrderStatus.PLACED, time, visitor, null, "EUR", List.of(), details);
  }

  private void send(Phase phase, Order order) throws Exception {
    subtask.first(ToEntity.about(phase, Entity.DEVICE, "d", order));
  }

  private List<Passage> settled() {
    return subtask.takeSide(EntityWatch.SETTLED);
  }

  @Test
  void anOrderThatArrivesIsToldWhatIsKnownAndASettledOneWhatIsBeforeIt() throws Exception {
    Order late = order("late", "b", 20);
    Order early = order("early", "a", 10);
    send(Phase.ARRIVE, late);
    assertThat(subtask.take()).singleElement().extracting(Passage::order).isEqualTo("late");
    send(Phase.ARRIVE, early);
    send(Phase.SETTLE, late);
    send(Phase.SETTLE, early);
    assertThat(settled()).isEmpty();
    subtask.watermark(30);
    assertThat(settled())
        .extracting(told -> told.order() + ' ' + told.part() + ' ' + told.signals()[CUSTOMERS])
        .containsExactly("early 2 1.0", "late 2 2.0");
  }

  @Test
  void oneThatNobodyAskedAboutIsNotTold() throws Exception {
    send(Phase.ARRIVE, order("o", "a", 10));
    subtask.watermark(30);
    assertThat(settled()).isEmpty();
  }

  @Test
  void whatWaitsGoesOnWaitingAfterARestore() throws Exception {
    Order order = order("o", "a", 10);
    send(Phase.ARRIVE, order);
    send(Phase.SETTLE, order);
    OperatorSubtaskState state = subtask.snapshot();
    subtask.close();
    subtask = start(state);
    subtask.watermark(9);
    assertThat(settled()).isEmpty();
    subtask.watermark(10);
    assertThat(settled()).extracting(Passage::order).containsExactly("o");
  }

  @Test
  void anOrderBehindTimeIsToldAtOnceWhenItIsSettled() throws Exception {
    Order order = order("o", "a", 10);
    subtask.watermark(10);
    send(Phase.ARRIVE, order);
    subtask.watermark(11);
    assertThat(settled()).isEmpty();
    send(Phase.SETTLE, order);
    assertThat(settled()).extracting(Passage::order).containsExactly("o");
  }

  @Test
  void theOrderOfWhomIsForgottenIsToldNothingAndOthersAreTold() throws Exception {
    Order gone = order("gone", "a", 10);
    Order stays = order("stays", "b", 10);
    for (Order each : List.of(gone, stays)) {
      send(Phase.ARRIVE, each);
      send(Phase.SETTLE, each);
    }
    subtask.first(ToEntity.forget(Entity.DEVICE, "d", "a", 10));
    assertThat(settled())
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.order()).isEqualTo("gone");
              assertThat(told.signals()).isNull();
            });
    subtask.watermark(30);
    assertThat(settled()).extracting(Passage::order).containsExactly("stays");
  }
}
