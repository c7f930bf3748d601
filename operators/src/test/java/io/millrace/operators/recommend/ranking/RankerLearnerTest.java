package io.millrace.operators.recommend.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.ranking.RankingExample;
import io.millrace.features.ranking.RankingFeatures;
import io.millrace.features.ranking.RankingLearner;
import io.millrace.features.ranking.RankingModel;
import io.millrace.operators.state.KeyedHarness;
import io.millrace.operators.state.TwoInputHarness;
import io.millrace.operators.types.EventTypes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What is learned from a stream of examples is what a plain loop over them learns. */
class RankerLearnerTest {
  private static final int EXAMPLES = 900;
  private static final int EVERY = 100;
  private static final long APART_MS = 100;
  private static final String[] SEGMENTS = {"default", "app", "web"};

  private static TwoInputHarness<RankingExample, ModelSnapshot, ModelSnapshot> open(
      OperatorSubtaskState state, int before, int parallelism, int subtask) throws Exception {
    return new TwoInputHarness<>(
        new RankerLearner(EVERY),
        RankerLearner::key,
        null,
        EventTypes.MODEL_SNAPSHOT.serializer(),
        state,
        before,
        parallelism,
        subtask);
  }

  private static RankingExample example(Random random, String segment, long time) throws Exception {
    float[] features = new float[(2 + random.nextInt(20)) * RankingFeatures.COUNT];
    for (int k = 0; k < features.length; k++) {
      features[k] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
    }
    int clicked = random.nextInt(features.length / RankingFeatures.COUNT);
    return RankingExample.of(segment, time, random.nextInt(100), features, clicked, 1);
  }

  private static List<RankingExample> examples(Random random) throws Exception {
    List<RankingExample> examples = new ArrayList<>();
    for (int i = 0; i < EXAMPLES; i++) {
      examples.add(example(random, SEGMENTS[random.nextInt(3)], i * APART_MS));
    }
    return examples;
  }

  /** The versions of a segment: of 32 and 64 examples, then of every hundred, then of all. */
  private static List<ModelSnapshot> plainLoop(List<RankingExample> examples, String segment) {
    RankingLearner learner = new RankingLearner();
    List<ModelSnapshot> versions = new ArrayList<>();
    for (RankingExample example : examples) {
      if (example.segment().equals(segment)
          && learner.learn(example) == RankingLearner.Outcome.LEARNED
          && (learner.examples() == 32
              || learner.examples() == 64
              || learner.examples() % EVERY == 0)) {
        versions.add(learner.publish(segment).snapshot());
      }
    }
    return versions;
  }

  /** In blocks, each out of order, a watermark behind each; each segment on its own. */
  @Test
  void anyOrderWithinTheLatenessRestartsAndRescalingTeachTheSame() throws Exception {
    for (long seed = 1; seed <= 10; seed++) {
      Random random = new Random(seed);
      List<RankingExample> examples = examples(random);
      Map<String, List<ModelSnapshot>> published = new TreeMap<>();
      OperatorSubtaskState state = null;
      int before = 1;
      for (int from = 0; from < EXAMPLES; ) {
        int parallelism = 1 + random.nextInt(3);
        int to = Math.min(EXAMPLES, from + 1 + random.nextInt(200));
        List<RankingExample> block = new ArrayList<>(examples.subList(from, to));
        Collections.shuffle(block, random);
        OperatorSubtaskState[] states = new OperatorSubtaskState[parallelism];
        for (int subtask = 0; subtask < parallelism; subtask++) {
          try (var learner = open(state, before, parallelism, subtask)) {
            for (RankingExample example : block) {
              if (KeyedHarness.subtaskOf(RankerLearner.key(example), parallelism) == subtask) {
                learner.first(example);
              }
            }
            // Some wait over the restart.
            learner.watermark(to == EXAMPLES ? Long.MAX_VALUE : (to - 5) * APART_MS);
            for (ModelSnapshot version : learner.take()) {
              published
                  .computeIfAbsent(version.modelId(), unused -> new ArrayList<>())
                  .add(version);
            }
            states[subtask] = learner.snapshot();
          }
        }
        state = AbstractStreamOperatorTestHarness.repackageState(states);
        before = parallelism;
        from = to;
      }

      for (String segment : SEGMENTS) {
        assertThat(published.get(RankingModel.id(segment)))
            .as("seed %d, %s", seed, segment)
            .isEqualTo(plainLoop(examples, segment))
            .hasSizeGreaterThan(3);
      }
    }
  }

  @Test
  void nothingIsLearnedBeforeTheWatermark() throws Exception {
    try (var learner = open(null, 1, 1, 0)) {
      Random random = new Random(3);
      for (int i = 0; i < 40; i++) {
        learner.first(example(random, "default", i * APART_MS));
      }
      assertThat(learner.take()).isEmpty();
      learner.watermark(30 * APART_MS);
      assertThat(learner.take()).isEmpty();

      learner.watermark(31 * APART_MS);

      assertThat(learner.take()).extracting(ModelSnapshot::version).containsExactly(1L);
    }
  }

