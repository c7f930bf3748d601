package io.millrace.features.rule;

import io.millrace.features.algebra.Field.Type;
import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.rule.Expr.Binary;
import io.millrace.features.rule.Expr.FieldRef;
import io.millrace.features.rule.Expr.InTexts;
import io.millrace.features.rule.Expr.TextLiteral;
import io.millrace.features.rule.RuleBook.Entry;
import io.millrace.features.rule.RuleBook.Sink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rules that events of one kind may meet. */
final class RuleRow {
  private static final Candidate[] NOBODY = {};

  /** Those that have to be asked on every event. */
  private final Candidate[] open;

  /** The fields on whose text the others depend. */
  private final int[] guards;

  private final List<Map<String, Candidate[]>> guarded;

  private RuleRow(List<Candidate> open, Map<Integer, Map<String, List<Candidate>>> guarded) {
    this.open = open.toArray(Candidate[]::new);
    guards = guarded.keySet().stream().mapToInt(Integer::intValue).toArray();
    this.guarded =
        guarded.values().stream()
            .map(
                ofField -> {
                  Map<String, Candidate[]> byText = new HashMap<>();
                  ofField.forEach((text, of) -> byText.put(text, of.toArray(Candidate[]::new)));
                  return byText;
                })
            .toList();
  }

  void match(long event, EventValues values, Sink sink) {
    ask(open, event, values, sink);
    for (int i = 0; i < guards.length; i++) {
      String text = values.text(guards[i]);
      if (text != null) {
        ask(guarded.get(i).getOrDefault(text, NOBODY), event, values, sink);
      }
    }
  }

  private static void ask(Candidate[] some, long event, EventValues values, Sink sink) {
    for (Candidate candidate : some) {
      int met = candidate.met(event, values);
      if (met != 0 && candidate.entry.compiled().rule().holdsAt(values.time())) {
        sink.accept(candidate.entry, met);
      }
    }
  }

  /**
   * A rule with its clauses that an event of the kind may meet.
   *
   * @param entry the rule
   * @param bits by clause, its bit
   * @param conditions by clause, what has to be met all together
   */
  private record Candidate(Entry entry, int[] bits, SharedCondition[][] conditions) {
    private int met(long event, FieldValues values) {
      int met = 0;
      for (int i = 0; i < bits.length; i++) {
        if (areMet(conditions[i], event, values)) {
          met |= bits[i];
        }
      }
      return met;
    }

    private static boolean areMet(SharedCondition[] all, long event, FieldValues values) {
      for (SharedCondition condition : all) {
        if (!condition.isMet(event, values)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Puts the rules of a row together. */
  static final class Builder {
    private final Source source;
    private final String kind;
    private final Map<Expr, SharedCondition> shared;
    private final List<Candidate> open = new ArrayList<>();
    private final Map<Integer, Map<String, List<Candidate>>> guarded = new TreeMap<>();

    /**
     * @param shared the conditions of the topic, which are the same for all its kinds
     */
    Builder(Source source, String kind, Map<Expr, SharedCondition> shared) {
      this.source = source;
      this.kind = kind;
      this.shared = shared;
    }

    void add(Entry entry) {
      List<Clause> clauses = entry.compiled().clauses();
      List<Integer> bits = new ArrayList<>();
      List<List<Expr>> conditions = new ArrayList<>();
      for (int i = 0; i < clauses.size(); i++) {
        Clause clause = clauses.get(i);
        List<Expr> conjuncts = clause.source() == source ? clause.conjuncts(kind) : null;
        if (conjuncts != null) {
          bits.add(1 << i);
          conditions.add(conjuncts);
        }
      }
      if (!bits.isEmpty()) {
        place(entry, bits, conditions);
      }
    }

    private void place(Entry entry, List<Integer> bits, List<List<Expr>> conditions) {
      Candidate candidate =
          new Candidate(
              entry,
              bits.stream().mapToInt(Integer::intValue).toArray(),
              conditions.stream().map(this::shared).toArray(SharedCondition[][]::new));
      // What guards one of several clauses does not guard the rule.
      if (conditions.size() == 1) {
        for (Expr condition : conditions.get(0)) {
          FieldRef field = guardField(condition);
          if (field != null) {
            Map<String, List<Candidate>> ofField =
                guarded.computeIfAbsent(field.field(), none -> new HashMap<>());
            guardTexts(condition)
                .forEach(
                    text ->
                        ofField.computeIfAbsent(text, none -> new ArrayList<>()).add(candidate));
            return;
          }
        }
      }
      open.add(candidate);
    }

    private SharedCondition[] shared(List<Expr> all) {
      return all.stream()
          .map(expr -> shared.computeIfAbsent(expr, SharedCondition::new))
          .toArray(SharedCondition[]::new);
    }

    /** The field that has to be one of some texts, null if the condition is another. */
    private static FieldRef guardField(Expr condition) {
      Expr of = null;
      if (condition instanceof InTexts in) {
        of = in.of();
      } else if (condition instanceof Binary binary && binary.operator() == Operator.EQUAL) {
        if (binary.right() instanceof TextLiteral) {
          of = binary.left();
        } else if (binary.left() instanceof TextLiteral) {
          of = binary.right();
        }
      }
      return of instanceof FieldRef field && field.type() == Type.TEXT ? field : null;
    }

    private static Set<String> guardTexts(Expr condition) {
      if (condition instanceof InTexts in) {
        return Set.copyOf(in.texts());
      }
      Binary binary = (Binary) condition;
      Expr literal = binary.right() instanceof TextLiteral ? binary.right() : binary.left();
      return Set.of(((TextLiteral) literal).value());
    }

    RuleRow build() {
      return new RuleRow(open, guarded);
    }
  }
}
