package io.millrace.features.rule;

import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.FraudRule.State;
import io.millrace.features.rule.RuleBook.Entry;
import io.millrace.features.rule.RuleBook.Sink;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * The rules by what guards them: the topic and kind of an event, then a text that a field has to
 * be. A rule on other events costs nothing. A condition that several rules have in common is asked
 * once an event.
 */
final class RuleIndex {
  private final Map<Source, Map<String, RuleRow>> rows = new EnumMap<>(Source.class);
  private long event;

  RuleIndex(Collection<Entry> entries) {
    for (Source source : Source.values()) {
      Map<String, RuleRow> ofSource = new HashMap<>();
      Map<Expr, SharedCondition> shared = new HashMap<>();
      for (String kind : EventFields.of(source).kinds()) {
        RuleRow.Builder row = new RuleRow.Builder(source, kind, shared);
        for (Entry entry : entries) {
          FraudRule rule = entry.compiled().rule();
          if (rule.state() != State.PAUSED) {
            row.add(entry);
          }
        }
        ofSource.put(kind, row.build());
      }
      rows.put(source, ofSource);
    }
  }

  void match(EventValues values, Sink sink) {
    event++;
    rows.get(values.source()).get(values.kind()).match(event, values, sink);
  }
}
