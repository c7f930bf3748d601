package io.millrace.features.neighbour;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The reference for {@link NeighbourScorer}: its formula, written out, over lists of sessions. */
final class NaiveScorer {
  private NaiveScorer() {}

  /**
   * What each item of the neighbours scores, before any policy for the session's own items.
   *
   * @param posting sessions that hold the asked item, newest first
   */
  static Map<String, Double> scores(List<SessionItems> posting, String asked, SessionItems q) {
    List<String> query = Arrays.asList(q.items());
    List<String> newer = query.subList(query.lastIndexOf(asked) + 1, query.size());
    List<SessionItems> neighbours = neighbours(posting, q);
    Map<String, Double> scores = new HashMap<>();
    for (int r = 0; r < neighbours.size(); r++) {
      List<String> items = Arrays.asList(neighbours.get(r).items());
      if (items.stream().noneMatch(newer::contains)) {
        add(items, r, asked, query, scores);
      }
    }
    return scores;
  }

  /** The scores of the whole log: every session counts once, by the newest asked item it holds. */
  static Map<String, Double> wholeLog(Collection<SessionItems> log, SessionItems q, int asked) {
    Map<String, Double> scores = new HashMap<>();
    List<String> query = Arrays.asList(q.items());
    for (SessionItems n : log) {
      List<String> items = Arrays.asList(n.items());
      List<String> shared = Arrays.stream(q.newestDistinct(asked)).filter(items::contains).toList();
      if (n.id() != q.id() && !shared.isEmpty()) {
        String newest = shared.get(0);
        List<SessionItems> holders =
            log.stream().filter(s -> Arrays.asList(s.items()).contains(newest)).toList();
        int r = neighbours(NaivePosting.newest(holders, holders.size()), q).indexOf(n);
        add(items, r, newest, query, scores);
      }
    }
    return scores;
  }

  static List<SessionItems> neighbours(List<SessionItems> posting, SessionItems q) {
    return posting.stream().filter(n -> n.id() != q.id()).toList();
  }

  private static void add(
      List<String> neighbour, int r, String asked, List<String> query, Map<String, Double> scores) {
    Set<String> shared = query.stream().filter(neighbour::contains).collect(Collectors.toSet());
    double dot = shared.stream().mapToDouble(item -> weight(item, query)).sum();
    double norm =
        Math.sqrt(
            query.stream().distinct().mapToDouble(item -> Math.pow(weight(item, query), 2)).sum());
    double size = Math.pow(neighbour.stream().distinct().count(), 0.3);
    double similarity = dot / (norm * size);
    double recency = Math.exp((query.lastIndexOf(asked) + 1 - query.size()) / 2.5);
    for (String candidate : Set.copyOf(neighbour)) {
      double closeness = Math.exp(-distance(neighbour, candidate, asked) / 3.5);
      double score = similarity * closeness * recency * Math.exp(-0.03 * r);
      scores.merge(candidate, score, Double::sum);
    }
  }

  private static double weight(String item, List<String> query) {
    return Math.exp((query.lastIndexOf(item) + 1 - query.size()) / 4.9);
  }

  private static int distance(List<String> items, String one, String other) {
    int[] ones = IntStream.range(0, items.size()).filter(i -> items.get(i).equals(one)).toArray();
    return IntStream.range(0, items.size())
        .filter(i -> items.get(i).equals(other))
        .flatMap(i -> Arrays.stream(ones).map(j -> Math.abs(i - j)))
        .min()
        .orElseThrow();
  }
}
