package io.millrace.operators.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.Order;
import io.millrace.features.fraud.FraudDeclaration;
import io.millrace.features.fraud.FraudDeclarations;
import io.millrace.features.watch.SignalPlan;
import io.millrace.operators.fraud.Passage.Phase;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.state.TwoInputHarness;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LabelKeeperTest {
  private static final FraudDeclaration SHOPS = FraudDeclarations.shops();
  private static final int DEVICE = Passage.part(Entity.DEVICE);

  private TwoInputHarness<Passage, Fact<FraudLabel>, Passage> subtask;

  @BeforeEach
  void start() throws Exception {
    subtask = start(null, SHOPS);
  }

  @AfterEach
  void stop() {
    subtask.close();
  }

  private static TwoInputHarness<Passage, Fact<FraudLabel>, Passage> start(
      OperatorSubtaskState state, FraudDeclaration declaration) throws Exception {
    FraudSettings settings = FraudSettings.of(() -> declaration);
    return new TwoInputHarness<>(
        new LabelKeeper(
            () -> new SignalPlan(declaration), settings.maturing(), WatchSettings.DEFAULT),
        Passage::order,
        Fact::key,
        Passage.TYPE.serializer(),
        state,
        1,
        1,
        0);
  }

  private void restart(FraudDeclaration declaration) throws Exception {
    OperatorSubtaskState state = subtask.snapshot();
    subtask.close();
    subtask = start(state, declaration);
  }

  private void send() throws Exception {
    Order payment = Order.placed("e", "o", 100, "v", "EUR", List.of());
    subtask.first(Passage.settle(payment, SHOPS.observation(), 1L << DEVICE));
  }

  private void tell(double customers) throws Exception {
    double[] signals = SHOPS.observation();
    signals[SHOPS.place("device_customers")] = customers;
    subtask.first(Passage.told(Phase.SETTLE, "o", "e", DEVICE, signals, List.of()));
  }

  @Test
  void whatIsGatheredGoesOnAfterARestore() throws Exception {
    send();
    restart(SHOPS);
    assertThat(subtask.take()).isEmpty();
    tell(3);
    assertThat(subtask.take())
        .singleElement()
        .satisfies(
            whole -> assertThat(whole.signals()[SHOPS.place("device_customers")]).isEqualTo(3));
  }

  @Test
  void whatWasGatheredByAnotherDeclarationMeansNothing() throws Exception {
    send();
    restart(SHOPS.withMaturity(Duration.ofDays(3)));
    subtask.snapshot();
    assertThat(subtask.take()).isEmpty();
  }

  @Test
  void anErasedPaymentDoesNotGoOn() throws Exception {
    send();
    subtask.first(Passage.forget("o", new Trail(new String[Entity.values().length]), 100));
    assertThat(subtask.take()).singleElement().extracting(Passage::phase).isEqualTo(Phase.FORGET);
    tell(3);
    assertThat(subtask.take()).isEmpty();
    subtask.snapshot();
  }
}
