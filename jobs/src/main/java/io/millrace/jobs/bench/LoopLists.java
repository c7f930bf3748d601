package io.millrace.jobs.bench;

import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList;
import io.millrace.features.decision.RecommendationList.Item;
import io.millrace.features.decision.RecommendationList.Reason;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.SimilarItems;
import io.millrace.features.decision.Version;
import io.millrace.features.neighbour.AnswerMerge.Candidate;
import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.trend.TrendBoard.Trending;
import io.millrace.operators.recommend.RecommendSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Makes the lists of the plain loop, as the job's merger does. */
final class LoopLists {
  private static final int MAX_SIMILAR = 50;

  private final RecommendSettings settings;
  private final LoopWriter writer;

  LoopLists(RecommendSettings settings, LoopWriter writer) {
    this.settings = settings;
    this.writer = writer;
  }

  void write(
      String visitor,
      long time,
      List<Candidate> candidates,
      SessionItems session,
      List<Trending> trending) {
    List<Item> items = new ArrayList<>(settings.cascade().listSize());
    for (Candidate candidate : candidates) {
      Evidence evidence = Evidence.sessions(candidate.sessions(), candidate.of());
      items.add(
          new Item(
              candidate.item(),
              candidate.score(),
              new Reason(ReasonType.SESSION, candidate.source(), evidence)));
    }
    fillUp(items, session, trending);
    String version = Version.of(settings.writes().epoch(), time);
    byte[] json =
        DecisionJson.write(
            new RecommendationList(version, visitor, time, "neighbours", null, items));
    writer.write(RedisKeys.rec(visitor), json, TimeUnit.DAYS.toMillis(30));
  }

  private void fillUp(List<Item> items, SessionItems session, List<Trending> trending) {
    int wanted = settings.cascade().listSize();
    if (items.size() >= wanted) {
      return;
    }
    Set<String> present = excluded(session);
    items.forEach(item -> present.add(item.itemId()));
    for (Trending trend : trending) {
      if (items.size() == wanted) {
        return;
      }
      if (!present.contains(trend.item())) {
        items.add(new Item(trend.item(), 0, new Reason(ReasonType.TRENDING, null, null)));
      }
    }
  }

  private Set<String> excluded(SessionItems session) {
    SessionItemsPolicy policy = settings.neighbour().sessionItems();
    String[] items = session.items();
    Set<String> excluded = new HashSet<>();
    if (policy == SessionItemsPolicy.DROP) {
      excluded.addAll(List.of(items));
    } else if (policy == SessionItemsPolicy.DROP_CURRENT) {
      excluded.add(items[items.length - 1]);
    }
    return excluded;
  }

  static List<SimilarItems.Item> listed(PartialAnswer similar) {
    int size = Math.min(similar.items().length, MAX_SIMILAR);
    List<SimilarItems.Item> items = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      Evidence evidence = Evidence.sessions(similar.evidence()[i], similar.sessions());
      items.add(new SimilarItems.Item(similar.items()[i], similar.scores()[i], evidence));
    }
    return items;
  }
}
