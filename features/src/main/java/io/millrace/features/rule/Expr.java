package io.millrace.features.rule;

import io.millrace.features.algebra.Field.Type;
import java.util.List;

/** An expression as it was written, checked: every operand has the type that is wanted of it. */
sealed interface Expr {
  /** What it gives. */
  Type type();

  /** A number. */
  record NumberLiteral(double value) implements Expr {
    @Override
    public Type type() {
      return Type.NUMBER;
    }
  }

  /** A text. */
  record TextLiteral(String value) implements Expr {
    @Override
    public Type type() {
      return Type.TEXT;
    }
  }

  /** True or false; null is not known, which nobody can write but folding may find. */
  record FlagLiteral(Boolean value) implements Expr {
    @Override
    public Type type() {
      return Type.FLAG;
    }
  }

  /** The value of a field, by its number in the catalogue of its events. */
  record FieldRef(String name, int field, Type type) implements Expr {}

  /** Whether an event carries a field, or does not. */
  record Presence(FieldRef of, boolean present) implements Expr {
    @Override
    public Type type() {
      return Type.FLAG;
    }
  }

  /** The opposite of a condition. */
  record Not(Expr of) implements Expr {
    @Override
    public Type type() {
      return Type.FLAG;
    }
  }

  /** A number with the other sign. */
  record Negative(Expr of) implements Expr {
    @Override
    public Type type() {
      return Type.NUMBER;
    }
  }

  /** Two operands and what stands between them. */
  record Binary(Operator operator, Expr left, Expr right) implements Expr {
    @Override
    public Type type() {
      return operator.isLogic() || operator.isComparison() ? Type.FLAG : Type.NUMBER;
    }
  }

  /** Whether a number is one of some. */
  record InNumbers(Expr of, List<Double> numbers) implements Expr {
    @Override
    public Type type() {
      return Type.FLAG;
    }
  }

  /** Whether a text is one of some. */
  record InTexts(Expr of, List<String> texts) implements Expr {
    @Override
    public Type type() {
      return Type.FLAG;
    }
  }

  /** A function of some operands. */
  record Applied(Call call, List<Expr> to) implements Expr {
    @Override
    public Type type() {
      return call.type();
    }
  }
}
