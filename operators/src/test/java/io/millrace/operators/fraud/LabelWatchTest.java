package io.millrace.operators.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.fraud.FraudDeclaration;
import io.millrace.features.fraud.FraudDeclarations;
import io.millrace.features.watch.SignalPlan;
import io.millrace.operators.fraud.Passage.Phase;
import io.millrace.operators.fraud.ToLabels.Outcome;
import io.millrace.operators.state.KeyedHarness;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LabelWatchTest {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final String WAY = "device";
  private static final FraudDeclaration SHOPS =
      FraudDeclarations.shops().withMaturity(Duration.ofDays(7));
  private static final int RISK = SHOPS.place("device_risk_long");

  private KeyedHarness<ToLabels, Passage> subtask;

  @BeforeEach
  void start() throws Exception {
    subtask = start(null);
  }

  @AfterEach
  void stop() {
    subtask.close();
  }

  private static KeyedHarness<ToLabels, Passage> start(OperatorSubtaskState state)
      throws Exception {
    return start(state, SHOPS);
  }

  private static KeyedHarness<ToLabels, Passage> start(
      OperatorSubtaskState state, FraudDeclaration declaration) throws Exception {
    return new KeyedHarness<>(
        new LabelWatch(
            () -> new SignalPlan(declaration), WatchSettings.DEFAULT, Duration.ofDays(30)),
        ToLabels::key,
        Passage.TYPE.serializer(),
        state,
        1,
        1,
        0);
  }

  private void ask(Phase phase, String order, long time) throws Exception {
    subtask.process(new ToLabels(phase, WAY, "d", order, "e" + order, time, 1, null));
  }

  private void fraud(String order, long time) throws Exception {
    subtask.process(ToLabels.learn(WAY, "d", order, time, 1, new Outcome(true, false, false)));
  }

  @Test
  void aPaymentThatArrivesIsToldWhatIsKnown() throws Exception {
    ask(Phase.ARRIVE, "first", 10 * DAY);
    Passage before = subtask.take().get(0);
    assertThat(before.part()).isEqualTo(Passage.partOfLabels(0));
    fraud("bad", 2 * DAY);
    ask(Phase.ARRIVE, "second", 10 * DAY);
    Passage after = subtask.take().get(0);
    assertThat(after.phase()).isEqualTo(Phase.ARRIVE);
    assertThat(after.eventId()).isEqualTo("esecond");
    assertThat(after.signals()[RISK]).isGreaterThan(before.signals()[RISK]);
  }

  @Test
  void oneThatIsSettledWaitsForLabelsAndForARestore() throws Exception {
    ask(Phase.SETTLE, "o", 10 * DAY);
    subtask.watermark(10 * DAY - 1);
    assertThat(subtask.takeSide(LabelWatch.SETTLED)).isEmpty();
    OperatorSubtaskState state = subtask.snapshot();
    subtask.close();
    subtask = start(state);
    fraud("bad", 2 * DAY);
    subtask.watermark(10 * DAY);
    List<Passage> told = subtask.takeSide(LabelWatch.SETTLED);
    assertThat(told).singleElement().extracting(Passage::order).isEqualTo("o");
    ask(Phase.ARRIVE, "same", 10 * DAY);
    assertThat(told.get(0).signals()).isEqualTo(subtask.take().get(0).signals());
    subtask.watermark(11 * DAY);
    assertThat(subtask.takeSide(LabelWatch.SETTLED)).isEmpty();
  }

  @Test
  void oneBehindTimeIsToldAtOnce() throws Exception {
    subtask.watermark(10 * DAY);
    ask(Phase.SETTLE, "o", 10 * DAY);
    assertThat(subtask.takeSide(LabelWatch.SETTLED))
        .extracting(Passage::order)
        .containsExactly("o");
  }

  @Test
  void whatWasAskedByAnotherDeclarationIsNotTold() throws Exception {
    ask(Phase.SETTLE, "o", 10 * DAY);
    OperatorSubtaskState state = subtask.snapshot();
    subtask.close();
    subtask = start(state, FraudDeclarations.shops().withMaturity(Duration.ofDays(3)));
    subtask.snapshot();
    subtask.watermark(11 * DAY);
    assertThat(subtask.takeSide(LabelWatch.SETTLED)).isEmpty();
    subtask.snapshot();
  }

  @Test
  void oneThatIsForgottenIsToldNothingAtOnceAndOthersWait() throws Exception {
    fraud("bad", 2 * DAY);
    ask(Phase.SETTLE, "gone", 10 * DAY);
    ask(Phase.SETTLE, "stays", 10 * DAY);
    subtask.process(ToLabels.forget(WAY, "d", "gone", 10 * DAY));
    assertThat(subtask.takeSide(LabelWatch.SETTLED))
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.order()).isEqualTo("gone");
              assertThat(told.signals()).isNull();
            });
    subtask.watermark(10 * DAY);
    assertThat(subtask.takeSide(LabelWatch.SETTLED))
        .singleElement()
        .extracting(Passage::order)
        .isEqualTo("stays");
  }
}
