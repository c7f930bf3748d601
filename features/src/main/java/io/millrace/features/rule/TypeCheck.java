package io.millrace.features.rule;

import io.millrace.features.algebra.Field.Type;
import io.millrace.features.naming.NearestName;
import io.millrace.features.rule.Expr.Binary;
import io.millrace.features.rule.Expr.FieldRef;
import io.millrace.features.rule.Expr.Presence;
import io.millrace.features.rule.Expr.TextLiteral;
import java.util.Collection;
import java.util.List;

/** Which operands go together, for the expression of one text over one catalogue. */
final class TypeCheck {
  /** Longest name for which a known one is looked for. */
  private static final int MAX_NAME = 64;

  private final EventFields<?> fields;
  private final String text;

  TypeCheck(EventFields<?> fields, String text) {
    this.fields = fields;
    this.text = text;
  }

  InvalidExpressionException fault(int position, String fault) {
    return new InvalidExpressionException(text, position, fault);
  }

  /** The field of that name. */
  FieldRef field(Token name) throws InvalidExpressionException {
    int place = fields.indexOf(name.text());
    if (place < 0) {
      throw fault(
          name.position(),
          "%s has no field %s%s"
              .formatted(
                  fields.source().wireName(),
                  Token.shorten(name.text()),
                  nearest(name.text(), fields.names())));
    }
    return new FieldRef(name.text(), place, fields.field(place).type());
  }

  static String nearest(String name, Collection<String> known) {
    return name.length() > MAX_NAME
        ? ""
        : NearestName.to(name, known).map("; did you mean %s?"::formatted).orElse("");
  }

  /** Demands a type of an operand. */
  Expr require(Operand operand, Type type, String wanted) throws InvalidExpressionException {
    checkReadable(operand);
    if (!operand.is(type)) {
      throw fault(operand.position(), operand.words() + "; " + wanted);
    }
    return operand.expr();
  }

  /** Demands that the value of an operand may be asked for. */
  void checkReadable(Operand operand) throws InvalidExpressionException {
    checkNotNull(operand);
    if (operand.expr() instanceof FieldRef field && fields.field(field.field()).presenceOnly()) {
      throw fault(
          operand.position(), "of %1$s only present(%1$s) can be asked".formatted(field.name()));
    }
  }

  /** Demands that an operand is more than the word null. */
  void checkNotNull(Operand operand) throws InvalidExpressionException {
    if (operand.isNull()) {
      throw fault(operand.position(), "null can only be compared with a field, by == or !=");
    }
  }

  /** Two operands and what stands between them. */
  Expr binary(Operator operator, Operand left, Operand right) throws InvalidExpressionException {
    if (operator.isEquality()) {
      return equality(operator, left, right);
    }
    Type wanted = operator.isLogic() ? Type.FLAG : Type.NUMBER;
    String remedy =
        "%s stands between %s"
            .formatted(operator.sign(), operator.isLogic() ? "conditions" : "numbers");
    return new Binary(operator, require(left, wanted, remedy), require(right, wanted, remedy));
  }

  private Expr equality(Operator operator, Operand left, Operand right)
      throws InvalidExpressionException {
    if (left.isNull() || right.isNull()) {
      Operand other = left.isNull() ? right : left;
      if (other.expr() instanceof FieldRef field) {
        return new Presence(field, operator == Operator.UNEQUAL);
      }
      throw fault(other.position(), "only a field can be compared with null");
    }
    checkReadable(left);
    checkReadable(right);
    if (left.expr().type() != right.expr().type()) {
      throw fault(
          right.position(),
          "%s, and %s; both have to be of one type".formatted(right.words(), left.words()));
    }
    checkKnown(left.expr(), right);
    checkKnown(right.expr(), left);
    return new Binary(operator, left.expr(), right.expr());
  }

  private void checkKnown(Expr of, Operand value) throws InvalidExpressionException {
    if (value.expr() instanceof TextLiteral literal) {
      checkKnown(of, literal.value(), value.position());
    }
  }

  /** Refuses a value that the field never has. */
  void checkKnown(Expr of, String value, int position) throws InvalidExpressionException {
    if (of instanceof FieldRef field) {
      List<String> known = fields.field(field.field()).known();
      if (!known.isEmpty() && !known.contains(value)) {
        throw fault(
            position,
            "%s is never '%s'%s"
                .formatted(field.name(), Token.shorten(value), nearest(value, known)));
      }
    }
  }
}
