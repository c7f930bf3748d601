package io.millrace.features.neighbour;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** The reference for {@link RankingSignals}: each by its definition, over lists of sessions. */
public final class NaiveSignals {
  private final List<List<String>> neighbours;
  private final List<String> laterAsked;
  private final String own;

  /**
   * Signals of the posting of an item for a session.
   *
   * @param posting its sessions, newest first
   */
  public NaiveSignals(List<SessionItems> posting, String own, SessionItems q) {
    List<String> query = Arrays.asList(q.items());
    this.own = own;
    this.laterAsked = query.subList(query.lastIndexOf(own) + 1, query.size());
    this.neighbours =
        NaiveScorer.neighbours(posting, q).stream().map(n -> List.of(n.items())).toList();
  }

  /** The sessions that are not left to another posting. */
  public List<List<String>> scored() {
    return neighbours.stream().filter(n -> n.stream().noneMatch(laterAsked::contains)).toList();
  }

  public int neighbours(String item) {
    return (int) scored().stream().filter(n -> n.contains(item)).count();
  }

  /** In parts of 1,024. */
  public int newness(String item) {
    int newness = 0;
    for (int r = 0; r < neighbours.size(); r++) {
      List<String> neighbour = neighbours.get(r);
      if (neighbour.contains(item) && neighbour.stream().noneMatch(laterAsked::contains)) {
        newness += (int) Math.round(1024 * Math.exp(-r / 15.0));
      }
    }
    return newness;
  }

  /** In sixtieths. */
  public int forward(String item) {
    return neighbours.stream().mapToInt(n -> weight(steps(n, own, item))).sum();
  }

  public int immediate(String item) {
    return (int) neighbours.stream().filter(n -> steps(n, own, item) == 1).count();
  }

  /** In sixtieths. */
  public int backward(String item) {
    return neighbours.stream().mapToInt(n -> weight(steps(n, item, own))).sum();
  }

  /** The sum of a signal over all items. */
  public int overAll(ToIntFunction<String> signal) {
    Set<String> items = neighbours.stream().flatMap(List::stream).collect(Collectors.toSet());
    return items.stream().mapToInt(signal).sum();
  }

  private static int weight(int steps) {
    return steps <= 5 ? 60 / steps : 0;
  }

  /** The least number of clicks from one item to another, far more than counts if there is none. */
  private static int steps(List<String> session, String from, String to) {
    int least = 1_000;
    for (int i = 0; i < session.size(); i++) {
      for (int j = i + 1; j < session.size(); j++) {
        if (session.get(i).equals(from) && session.get(j).equals(to)) {
          least = Math.min(least, j - i);
        }
      }
    }
    return least;
  }
}
