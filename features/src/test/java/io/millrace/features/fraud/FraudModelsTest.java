package io.millrace.features.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.event.ModelSnapshotCodec;
import java.time.Clock;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FraudModelsTest {
  private static final FraudDeclaration DECLARATION = FtrlLearnerTest.DECLARATION;

  private static FraudModel learned(int lessons) {
    FtrlLearner learner = new FtrlLearner(DECLARATION, FtrlSettings.DEFAULT);
    for (Lesson each : FtrlLearnerTest.lessons(new Random(1), lessons)) {
      // The topic carries times of this century.
      long time = each.time() + 1_748_736_000_000L;
      learner.learn(
          new Lesson(each.payment(), time, each.active(), each.fraud(), each.correction()));
    }
    learner.hear(lessons);
    return learner.publish();
  }

  private static ModelSnapshot with(ModelSnapshot base, String id, String print, double[] weights) {
    return new ModelSnapshot(id, base.version() + 1, print, 1, 1, weights);
  }

  @Test
  void scoresAreTheSameBehindTheTopic() throws Exception {
    FraudModel model = learned(200);
    ModelSnapshot read =
        new ModelSnapshotCodec(Clock.systemUTC())
            .decode(ModelSnapshotCodec.encode(model.snapshot()));
    FraudModel again = FraudModel.of(read, DECLARATION);

    assertThat(FraudModel.is(read)).isTrue();
    assertThat(again.version()).isEqualTo(201);
    assertThat(again.baseline()).isEqualTo(model.baseline());
    for (Lesson lesson : FtrlLearnerTest.lessons(new Random(2), 50)) {
      assertThat(again.logOdds(lesson.active())).isEqualTo(model.logOdds(lesson.active()));
      assertThat(again.probability(lesson.active())).isEqualTo(model.probability(lesson.active()));
      assertThat(again.contributions(lesson.active()))
          .isEqualTo(model.contributions(lesson.active()));
    }
  }

  @Test
  void aSnapshotThatDoesNotFitIsRefusedAndTheLastGoodOneServesOn() throws Exception {
    FraudModels models = new FraudModels(DECLARATION);
    assertThat(models.current()).isEmpty();
    ModelSnapshot good = learned(200).snapshot();
    models.put(good);
    String id = good.modelId();
    String print = good.fingerprint();
    double[] short1 = Arrays.copyOf(good.weights(), good.weights().length - 1);
    double[] infinite = good.weights().clone();
    infinite[3] = Double.POSITIVE_INFINITY;
    double[] notANumber = good.weights().clone();
    notANumber[good.weights().length - 1] = Double.NaN;
    double[] huge = good.weights().clone();
    huge[2] = -1_001;

    assertRefused(models, with(good, "fraud:other", print, good.weights()), "fraud:few");
    assertRefused(models, with(good, "ranking:few", print, good.weights()), "fraud:few");
    assertRefused(models, with(good, id, "0123", good.weights()), "'0123'", print, "anew");
    assertRefused(models, with(good, id, print, short1), "23 numbers", "24");
    assertRefused(models, with(good, id, print, infinite), "Infinity at place 3", "-1000 to 1000");
    assertRefused(models, with(good, id, print, notANumber), "NaN at place 23");
    assertRefused(models, with(good, id, print, huge), "-1001.0 at place 2");
    assertThat(models.current().orElseThrow().snapshot()).isEqualTo(good);
    assertThat(models.all()).containsExactly(good);
  }

  private static void assertRefused(FraudModels models, ModelSnapshot bad, String... words) {
    InvalidEventException refusal =
        catchThrowableOfType(InvalidEventException.class, () -> models.put(bad));
    assertThat(refusal).isNotNull().hasMessageContainingAll(words);
    assertThat(refusal.field()).isNotEmpty();
    assertThat(refusal.getMessage()).startsWith(refusal.field());
  }

  @Test
  void theOneHeardLastScores() throws Exception {
    FraudModels models = new FraudModels(DECLARATION);
    for (int lessons : new int[] {10, 30, 20}) {
      models.put(learned(lessons).snapshot());
      assertThat(models.current().orElseThrow().version()).isEqualTo(lessons + 1);
    }
    assertThat(models.all()).hasSize(1);
  }

  @Test
  void aFrozenVersionScoresAsItWasFirstTold() throws Exception {
    FraudModels models = new FraudModels(DECLARATION, 31);
    models.put(learned(10).snapshot());
    assertThat(models.current()).isEmpty();
    ModelSnapshot first = learned(30).snapshot();
    models.put(first);
    assertThat(models.all()).containsExactly(first);
    models.put(
        new ModelSnapshot(
            first.modelId(), 31, first.fingerprint(), 1, 1, new double[first.weights().length]));
    models.put(learned(40).snapshot());

    FraudModels restored = new FraudModels(DECLARATION, 31);
    for (ModelSnapshot each : models.all()) {
      restored.put(each);
    }
    for (FraudModels each : new FraudModels[] {models, restored}) {
      assertThat(each.current().orElseThrow().snapshot()).isEqualTo(first);
      assertThat(each.all()).hasSize(2);
    }
  }
}
