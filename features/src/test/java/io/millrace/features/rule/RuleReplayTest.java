package io.millrace.features.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.VisitorEvent;
import io.millrace.features.rule.Replay.Match;
import io.millrace.features.rule.Replay.Timed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random rules over random events match what a look at the sorted log says, in any order. */
class RuleReplayTest {
  private static final long SEED = 77;
  private static final long BEGIN = 1_764_000_000_000L;
  private static final long OUT_OF_ORDERNESS = 5_000;

  private static List<VisitorEvent> log(Random random) {
    RandomEvents events = new RandomEvents(random);
    List<VisitorEvent> log = new ArrayList<>();
    long time = BEGIN;
    for (int i = 0; i < 900; i++) {
      time += random.nextInt(20) == 0 ? random.nextInt(600_000) : random.nextInt(3) * 1_000L;
      log.add(events.next(time, "e" + i));
    }
    log.sort(Replay.ORDER);
    return log;
  }

  private static List<Timed> rules(Random random) {
    RandomRules rules = new RandomRules(random, BEGIN);
    List<Timed> timed = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      long since = random.nextBoolean() ? BEGIN - 1 : BEGIN + random.nextInt(3_600_000);
      timed.add(new Timed(since, rules.next("r" + i)));
    }
    return timed;
  }

  /** As they may arrive: each later than its time, by less than what is waited for; some twice. */
  private static List<VisitorEvent> shuffled(List<VisitorEvent> log, Random random) {
    Map<VisitorEvent, Long> arrivals = new HashMap<>();
    List<VisitorEvent> arriving = new ArrayList<>(log);
    log.forEach(e -> arrivals.put(e, e.eventTime() + random.nextInt((int) OUT_OF_ORDERNESS)));
    arriving.sort(Comparator.comparingLong(arrivals::get));
    return arriving;
  }

  @Test
  void isTheSameInAnyOrderWithinTheLateness() throws Exception {
    int moved = 0;
    for (int run = 0; run < 12; run++) {
      Random random = new Random(SEED + run);
      List<VisitorEvent> log = log(random);
      List<Timed> rules = rules(random);
      List<VisitorEvent> arriving = shuffled(log, random);
      moved += arriving.equals(log) ? 0 : 1;

      assertThat(new Replay(rules, OUT_OF_ORDERNESS).of(arriving))
          .as("seed %d", SEED + run)
          .isEqualTo(new Replay(rules, OUT_OF_ORDERNESS).of(log));
    }
    assertThat(moved).isEqualTo(12);
  }

  @Test
  void isWhatALookAtTheSortedLogSays() throws Exception {
    int aggregates = 0;
    int sequences = 0;
    int incomplete = 0;
    for (int run = 0; run < 12; run++) {
      Random random = new Random(SEED + run);
      List<VisitorEvent> log = log(random);
      List<Timed> rules = rules(random);
      List<Match> matches = new Replay(rules, OUT_OF_ORDERNESS).of(log);
      for (Timed rule : rules) {
        String id = rule.rule().rule().ruleId();
        List<Match> found = matches.stream().filter(m -> m.ruleId().equals(id)).toList();

        assertThat(found)
            .as("seed %d, %s", SEED + run, rule.rule().rule())
            .isEqualTo(new NaiveReplay(rule).of(log));
        aggregates += rule.rule().rule().aggregate() != null ? found.size() : 0;
        sequences += rule.rule().rule().steps().isEmpty() ? 0 : found.size();
        incomplete += (int) found.stream().filter(m -> !m.match().complete()).count();
      }
    }
    assertThat(aggregates).isGreaterThan(3_000);
    assertThat(sequences).isGreaterThan(500);
    assertThat(incomplete).isGreaterThan(300);
  }

  @Test
  void stateStaysWithinItsBound() throws Exception {
    Random random = new Random(SEED);
    RandomRules rules = new RandomRules(random, BEGIN);
    for (int i = 0; i < 200; i++) {
      CompiledRule rule = CompiledRule.of(rules.next("r").rule());
      if (rule.hasState()) {
        assertThat(rule.newState().toBytes().length).isLessThanOrEqualTo(rule.maxStateBytes());
      } else {
        assertThat(rule.newState()).isNull();
        assertThat(rule.maxStateBytes()).isZero();
      }
    }
  }
}
