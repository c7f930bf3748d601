package io.millrace.features.ranking;

import io.millrace.features.neighbour.AnswerMerge;
import io.millrace.features.neighbour.AnswerMerge.Candidate;
import io.millrace.features.neighbour.NaiveSignals;
import io.millrace.features.neighbour.PartialAnswer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntBiFunction;
import java.util.stream.IntStream;

/** The reference for {@link RankingFeatures}: each by its definition, from lists of sessions. */
final class NaiveRanking {
  private final RandomAsk ask;
  private final List<String> session;
  private final String current;
  private final int newest;
  final List<Candidate> candidates;

  NaiveRanking(RandomAsk ask) {
    this.ask = ask;
    session = Arrays.asList(ask.session().items());
    current = session.get(session.size() - 1);
    List<Candidate> all = AnswerMerge.best(ask.answers(), 10_000);
    candidates = new ArrayList<>(all.subList(0, Math.min(100, all.size())));
    for (String item : allowed()) {
      if (candidates.stream().noneMatch(candidate -> candidate.item().equals(item))) {
        candidates.add(
            all.stream()
                .filter(candidate -> candidate.item().equals(item))
                .findFirst()
                .orElse(new Candidate(item, 0, current, 0, ask.answers()[0].sessions())));
      }
    }
    newest = candidates.stream().mapToInt(c -> newness(c.item())).max().orElse(0);
  }

  /** Items of the session that may be candidates, newest first. */
  private Set<String> allowed() {
    Set<String> items = new LinkedHashSet<>();
    for (int i = session.size() - 1; i >= 0; i--) {
      items.add(session.get(i));
    }
    return switch (ask.policy()) {
      case KEEP -> items;
      case DROP_CURRENT -> {
        items.remove(current);
        yield items;
      }
      case DROP -> Set.of();
    };
  }

  /** The features of a candidate, in their order. */
  double[] features(int place) {
    String item = candidates.get(place).item();
    double score = candidates.get(place).score();
    double max = candidates.get(0).score();
    double relative = max == 0 ? 0 : score / max;
    boolean inSession = session.contains(item);
    int age = session.size() - 1 - session.lastIndexOf(item);
    PartialAnswer ofCurrent = ask.answers()[0];
    int holding = place(0, item) < 0 ? 0 : ofCurrent.evidence()[place(0, item)];
    return new double[] {
      Math.log(relative + .001),
      relative,
      1.0 / (1 + place),
      logOfShare(holding, ofCurrent.sessions()),
      logOfShare(0, NaiveSignals::forward, item),
      logOfShare(0, NaiveSignals::immediate, item),
      logOfShare(0, NaiveSignals::backward, item),
      logOfShare(1, NaiveSignals::forward, item),
      logOfShare(2, NaiveSignals::forward, item),
      neighbourShare(item),
      logOfShare(newness(item), newest),
      inSession ? 1 : 0,
      item.equals(current) ? 1 : 0,
      inSession ? 1.0 / (age + 1) : 0,
      inSession && age == 1 ? 1 : 0,
      session.stream().filter(item::equals).count(),
      inSession ? Math.log(1 + session.size()) : 0,
      inSession ? Math.log(1 + ofCurrent.sessions()) : 0,
      inSession ? Math.log(relative + .001) : 0
    };
  }

  private int place(int part, String item) {
    return Arrays.asList(ask.answers()[part].items()).indexOf(item);
  }

  private int[] partsWith(String item) {
    return IntStream.range(0, ask.answers().length).filter(p -> place(p, item) >= 0).toArray();
  }

  private double logOfShare(int part, ToIntBiFunction<NaiveSignals, String> signal, String item) {
    if (part >= ask.answers().length || place(part, item) < 0) {
      return logOfShare(0, 0);
    }
    NaiveSignals signals = ask.expected().get(part);
    return logOfShare(
        signal.applyAsInt(signals, item),
        signals.overAll(other -> signal.applyAsInt(signals, other)));
  }

  private double neighbourShare(String item) {
    int scored = 0;
    for (int part = 0; part < ask.answers().length; part++) {
      boolean empty = ask.answers()[part].items().length == 0;
      scored += empty ? 0 : ask.expected().get(part).scored().size();
    }
    int holding = 0;
    for (int part : partsWith(item)) {
      holding += ask.expected().get(part).neighbours(item);
    }
    return scored == 0 ? 0 : (double) holding / scored;
  }

  private int newness(String item) {
    return Arrays.stream(partsWith(item)).map(p -> ask.expected().get(p).newness(item)).sum();
  }

  private static double logOfShare(int part, int whole) {
    return Math.log((whole == 0 ? 0 : (double) part / whole) + .01);
  }
}
