package io.millrace.features.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.alert.Suspicion;
import io.millrace.features.alert.Suspicion.Participant;
import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRule.Aggregate;
import io.millrace.features.event.FraudRule.Comparison;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.FraudRule.Function;
import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.FraudRule.State;
import io.millrace.features.event.Order;
import io.millrace.features.event.VisitorEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleMemoryTest {
  private static final long BEGIN = 1_764_000_000_000L;
  private static final String ENTITY = "visitor:v1";

  private final EventValues values = new EventValues();

  private static RuleBook book(Random random) throws Exception {
    RandomRules rules = new RandomRules(random, BEGIN);
    RuleBook book = new RuleBook();
    while (book.entries().size() < 30) {
      FraudRule rule = rules.next("r" + book.entries().size()).rule();
      if (rule.entity() == Entity.VISITOR) {
        book.put(rule, BEGIN);
      }
    }
    return book;
  }

  private static Participant who(VisitorEvent event) {
    return new Participant(
        event.eventId(),
        event.visitorId(),
        event instanceof Order order ? order.orderId() : null,
        event.eventTime());
  }

  private List<Suspicion> settle(RuleMemory memory, RuleBook book, VisitorEvent event) {
    List<Suspicion> suspicions = new ArrayList<>();
    values.turnTo(event);
    memory.settle(book, values, who(event), 7, ENTITY, suspicions::add);
    return suspicions;
  }

  private static RuleMemory reread(RuleMemory memory, RuleBook book) {
    ByteWriter out = new ByteWriter(64);
    memory.write(out, book);
    return RuleMemory.read(new ByteReader(out.toBytes()));
  }

  /** Settled late, an event was asked about exactly as it is settled; asking changes nothing. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void answersAtOnceWhatItSettlesLater(long seed) throws Exception {
    Random random = new Random(seed);
    RuleBook book = book(random);
    RandomEvents events = new RandomEvents(random);
    RuleMemory memory = new RuleMemory();
    List<VisitorEvent> waiting = new ArrayList<>();
    List<TreeSet<String>> answers = new ArrayList<>();
    int matches = 0;
    long time = BEGIN;
    for (int i = 0; i < 400; i++) {
      time += random.nextInt(60_000);
      VisitorEvent event = events.next(time, "e" + i);
      TreeSet<String> answer = new TreeSet<>();
      memory.ask(book, waiting, event, values).forEach(rule -> answer.add(rule.ruleId()));
      waiting.add(event);
      answers.add(answer);
      while (!waiting.isEmpty() && random.nextInt(8) > 2) {
        VisitorEvent settled = waiting.remove(0);
        TreeSet<String> found = new TreeSet<>();
        for (Suspicion suspicion : settle(memory, book, settled)) {
          found.add(suspicion.cause().id());
          hold(suspicion, settled);
        }
        assertThat(found).as("seed %d, event %s", seed, settled).isEqualTo(answers.remove(0));
        matches += found.size();
        if (random.nextInt(10) == 0) {
          memory = reread(memory, book);
        }
      }
    }
    assertThat(matches).isGreaterThan(100);
  }

  private static void hold(Suspicion suspicion, VisitorEvent settled) {
    assertThat(suspicion.entity()).isEqualTo(ENTITY);
    assertThat(suspicion.time()).isEqualTo(settled.eventTime());
    assertThat(suspicion.events()).hasSizeLessThanOrEqualTo(FraudAlert.MAX_EVENTS);
    assertThat(suspicion.events().get(suspicion.events().size() - 1)).isEqualTo(who(settled));
    assertThat(suspicion.events())
        .allMatch(each -> each.time() >= suspicion.from() && each.time() <= suspicion.time())
        .isSortedAccordingTo((a, b) -> Long.compare(a.time(), b.time()));
  }

  @Test
  void namesTheEventsOfTheWindowAndNoOther() throws Exception {
    RuleBook book = new RuleBook();
    book.put(count("three", 3), 0);
    book.put(Rules.rule("any", Entity.VISITOR).plain(Source.ORDERS, "total > 0"), 0);
    RuleMemory memory = new RuleMemory();
    assertThat(settle(memory, book, order("a", 0, 20))).hasSize(1);
    settle(memory, book, order("b", 50_000, 20));
    settle(memory, book, order("small", 55_000, 5));
    settle(memory, book, order("c", 61_000, 20));
    List<Suspicion> last = settle(memory, book, order("d", 62_000, 20));

    assertThat(last)
        .filteredOn(each -> each.cause().id().equals("three"))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.events())
                  .extracting(Participant::eventId)
                  .containsExactly("b", "c", "d");
              assertThat(each.reasons().get(0).value()).isEqualTo(3);
              assertThat(each.reasons().get(0).baseline()).isEqualTo(3);
              assertThat(each.shadow()).isFalse();
            });
  }

  @Test
  void takesAnEventOutOfOrderAsOfTheNewest() throws Exception {
    RuleBook book = new RuleBook();
    book.put(count("three", 3), 0);
    book.put(
        Rules.rule("visitors", Entity.VISITOR)
            .aggregate(
                Source.ORDERS,
                null,
                new Aggregate(Function.DISTINCT, "order_id", 60_000),
                Comparison.AT_LEAST,
                3),
        0);
    RuleMemory memory = new RuleMemory();
    settle(memory, book, order("a", 100_000, 20));
    settle(memory, book, order("b", 10_000, 20));
    memory = reread(memory, book);
    assertThat(memory.ask(book, List.of(), order("c", 20_000, 20), values)).hasSize(2);
    assertThat(settle(memory, book, order("c", 20_000, 20)))
        .hasSize(2)
        .allMatch(each -> each.time() == BEGIN + 100_000);
  }

  @Test
  void saysWhereAWindowIsNotFullYetAndWhoIsOnTrial() throws Exception {
    RuleBook book = new RuleBook();
    book.put(Rules.during(count("one", 1), State.SHADOW, null, null), BEGIN);
    RuleMemory memory = new RuleMemory();
    Suspicion early = settle(memory, book, order("a", 59_999, 20)).get(0);
    Suspicion late = settle(memory, book, order("b", 60_000, 20)).get(0);
    assertThat(early.reasons().get(0).code()).isEqualTo("aggregate_incomplete");
    assertThat(late.reasons().get(0).code()).isEqualTo("aggregate");
    assertThat(early.shadow()).isTrue();
  }

  @Test
  void forgetsRulesThatAreGoneAndWhoIsToBeForgotten() throws Exception {
    RuleBook book = new RuleBook();
    book.put(count("three", 3), 0);
    RuleMemory memory = new RuleMemory();
    settle(memory, book, order("a", 0, 20));
    settle(memory, book, order("b", 1, 20));
    assertThat(memory.forget(who -> who.eventId().equals("a"))).isTrue();
    assertThat(memory.forget(who -> who.eventId().equals("a"))).isFalse();
    List<Suspicion> third = settle(reread(memory, book), book, order("c", 2, 20));
    assertThat(third.get(0).events()).extracting(Participant::eventId).containsExactly("b", "c");

    book.remove("three");
    assertThat(reread(memory, book).isEmpty()).isTrue();
    assertThat(memory.isEmpty()).isFalse();
  }

  private static FraudRule count(String id, int atLeast) {
    return Rules.rule(id, Entity.VISITOR)
        .aggregate(
            Source.ORDERS,
            "total > 10",
            new Aggregate(Function.COUNT, null, 60_000),
            Comparison.AT_LEAST,
            atLeast);
  }

  private static Order order(String id, long time, double total) {
    Order.Details details =
        new Order.Details(
            total,
            null,
            null,
            Order.Payment.NONE,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    Order placed =
        Order.placed(
            id, "o" + id, BEGIN + time, "v1", "EUR", List.of(new Order.Line("i", 1, null, null)));
    return new Order(
        id,
        placed.orderId(),
        placed.status(),
        placed.eventTime(),
        "v1",
        null,
        "EUR",
        placed.lines(),
        details);
  }
}
