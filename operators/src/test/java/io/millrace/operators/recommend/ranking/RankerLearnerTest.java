package io.millrace.operators.recommend.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.ranking.RankingExample;
import io.millrace.features.ranking.RankingFeatures;
import io.millrace.features.ranking.RankingLearner;
import io.millrace.operators.state.KeyedHarness;
import io.millrace.operators.types.EventTypes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** What is learned from a stream of examples is what a plain loop over them learns. */
class RankerLearnerTest {
  private static final int EXAMPLES = 300;
  private static final int EVERY = 64;
  private static final long APART_MS = 100;

  private static KeyedHarness<RankingExample, ModelSnapshot> open(
      OperatorSubtaskState state, int before, int parallelism, int subtask) throws Exception {
    return new KeyedHarness<>(
        new RankerLearner(EVERY),
        example -> RankerLearner.KEY,
        EventTypes.MODEL_SNAPSHOT.serializer(),
        state,
        before,
        parallelism,
        subtask);
  }

  private static List<RankingExample> examples(Random random) throws Exception {
    List<RankingExample> examples = new ArrayList<>();
    for (int i = 0; i < EXAMPLES; i++) {
      float[] features = new float[(2 + random.nextInt(20)) * RankingFeatures.COUNT];
      for (int k = 0; k < features.length; k++) {
        features[k] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
      }
      int clicked = random.nextInt(features.length / RankingFeatures.COUNT);
      examples.add(RankingExample.of(i * APART_MS, random.nextInt(100), features, clicked, 1));
    }
    return examples;
  }

  private static List<ModelSnapshot> plainLoop(List<RankingExample> examples) {
    RankingLearner learner = new RankingLearner();
    List<ModelSnapshot> versions = new ArrayList<>();
    for (RankingExample example : examples) {
      if (learner.learn(example) == RankingLearner.Outcome.LEARNED
          && learner.examples() % EVERY == 0) {
        versions.add(learner.publish().snapshot());
      }
    }
    return versions;
  }

  /** In blocks, each out of order, a watermark behind each. */
  @Test
  void anyOrderWithinTheLatenessRestartsAndRescalingTeachTheSame() throws Exception {
    for (long seed = 1; seed <= 10; seed++) {
      Random random = new Random(seed);
      List<RankingExample> examples = examples(random);
      List<ModelSnapshot> published = new ArrayList<>();
      OperatorSubtaskState state = null;
      int before = 1;
      for (int from = 0; from < EXAMPLES; ) {
        int parallelism = 1 + random.nextInt(3);
        int subtask = KeyedHarness.subtaskOf(RankerLearner.KEY, parallelism);
        try (var learner = open(state, before, parallelism, subtask)) {
          int to = Math.min(EXAMPLES, from + 1 + random.nextInt(80));
          List<RankingExample> block = new ArrayList<>(examples.subList(from, to));
          Collections.shuffle(block, random);
          for (RankingExample example : block) {
            learner.process(example);
          }
          // Some wait over the restart.
          learner.watermark(to == EXAMPLES ? Long.MAX_VALUE : (to - 5) * APART_MS);
          published.addAll(learner.take());
          state = learner.snapshot();
          before = parallelism;
          from = to;
        }
      }

      assertThat(published).as("seed %d", seed).isEqualTo(plainLoop(examples)).hasSize(4);
    }
  }

  @Test
  void nothingIsLearnedBeforeTheWatermark() throws Exception {
    try (var learner = open(null, 1, 1, 0)) {
      for (RankingExample example : examples(new Random(3))) {
        learner.process(example);
      }
      assertThat(learner.take()).isEmpty();
      learner.watermark((EVERY - 2) * APART_MS);
      assertThat(learner.take()).isEmpty();

      learner.watermark((EVERY - 1) * APART_MS);

      assertThat(learner.take()).extracting(ModelSnapshot::version).containsExactly(1L);
    }
  }
}
