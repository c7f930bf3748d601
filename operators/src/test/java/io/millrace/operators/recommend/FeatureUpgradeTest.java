package io.millrace.operators.recommend;

import static io.millrace.operators.recommend.Mergers.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.neighbour.AnswerMerge.Candidate;
import io.millrace.features.quality.ServedList;
import io.millrace.features.ranking.FollowedAsks;
import io.millrace.features.ranking.RankingCandidates;
import io.millrace.features.ranking.RankingExample;
import io.millrace.features.ranking.RankingFeatures;
import io.millrace.features.ranking.RankingLearner;
import io.millrace.features.ranking.RankingModel;
import io.millrace.features.session.Hashes;
import io.millrace.operators.recommend.PostingMessage.Ask;
import io.millrace.operators.recommend.ranking.RankerLearner;
import io.millrace.operators.state.TwoInputHarness;
import io.millrace.operators.types.EventTypes;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

/**
 * A release with other features takes over a savepoint: what was learned and what waited for the
 * old ones is let go, all else stays, and versions go on being numbered.
 */
class FeatureUpgradeTest {
  private static final String OTHER = "0123456789abcdef";

  /** The same bytes as a release with other features would have written them. */
  private static byte[] ofOtherFeatures(byte[] bytes) {
    ByteWriter own = new ByteWriter(8);
    own.writeLong(Long.parseUnsignedLong(RankingFeatures.fingerprint(), 16));
    byte[] fingerprint = own.toBytes();
    byte[] other = bytes.clone();
    int found = 0;
    for (int at = 0; at + 8 <= other.length; at++) {
      if (Arrays.equals(fingerprint, Arrays.copyOfRange(other, at, at + 8))) {
        other[at]++;
        found++;
      }
    }
    assertThat(found).as("fingerprints in the bytes").isPositive();
    return other;
  }

  /** Leaves state behind under the names of a real operator. */
  private abstract static class Before extends AbstractStreamOperator<String>
      implements TwoInputStreamOperator<String, String, String> {
    @Override
    public void processElement1(StreamRecord<String> element) throws Exception {
      write(element.getValue());
    }

    @Override
    public void processElement2(StreamRecord<String> element) {}

    abstract void write(String key) throws Exception;

    static OperatorSubtaskState state(Before before, String key) throws Exception {
      try (var harness =
          new TwoInputHarness<String, String, String>(
              before, text -> text, null, StringSerializer.INSTANCE, null, 1, 1, 0)) {
        harness.first(key);
        return harness.snapshot();
      }
    }
  }

  private static final class MergerBefore extends Before {
    private final transient byte[] followed;

    private MergerBefore(byte[] followed) {
      this.followed = followed;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
      super.initializeState(context);
      ModelSnapshot model =
          new ModelSnapshot(RankingModel.id("default"), 41, OTHER, 9, TIME, new double[] {1, 2});
      context
          .getOperatorStateStore()
          .getUnionListState(
              new ListStateDescriptor<>("ranking-model", EventTypes.MODEL_SNAPSHOT.serializer()))
          .update(List.of(model));
    }

    @Override
    void write(String key) throws Exception {
      ValueStateDescriptor<byte[]> descriptor =
          new ValueStateDescriptor<>("followed-asks", BytePrimitiveArraySerializer.INSTANCE);
      descriptor.enableTimeToLive(
          StateTtlConfig.newBuilder(Mergers.RANKING.longest().multipliedBy(2)).build());
      getRuntimeContext().getState(descriptor).update(followed);
    }
  }

  private static final class LearnerBefore extends Before {
    private final transient byte[] learned;

    private LearnerBefore(byte[] learned) {
      this.learned = learned;
    }

    @Override
    void write(String key) throws Exception {
      getRuntimeContext()
          .getState(
              new ValueStateDescriptor<>("ranking-learned", BytePrimitiveArraySerializer.INSTANCE))
          .update(learned);
    }
  }

  @Test
  void listsAreAsTheNeighboursHaveThemUntilTheNextVersion() throws Exception {
    byte[] followed = ofOtherFeatures(waiting());
    try (var merger = Mergers.open(Before.state(new MergerBefore(followed), "v"), 1, 1, 0)) {
      String[] session = {"a", "y"};
      AnswerMessage answer = Mergers.answer(new Ask("v", 2, 0, 1, TIME + 2, 7), "y", "x", "z");
      merger.first(new AnswerMessage(answer.ask(), answer.answer(), session, List.of()));

      VisitorList list = merger.take().get(0);
      assertThat(Mergers.items(list)).containsExactly("x", "z");
      assertThat(list.list().modelVersion()).isNull();
      assertThat(merger.takeSide(ListFollowing.EXAMPLES)).isEmpty();

      double[] weights = new double[RankingFeatures.COUNT];
      weights[RankingFeatures.NAMES.indexOf("neighbour_score")] = -1;
      merger.second(
          MergerNews.of(
              new ModelSnapshot(
                  RankingModel.id("default"),
                  42,
                  RankingFeatures.fingerprint(),
                  1,
                  TIME,
                  weights)));
      merger.first(Mergers.answer("w", 1, 0, 1, "a", "x", "z"));
      assertThat(Mergers.items(merger.take().get(0))).containsExactly("z", "x");
    }
  }

  /** An ask of "v" for what follows "a", with candidates of other features. */
  private static byte[] waiting() {
    FollowedAsks asks = new FollowedAsks(Mergers.RANKING.longest().toMillis(), false);
    List<Candidate> candidates =
        List.of(new Candidate("x", 2, "a", 1, 2), new Candidate("y", 1, "a", 1, 2));
    asks.asked(
        new FollowedAsks.Click(1, TIME + 1, Hashes.of("a"), 0, FollowedAsks.Chosen.NOWHERE),
        new FollowedAsks.Given(1, 1, "learned", "default", ServedList.of(List.of(), item -> false)),
        new RankingCandidates(candidates, new float[2 * RankingFeatures.COUNT]));
    return asks.toBytes();
  }

  @Test
  void theLearnerLearnsAnewAndNumbersItsVersionsOn() throws Exception {
    RankingLearner earlier = new RankingLearner();
    for (int i = 0; i < 50; i++) {
      earlier.learn(example(i));
    }
    earlier.publish("default");
    earlier.publish("default");
    OperatorSubtaskState state =
        Before.state(
            new LearnerBefore(ofOtherFeatures(earlier.toBytes())), RankingModel.id("default"));
    RankingLearner anew = new RankingLearner();
    try (var learner =
        new TwoInputHarness<>(
            new RankerLearner(100),
            RankerLearner::key,
            null,
            EventTypes.MODEL_SNAPSHOT.serializer(),
            state,
            1,
            1,
            0)) {
      for (int i = 0; i < 32; i++) {
        learner.first(example(i));
        anew.learn(example(i));
      }
      learner.watermark(Long.MAX_VALUE);

      ModelSnapshot published = learner.take().get(0);
      assertThat(published.version()).isEqualTo(3);
      assertThat(published.examples()).isEqualTo(32);
      assertThat(published.weights()).isEqualTo(anew.publish("default").snapshot().weights());
    }
  }

  private static RankingExample example(int i) throws Exception {
    float[] features = new float[3 * RankingFeatures.COUNT];
    for (int k = 0; k < features.length; k++) {
      features[k] = (i * 7 + k * 3) % 11 / 11f;
    }
    return RankingExample.of("default", TIME + i, i, features, i % 3, 1);
  }
}
