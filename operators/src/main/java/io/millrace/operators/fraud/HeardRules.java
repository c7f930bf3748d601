package io.millrace.operators.fraud;

import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.Order;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.rule.RuleBook;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * The rules that were admitted, in operator state: all subtasks hear of all of them, so one writes
 * them and all restore them. Those of each kind of entity are ready to be asked.
 */
final class HeardRules {
  private final AbstractStreamOperator<?> operator;
  private final ListState<AdmittedRule> state;
  private final Map<String, AdmittedRule> all = new TreeMap<>();
  private final Map<Entity, RuleBook> books = new EnumMap<>(Entity.class);
  private boolean anyLooksAtClicks;

  /** By kind and topic, how many look at its events. */
  private final int[][] lookAt = new int[Entity.values().length][Source.values().length];

  HeardRules(AbstractStreamOperator<?> operator, StateInitializationContext context)
      throws Exception {
    this.operator = operator;
    for (Entity kind : Entity.values()) {
      books.put(kind, new RuleBook());
    }
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("fraud-rules", AdmittedRule.TYPE.serializer()));
    for (AdmittedRule rule : state.get()) {
      hear(rule);
    }
  }

  /** Those of a kind. */
  RuleBook book(Entity kind) {
    return books.get(kind);
  }

  /** Whether a rule of a kind may look at an event. */
  boolean lookAt(Entity kind, VisitorEvent event) {
    Source source = event instanceof Order ? Source.ORDERS : Source.CLICKSTREAM;
    return lookAt[kind.ordinal()][source.ordinal()] > 0;
  }

  /** Whether a rule of any kind looks at clicks. */
  boolean anyLooksAtClicks() {
    return anyLooksAtClicks;
  }

  void hear(AdmittedRule news) throws InvalidEventException {
    String id = news.ruleId();
    if (news.rule() == null) {
      all.remove(id);
    } else {
      all.put(id, news);
    }
    for (Map.Entry<Entity, RuleBook> each : books.entrySet()) {
      RuleBook book = each.getValue();
      if (news.rule() != null && news.rule().entity() == each.getKey()) {
        book.restore(news.rule(), news.since());
      } else {
        book.remove(id);
      }
      for (Source source : Source.values()) {
        lookAt[each.getKey().ordinal()][source.ordinal()] = count(book, source);
      }
    }
    anyLooksAtClicks = all.values().stream().anyMatch(each -> looksAtClicks(each.rule()));
  }

  private static int count(RuleBook book, Source source) {
    return (int)
        book.entries().stream()
            .map(RuleBook.Entry::compiled)
            .filter(rule -> rule.looksAt(source))
            .count();
  }

  private static boolean looksAtClicks(FraudRule rule) {
    return rule.on() == Source.CLICKSTREAM
        || rule.steps().stream().anyMatch(step -> step.on() == Source.CLICKSTREAM);
  }

  /** Writes them; to be called where the operator snapshots its state. */
  void snapshot() throws Exception {
    boolean writer = operator.getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    state.update(writer ? new ArrayList<>(all.values()) : List.of());
  }
}
