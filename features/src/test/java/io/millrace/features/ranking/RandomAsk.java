package io.millrace.features.ranking;

import io.millrace.features.neighbour.NaiveSignals;
import io.millrace.features.neighbour.NeighbourScorer;
import io.millrace.features.neighbour.NeighbourSettings;
import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.neighbour.Posting;
import io.millrace.features.neighbour.RandomSessions;
import io.millrace.features.neighbour.SessionItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A session, what the postings of its newest items answer it, and the reference for their signals.
 */
record RandomAsk(
    SessionItemsPolicy policy,
    SessionItems session,
    PartialAnswer[] answers,
    List<NaiveSignals> expected) {

  static RandomAsk of(int seed) {
    Random random = new Random(seed);
    SessionItemsPolicy policy = SessionItemsPolicy.values()[random.nextInt(3)];
    return of(policy, new RandomSessions(seed, 2 + random.nextInt(200)), 1 + random.nextInt(60));
  }

  static RandomAsk of(SessionItemsPolicy policy, RandomSessions sessions, int partialSize) {
    NeighbourScorer scorer = new NeighbourScorer(new NeighbourSettings(50, 4, partialSize, policy));
    SessionItems session = sessions.any();
    String[] asked = session.newestDistinct(4);
    PartialAnswer[] answers = new PartialAnswer[asked.length];
    List<NaiveSignals> expected = new ArrayList<>();
    for (int part = 0; part < answers.length; part++) {
      Posting posting = new Posting(50);
      sessions.several(sessions.random.nextInt(70), asked[part]).forEach(posting::upsert);
      answers[part] = scorer.answerForRanking(posting, asked[part], session);
      expected.add(new NaiveSignals(posting.sessions(), asked[part], session));
    }
    return new RandomAsk(policy, session, answers, expected);
  }
}
