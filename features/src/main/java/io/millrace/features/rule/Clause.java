package io.millrace.features.rule;

import io.millrace.features.event.FraudRule.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One condition of a rule on the events of one topic, worked out for each kind of event. */
final class Clause {
  private final Source source;
  private final String text;
  private final Map<String, List<Expr>> conjuncts = new HashMap<>();

  /**
   * @param where the condition, null for all events
   */
  Clause(EventFields<?> fields, Expression where) {
    source = fields.source();
    text = where == null ? "" : where.toString();
    Map<Expr, List<Expr>> alike = new HashMap<>();
    for (String kind : fields.kinds()) {
      Expr expr = where == null ? new Expr.FlagLiteral(true) : Folding.forKind(where.expr(), kind);
      if (!(expr instanceof Expr.FlagLiteral) || Folding.isTrue(expr)) {
        conjuncts.put(kind, alike.computeIfAbsent(expr, Folding::conjuncts));
      }
    }
  }

  Source source() {
    return source;
  }

  /** Whether no event ever meets it. */
  boolean isNeverMet() {
    return conjuncts.isEmpty();
  }

  /** The conditions that an event of a kind has to meet, null if it cannot. */
  List<Expr> conjuncts(String kind) {
    return conjuncts.get(kind);
  }

  @Override
  public String toString() {
    return source + ": " + text;
  }
}
