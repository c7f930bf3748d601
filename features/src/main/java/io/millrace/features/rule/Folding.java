package io.millrace.features.rule;

import io.millrace.features.rule.Expr.Applied;
import io.millrace.features.rule.Expr.Binary;
import io.millrace.features.rule.Expr.FieldRef;
import io.millrace.features.rule.Expr.FlagLiteral;
import io.millrace.features.rule.Expr.InNumbers;
import io.millrace.features.rule.Expr.InTexts;
import io.millrace.features.rule.Expr.Negative;
import io.millrace.features.rule.Expr.Not;
import io.millrace.features.rule.Expr.NumberLiteral;
import io.millrace.features.rule.Expr.Presence;
import io.millrace.features.rule.Expr.TextLiteral;
import java.util.ArrayList;
import java.util.List;

/**
 * Works out what is the same for every event, or for every event of one kind: with the kind put in
 * for the field that names it, most conditions of a rule on another kind come down to "no".
 */
final class Folding {
  private static final FieldValues NOTHING =
      new FieldValues() {
        @Override
        public double number(int field) {
          return Double.NaN;
        }

        @Override
        public String text(int field) {
          return null;
        }
      };

  private final String kind;

  /**
   * @param kind of the events, null for any
   */
  private Folding(String kind) {
    this.kind = kind;
  }

  static Expr fold(Expr expr) {
    return new Folding(null).of(expr);
  }

  static Expr forKind(Expr expr, String kind) {
    return new Folding(kind).of(expr);
  }

  /** The conditions that all have to be met, none where every event meets them. */
  static List<Expr> conjuncts(Expr expr) {
    List<Expr> all = new ArrayList<>();
    collect(expr, all);
    return all;
  }

  private static void collect(Expr expr, List<Expr> all) {
    if (expr instanceof Binary binary && binary.operator() == Operator.AND) {
      collect(binary.left(), all);
      collect(binary.right(), all);
    } else if (!isTrue(expr)) {
      all.add(expr);
    }
  }

  static boolean isTrue(Expr expr) {
    return expr instanceof FlagLiteral flag && Boolean.TRUE.equals(flag.value());
  }

  static boolean isFalse(Expr expr) {
    return expr instanceof FlagLiteral flag && Boolean.FALSE.equals(flag.value());
  }

  private Expr of(Expr expr) {
    if (expr instanceof FieldRef field) {
      return kind != null && field.field() == EventFields.KIND ? new TextLiteral(kind) : expr;
    } else if (expr instanceof Presence presence) {
      boolean known = kind != null && presence.of().field() == EventFields.KIND;
      return known ? new FlagLiteral(presence.present()) : expr;
    } else if (expr instanceof Binary binary) {
      return binary(binary);
    } else if (expr instanceof Not not) {
      Expr inner = of(not.of());
      return constant(new Not(inner), inner);
    } else if (expr instanceof Negative negative) {
      Expr inner = of(negative.of());
      return constant(new Negative(inner), inner);
    } else if (expr instanceof InTexts in) {
      Expr inner = of(in.of());
      return constant(new InTexts(inner, in.texts()), inner);
    } else if (expr instanceof InNumbers in) {
      Expr inner = of(in.of());
      return constant(new InNumbers(inner, in.numbers()), inner);
    } else if (expr instanceof Applied applied) {
      List<Expr> to = applied.to().stream().map(this::of).toList();
      return constant(new Applied(applied.call(), to), to.toArray(Expr[]::new));
    }
    return expr;
  }

  private Expr binary(Binary binary) {
    Expr left = of(binary.left());
    Expr right = of(binary.right());
    Expr folded = new Binary(binary.operator(), left, right);
    if (binary.operator() == Operator.AND) {
      if (isFalse(left) || isTrue(right)) {
        return left;
      } else if (isFalse(right) || isTrue(left)) {
        return right;
      }
    } else if (binary.operator() == Operator.OR) {
      if (isTrue(left) || isFalse(right)) {
        return left;
      } else if (isTrue(right) || isFalse(left)) {
        return right;
      }
    }
    return constant(folded, left, right);
  }

  /** What it gives, if all that it is made of is given. */
  private static Expr constant(Expr expr, Expr... parts) {
    for (Expr part : parts) {
      if (!isLiteral(part)) {
        return expr;
      }
    }
    return switch (expr.type()) {
      case NUMBER -> new NumberLiteral(Compiler.number(expr).of(NOTHING));
      case TEXT -> new TextLiteral(Compiler.text(expr).of(NOTHING));
      case FLAG -> {
        int truth = Compiler.condition(expr).of(NOTHING);
        yield new FlagLiteral(truth == Condition.UNKNOWN ? null : truth == Condition.TRUE);
      }
    };
  }

  private static boolean isLiteral(Expr expr) {
    return expr instanceof NumberLiteral
        || expr instanceof TextLiteral
        || expr instanceof FlagLiteral;
  }
}
