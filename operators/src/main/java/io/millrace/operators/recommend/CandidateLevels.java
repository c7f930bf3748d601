package io.millrace.operators.recommend;

import io.millrace.features.cascade.Cascade;
import io.millrace.features.catalogue.ItemBits;
import io.millrace.features.catalogue.ItemTable;
import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList.Item;
import io.millrace.features.decision.RecommendationList.Reason;
import io.millrace.features.neighbour.AnswerMerge;
import io.millrace.features.neighbour.AnswerMerge.Candidate;
import io.millrace.features.neighbour.PartialAnswer;
import java.util.ArrayList;
import java.util.List;

/**
 * The levels of candidates for one ask: neighbours, sequential rules, bought together, similar
 * content, trending in the category (the nearest level first) and in the store. Each is made when
 * the list before it turned out too short.
 */
final class CandidateLevels implements Cascade.Levels {
  private static final FillIn.Kind[] FILL_INS = {
    FillIn.Kind.SEQUENCE, FillIn.Kind.BOUGHT_TOGETHER, FillIn.Kind.SIMILAR_CONTENT
  };

  /** Asks after which what fills up weighs 1/e, as with the neighbours. */
  private static final double ASKED_DECAY = 2.5;

  private final List<Candidate> ranked;
  private final AnswerMessage[] answers;
  private final TrendTops trends;
  private final List<String> trendLists;
  private final int listSize;

  /**
   * @param ranked the first level, best first
   */
  CandidateLevels(
      List<Candidate> ranked,
      AnswerMessage[] answers,
      ItemTable items,
      TrendTops trends,
      int listSize) {
    this.ranked = ranked;
    this.answers = answers;
    this.trends = trends;
    this.listSize = listSize;
    String current = answers[0].answer().source();
    int category = ItemBits.category(items.get(current));
    this.trendLists = TrendTops.listsAround(items.categoryPath(category));
  }

  @Override
  public List<Item> level(int number) {
    if (number == 0) {
      ReasonType type =
          answers[0].ask().context().profile() ? ReasonType.PROFILE : ReasonType.SESSION;
      return items(ranked, type);
    }
    if (number <= FILL_INS.length) {
      return fillIns(FILL_INS[number - 1]);
    }
    int trend = number - FILL_INS.length - 1;
    return trend < trendLists.size() ? trends.candidates(trendLists.get(trend)) : null;
  }

  private List<Item> fillIns(FillIn.Kind kind) {
    List<PartialAnswer> partials = new ArrayList<>(answers.length);
    for (int part = 0; part < answers.length; part++) {
      for (FillIn fillIn : answers[part].fillIns()) {
        if (fillIn.kind() == kind) {
          partials.add(weighed(fillIn.answer(), Math.exp(-part / ASKED_DECAY)));
        }
      }
    }
    return items(
        AnswerMerge.best(partials.toArray(PartialAnswer[]::new), listSize * 2), type(kind));
  }

  private static PartialAnswer weighed(PartialAnswer answer, double weight) {
    float[] scores = new float[answer.scores().length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) (answer.scores()[i] * weight);
    }
    return new PartialAnswer(
        answer.source(), answer.sessions(), answer.items(), scores, answer.evidence());
  }

  private static ReasonType type(FillIn.Kind kind) {
    return switch (kind) {
      case SEQUENCE -> ReasonType.SEQUENCE;
      case BOUGHT_TOGETHER -> ReasonType.BOUGHT_TOGETHER;
      case SIMILAR_CONTENT -> ReasonType.SIMILAR_CONTENT;
    };
  }

  private static List<Item> items(List<Candidate> candidates, ReasonType type) {
    List<Item> items = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      items.add(
          new Item(
              candidate.item(),
              candidate.score(),
              new Reason(type, candidate.source(), evidence(candidate, type))));
    }
    return items;
  }

  private static Evidence evidence(Candidate candidate, ReasonType type) {
    return switch (type) {
      case SIMILAR_CONTENT -> null;
      case BOUGHT_TOGETHER -> Evidence.orders(candidate.sessions(), candidate.of());
      default -> Evidence.sessions(candidate.sessions(), candidate.of());
    };
  }
}
