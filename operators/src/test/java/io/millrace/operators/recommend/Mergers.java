package io.millrace.operators.recommend;

import io.millrace.features.cascade.CascadeSettings;
import io.millrace.features.decision.RecommendationList;
import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.operators.recommend.PostingMessage.Ask;
import io.millrace.operators.state.TwoInputHarness;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/** Mergers under test, and what is fed to them. */
final class Mergers {
  static final long TIME = 1_748_736_000_000L;

  /** Everybody's clicks make examples. */
  static final RankingSettings RANKING = RankingSettings.DEFAULT.withVisitors(1);

  private Mergers() {}

  /** One subtask: answers keyed by visitor, news told to all. */
  static TwoInputHarness<AnswerMessage, MergerNews, VisitorList> open(
      RankingSettings ranking,
      CascadeSettings cascade,
      WriteSettings writes,
      OperatorSubtaskState state,
      int before,
      int parallelism,
      int subtask)
      throws Exception {
    return new TwoInputHarness<>(
        new RecommendationMerger(
            "recommend",
            SessionItemsPolicy.DROP_CURRENT,
            ranking,
            LearnPhases.ALWAYS,
            cascade,
            writes,
            Trackers.TINY),
        answer -> answer.ask().visitor(),
        null,
        VisitorList.TYPE.serializer(),
        state,
        before,
        parallelism,
        subtask);
  }

  static TwoInputHarness<AnswerMessage, MergerNews, VisitorList> open(
      CascadeSettings cascade,
      WriteSettings writes,
      OperatorSubtaskState state,
      int before,
      int parallelism,
      int subtask)
      throws Exception {
    return open(RANKING, cascade, writes, state, before, parallelism, subtask);
  }

  static TwoInputHarness<AnswerMessage, MergerNews, VisitorList> open(
      RankingSettings ranking, OperatorSubtaskState state) throws Exception {
    return open(ranking, CascadeSettings.DEFAULT, WriteSettings.DEFAULT, state, 1, 1, 0);
  }

  static TwoInputHarness<AnswerMessage, MergerNews, VisitorList> open(
      OperatorSubtaskState state, int before, int parallelism, int subtask) throws Exception {
    return open(
        CascadeSettings.DEFAULT, WriteSettings.DEFAULT, state, before, parallelism, subtask);
  }

  static TwoInputHarness<AnswerMessage, MergerNews, VisitorList> open(CascadeSettings cascade)
      throws Exception {
    return open(cascade, WriteSettings.DEFAULT, null, 1, 1, 0);
  }

  static TwoInputHarness<AnswerMessage, MergerNews, VisitorList> open() throws Exception {
    return open(CascadeSettings.DEFAULT);
  }

  /** One answer with its candidates, or none. */
  static AnswerMessage answer(
      String visitor, int number, int part, int parts, String source, String... candidates) {
    return answer(new Ask(visitor, number, part, parts, TIME + number, 77), source, candidates);
  }

  static AnswerMessage answer(Ask ask, String source, String... candidates) {
    float[] scores = new float[candidates.length];
    short[] evidence = new short[candidates.length];
    for (int i = 0; i < candidates.length; i++) {
      scores[i] = 4 - ask.part() - i;
      evidence[i] = (short) (3 - ask.part());
    }
    return new AnswerMessage(
        ask,
        new PartialAnswer(source, 10, candidates, scores, evidence),
        ask.part() == 0 ? new String[] {source} : new String[0],
        List.of());
  }

  /** What stands in a list. */
  static List<String> items(VisitorList list) {
    return list.list().items().stream().map(RecommendationList.Item::itemId).toList();
  }
}
