package io.millrace.features.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRule.Aggregate;
import io.millrace.features.event.FraudRule.Comparison;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.FraudRule.Function;
import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.FraudRule.State;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.rule.RandomRules.Meant;
import io.millrace.features.rule.RuleBook.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RuleBookTest {
  private static final long SEED = 4_000;
  private static final long BEGIN = 1_764_000_000_000L;
  private static final Rules CARD = Rules.rule("r", Entity.CARD);

  private static Map<String, Integer> matches(RuleBook book, VisitorEvent event) {
    EventValues values = new EventValues();
    values.turnTo(event);
    Map<String, Integer> met = new TreeMap<>();
    book.match(
        values,
        (entry, clauses) ->
            assertThat(met.put(entry.compiled().rule().ruleId(), clauses)).as("once").isNull());
    return met;
  }

  @Test
  void givesTheRulesThatAnEventMeetsWhileTheyComeAndGo() throws Exception {
    Random random = new Random(SEED);
    RandomRules rules = new RandomRules(random, BEGIN);
    RandomEvents events = new RandomEvents(random);
    RuleBook book = new RuleBook();
    Map<String, Meant> known = new TreeMap<>();
    int met = 0;
    for (int i = 0; i < 8_000; i++) {
      if (random.nextInt(20) == 0 || i < 100) {
        Meant rule = rules.next("r" + random.nextInt(150));
        known.put(rule.rule().ruleId(), rule);
        book.put(rule.rule(), BEGIN);
      } else if (random.nextInt(40) == 0) {
        String id = "r" + random.nextInt(150);
        assertThat(book.remove(id)).isEqualTo(known.remove(id) != null);
      }
      VisitorEvent event = events.next(BEGIN + random.nextInt(9_000_000), "e" + i);
      Map<String, Object> map = RandomEvents.asMap(event);
      Source source = map.containsKey("status") ? Source.ORDERS : Source.CLICKSTREAM;
      Map<String, Integer> expected = new TreeMap<>();
      for (Meant rule : known.values()) {
        int clauses = rule.rule().holdsAt(event.eventTime()) ? rule.met(source, map) : 0;
        if (clauses != 0) {
          expected.put(rule.rule().ruleId(), clauses);
        }
      }

      assertThat(matches(book, event)).as("seed %d, event %d", SEED, i).isEqualTo(expected);
      met += expected.size();
    }
    assertThat(met).isGreaterThan(10_000);
  }

  @Test
  void guardsRulesByTheTextOfAField() throws Exception {
    RuleBook book = new RuleBook();
    book.put(Rules.rule("a", Entity.CARD).plain(Source.ORDERS, "merchant_id == 'm1'"), 0);
    book.put(Rules.rule("b", Entity.CARD).plain(Source.ORDERS, "'m2' == merchant_id"), 0);
    book.put(
        Rules.rule("c", Entity.CARD)
            .plain(Source.ORDERS, "total >= 0 && merchant_id in ('m1', 'm1', 'm2')"),
        0);
    book.put(Rules.rule("d", Entity.CARD).plain(Source.ORDERS, "merchant_id == null"), 0);
    RandomEvents events = new RandomEvents(new Random(SEED));
    for (int i = 0; i < 300; i++) {
      VisitorEvent event = events.order(BEGIN, "e" + i);
      Map<String, Object> map = RandomEvents.asMap(event);
      List<String> expected = new ArrayList<>();
      Object merchant = map.get("merchant_id");
      if ("m1".equals(merchant)) {
        expected.add("a");
      }
      if ("m2".equals(merchant)) {
        expected.add("b");
      }
      if (("m1".equals(merchant) || "m2".equals(merchant)) && map.containsKey("total")) {
        expected.add("c");
      }
      if (merchant == null) {
        expected.add("d");
      }
      assertThat(matches(book, event)).containsOnlyKeys(expected);
    }
  }

  @Test
  void aMillionRulesAreRefusedAndRunningOnesGoOn() throws Exception {
    RuleBook book = new RuleBook();
    for (int i = 0; i < RuleBook.MAX_RULES; i++) {
      book.put(Rules.rule("r" + i, Entity.CARD).plain(Source.ORDERS, "total > " + i), 0);
    }
    FraudRule more = Rules.rule("more", Entity.CARD).plain(Source.ORDERS, "guest");
    for (int i = 0; i < 1_000_000; i += 100) {
      assertThatThrownBy(() -> book.put(more, 0))
          .isInstanceOf(InvalidEventException.class)
          .hasMessage("rule_id is new, and there are 1000 rules; delete one that is not needed");
    }
    assertThat(book.entries()).hasSize(RuleBook.MAX_RULES);

    book.put(Rules.rule("r7", Entity.CARD).plain(Source.ORDERS, "guest"), 0);
    book.remove("r8");
    book.put(more, 0);
    assertThat(book.entries()).hasSize(RuleBook.MAX_RULES);
  }

  @Test
  void aRefusedVersionLeavesTheOneBefore() throws Exception {
    RuleBook book = new RuleBook();
    Entry before = book.put(CARD.plain(Source.ORDERS, "guest"), 0);

    assertThatThrownBy(() -> book.put(CARD.plain(Source.ORDERS, "gest"), 0))
        .isInstanceOf(InvalidEventException.class);
    assertThat(book.entries()).containsExactly(before);
  }

  private static FraudRule counting(String where, double threshold) {
    return CARD.aggregate(
        Source.ORDERS,
        where,
        new Aggregate(Function.COUNT, null, 60_000),
        Comparison.AT_LEAST,
        threshold);
  }

  @Test
  void windowsGoOnWhereAVersionWatchesTheSame() throws Exception {
    RuleBook book = new RuleBook();
    Entry first = book.put(counting("guest", 3), 100);
    Entry second = book.put(counting("guest", 5), 200);
    assertThat(second.since()).isEqualTo(100);
    assertThat(second.stateKey()).isEqualTo(first.stateKey());

    Entry third = book.put(counting("total > 1", 5), 300);
    assertThat(third.since()).isEqualTo(300);
    assertThat(third.stateKey()).isNotEqualTo(first.stateKey());
    Entry back = book.put(counting("guest", 3), 400);
    assertThat(back.stateKey())
        .as("it did not see what came between")
        .isNotEqualTo(first.stateKey());
  }

  @Test
  void aPauseEmptiesWindows() throws Exception {
    RuleBook book = new RuleBook();
    FraudRule rule = counting("guest", 3);
    Entry first = book.put(rule, 100);
    book.put(Rules.during(rule, State.PAUSED, null, null), 200);
    Entry again = book.put(rule, 300);
    assertThat(again.since()).isEqualTo(300);
    assertThat(again.stateKey()).isNotEqualTo(first.stateKey());
  }

  @Test
  void aRuleWatchesFromWhenItIsEffective() throws Exception {
    RuleBook book = new RuleBook();
    FraudRule rule = Rules.during(counting("guest", 3), State.ACTIVE, 500L, null);
    assertThat(book.put(rule, 100).since()).isEqualTo(500);
    book.remove("r");
    assertThat(book.put(rule, 900).since()).isEqualTo(900);
    assertThat(new RuleBook().restore(rule, 700).since()).isEqualTo(700);
  }
}