  @Test
  void oneWithoutStateGoesOnFromTheNewestVersion() throws Exception {
    RankingLearner earlier = new RankingLearner();
    Random random = new Random(4);
    for (int i = 0; i < 50; i++) {
      earlier.learn(example(random, "web", i * APART_MS));
    }
    ModelSnapshot first = earlier.publish("web").snapshot();
    for (int i = 0; i < 20; i++) {
      earlier.learn(example(random, "web", 5_000 + i * APART_MS));
    }
    earlier.publish("web");
    earlier.publish("web");
    ModelSnapshot newest = earlier.publish("web").snapshot();
    try (var learner = open(null, 1, 1, 0)) {
      // A topic that was not compacted yet.
      learner.second(first);
      learner.second(newest);
      for (int i = 70; i < 100; i++) {
        learner.first(example(random, "web", i * APART_MS));
      }
      learner.watermark(Long.MAX_VALUE);

      List<ModelSnapshot> versions = learner.take();
      assertThat(versions).extracting(ModelSnapshot::version).containsExactly(5L);
      assertThat(versions.get(0).examples()).isEqualTo(100);
      double moved = 0;
      for (int i = 0; i < RankingFeatures.COUNT; i++) {
        moved = Math.max(moved, Math.abs(versions.get(0).weights()[i] - newest.weights()[i]));
      }
      assertThat(moved).isBetween(1e-9, .5);
    }
  }

  @Test
  void oneThatHasLearnedOnlyNumbersItsVersionsOn() throws Exception {
    Random random = new Random(5);
    List<RankingExample> examples = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      examples.add(example(random, "default", i * APART_MS));
    }
    RankingLearner alone = new RankingLearner();
    examples.forEach(alone::learn);
    try (var learner = open(null, 1, 1, 0)) {
      for (RankingExample example : examples.subList(0, 40)) {
        learner.first(example);
      }
      learner.watermark(39 * APART_MS);
      learner.second(
          new ModelSnapshot(
              RankingModel.id("default"),
              7,
              RankingFeatures.fingerprint(),
              900,
              1,
              new double[RankingFeatures.COUNT]));
      for (RankingExample example : examples.subList(40, 64)) {
        learner.first(example);
      }
      learner.watermark(Long.MAX_VALUE);

      List<ModelSnapshot> versions = learner.take();
      assertThat(versions).extracting(ModelSnapshot::version).containsExactly(1L, 8L);
      assertThat(versions.get(1).weights())
          .isEqualTo(alone.publish("default").snapshot().weights());
    }
  }

  @Test
  void versionsOutOfAllBoundsAreNotHeard() throws Exception {
    double[] weights = new double[RankingFeatures.COUNT];
    try (var learner = open(null, 1, 1, 0)) {
      String fingerprint = RankingFeatures.fingerprint();
      String id = RankingModel.id("default");
      learner.second(new ModelSnapshot(id, 1L << 62, fingerprint, 1, 1, weights));
      learner.second(new ModelSnapshot(id, 9, fingerprint, Long.MAX_VALUE, 1, weights));
      Random random = new Random(8);
      for (int i = 0; i < 32; i++) {
        learner.first(example(random, "default", i));
      }
      learner.watermark(Long.MAX_VALUE);

      List<ModelSnapshot> versions = learner.take();
      assertThat(versions).extracting(ModelSnapshot::version).containsExactly(1L);
      assertThat(versions.get(0).examples()).isEqualTo(32);
    }
  }

  @Test
  void versionsOfOthersAndOfOtherFeaturesTeachNothing() throws Exception {
    double[] weights = new double[RankingFeatures.COUNT];
    try (var learner = open(null, 1, 1, 0)) {
      learner.second(new ModelSnapshot("fraud:card", 9, "f", 1, 1, weights));
      learner.second(new ModelSnapshot(RankingModel.id("default"), 9, "other", 1, 1, weights));
      Random random = new Random(6);
      for (int i = 0; i < 32; i++) {
        learner.first(example(random, "default", i));
      }
      learner.watermark(Long.MAX_VALUE);

      assertThat(learner.take()).extracting(ModelSnapshot::version).containsExactly(1L);
    }
  }

  @Test
  void segmentsAreBounded() throws Exception {
    try (var learner = open(null, 1, 1, 0)) {
      Random random = new Random(7);
      for (int i = 0; i < 40 * 200; i++) {
        learner.first(example(random, "s" + i % 200, i));
      }
      learner.watermark(9_000);

      assertThat(learner.take()).extracting(ModelSnapshot::modelId).hasSize(64);

      // A day later, one that is silent makes room, and leaves nothing behind.
      for (int i = 0; i < 40; i++) {
        learner.first(example(random, "later", RankingModel.SILENT_MS + 10_000 + i));
      }
      learner.watermark(Long.MAX_VALUE);
      assertThat(learner.take())
          .extracting(ModelSnapshot::modelId)
          .containsOnly(RankingModel.id("later"));
      learner.snapshot();
      assertThat(learner.stateEntries()).isLessThanOrEqualTo(2 * 64);
    }
  }

  @Test
  void whatLiesFarthestAheadGoesWhereTooManyWait() throws Exception {
    RankingExample one = example(new Random(9), "default", 0);
    int sent = SegmentLearner.MOST_WAITING + EVERY + 50;
    try (var learner = open(null, 1, 1, 0)) {
      for (int i = 0; i < sent; i++) {
        learner.first(
            RankingExample.of("default", 1_000_000 - i, i, one.features(), one.clicked(), 1));
      }
      // Those that came last are the earliest: they are all there.
      learner.watermark(1_000_000 - sent + EVERY);
      assertThat(newest(learner.take()).examples()).isEqualTo(EVERY);
      learner.watermark(Long.MAX_VALUE);
      assertThat(newest(learner.take()).examples()).isEqualTo(SegmentLearner.MOST_WAITING);
    }
  }

  private static ModelSnapshot newest(List<ModelSnapshot> versions) {
    return versions.get(versions.size() - 1);
  }
}
