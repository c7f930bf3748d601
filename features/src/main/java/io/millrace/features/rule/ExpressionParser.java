package io.millrace.features.rule;

import io.millrace.features.algebra.Field.Type;
import io.millrace.features.rule.Expr.Applied;
import io.millrace.features.rule.Expr.FlagLiteral;
import io.millrace.features.rule.Expr.InNumbers;
import io.millrace.features.rule.Expr.InTexts;
import io.millrace.features.rule.Expr.Negative;
import io.millrace.features.rule.Expr.Not;
import io.millrace.features.rule.Expr.NumberLiteral;
import io.millrace.features.rule.Expr.Presence;
import io.millrace.features.rule.Expr.TextLiteral;
import io.millrace.features.rule.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Parses one expression by climbing how close operators bind, in bounded depth and size. */
final class ExpressionParser {
  private static final String PRESENT = "present";
  private static final String OPERAND = "a field, a number, a text in single quotes or '('";

  private final List<Token> tokens;
  private final TypeCheck check;
  private int at;
  private int depth;
  private int parts;

  private ExpressionParser(List<Token> tokens, TypeCheck check) {
    this.tokens = tokens;
    this.check = check;
  }

  /** A condition on the events of a catalogue. */
  static Expr parse(EventFields<?> fields, String text) throws InvalidExpressionException {
    if (text.length() > Expression.MAX_CHARS) {
      throw new InvalidExpressionException(
          text,
          Expression.MAX_CHARS + 1,
          "%d characters; %d at most".formatted(text.length(), Expression.MAX_CHARS));
    }
    TypeCheck check = new TypeCheck(fields, text);
    ExpressionParser parser = new ExpressionParser(Lexer.tokens(text), check);
    Operand whole = parser.binary(Operator.OR.binding());
    if (parser.next().kind() != Kind.END) {
      throw parser.unexpected("an operator such as && or the end");
    }
    return check.require(whole, Type.FLAG, "write a condition, such as total > 100");
  }

  private Token next() {
    return tokens.get(at);
  }

  private InvalidExpressionException unexpected(String wanted) {
    Token found = next();
    return check.fault(found.position(), "found %s, expected %s".formatted(found.quoted(), wanted));
  }

  private void take(String sign) throws InvalidExpressionException {
    if (!next().is(sign)) {
      throw unexpected("'" + sign + "'");
    }
    at++;
  }

  private void count() throws InvalidExpressionException {
    if (++parts > Expression.MAX_PARTS) {
      throw check.fault(
          next().position(),
          "the expression has more than %d parts; make several rules of it"
              .formatted(Expression.MAX_PARTS));
    }
  }

  private void descend() throws InvalidExpressionException {
    if (++depth > Expression.MAX_DEPTH) {
      throw check.fault(
          next().position(),
          "the expression is nested deeper than %d".formatted(Expression.MAX_DEPTH));
    }
  }

  /** Operands and operators that bind as close as that, or closer. */
  private Operand binary(int binding) throws InvalidExpressionException {
    Operand left = prefix();
    while (true) {
      if (next().isWord("in") && binding <= Operator.COMPARISON) {
        left = in(left);
        refuseChain();
        continue;
      }
      Operator operator = Operator.of(next());
      if (operator == null || operator.binding() < binding) {
        return left;
      }
      at++;
      count();
      Operand right = binary(operator.binding() + 1);
      left = new Operand(check.binary(operator, left, right), left.position());
      if (operator.isComparison()) {
        refuseChain();
      }
    }
  }

  private void refuseChain() throws InvalidExpressionException {
    Operator operator = Operator.of(next());
    if (next().isWord("in") || operator != null && operator.isComparison()) {
      throw unexpected("&& or || between two comparisons");
    }
  }

  private Operand prefix() throws InvalidExpressionException {
    Token sign = next();
    if (!sign.is("!") && !sign.is("-")) {
      return primary();
    }
    at++;
    count();
    descend();
    Operand of = prefix();
    depth--;
    Expr made =
        sign.is("!")
            ? new Not(check.require(of, Type.FLAG, "! stands before a condition, in parentheses"))
            : new Negative(check.require(of, Type.NUMBER, "- stands before a number"));
    return new Operand(made, sign.position());
  }

  private Operand primary() throws InvalidExpressionException {
    Token token = next();
    if (token.is("(")) {
      at++;
      descend();
      Operand inner = binary(Operator.OR.binding());
      check.checkNotNull(inner);
      take(")");
      depth--;
      return new Operand(inner.expr(), token.position());
    }
    if (token.kind() == Kind.SIGN || token.kind() == Kind.END) {
      throw unexpected(OPERAND);
    }
    at++;
    count();
    return new Operand(
        switch (token.kind()) {
          case NUMBER -> new NumberLiteral(token.number());
          case TEXT -> new TextLiteral(token.text());
          default -> next().is("(") && !token.isWord("in") ? call(token) : named(token);
        },
        token.position());
  }

  private Expr named(Token name) throws InvalidExpressionException {
    return switch (name.text()) {
      case "null" -> null;
      case "true" -> new FlagLiteral(true);
      case "false" -> new FlagLiteral(false);
      case "in" ->
          throw check.fault(
              name.position(), "found 'in', expected %s before it".formatted(OPERAND));
      default -> check.field(name);
    };
  }

  private Expr call(Token name) throws InvalidExpressionException {
    take("(");
    descend();
    Expr made = name.text().equals(PRESENT) ? presence() : applied(name);
    take(")");
    depth--;
    return made;
  }

  private Expr presence() throws InvalidExpressionException {
    if (next().kind() != Kind.NAME) {
      throw unexpected("the name of a field");
    }
    return new Presence(check.field(tokens.get(at++)), true);
  }

  private Expr applied(Token name) throws InvalidExpressionException {
    Call call =
        Stream.of(Call.values())
            .filter(known -> known.word().equals(name.text()))
            .findFirst()
            .orElse(null);
    if (call == null) {
      List<String> known =
          Stream.concat(Stream.of(PRESENT), Stream.of(Call.values()).map(Call::word)).toList();
      throw check.fault(
          name.position(),
          "there is no function %s%s"
              .formatted(Token.shorten(name.text()), TypeCheck.nearest(name.text(), known)));
    }
    List<Expr> to = new ArrayList<>();
    for (Type type : call.parameters()) {
      if (!to.isEmpty()) {
        take(",");
      }
      Operand argument = binary(Operator.OR.binding());
      to.add(check.require(argument, type, "%s takes a %s".formatted(call.word(), type)));
    }
    return new Applied(call, List.copyOf(to));
  }

  private Operand in(Operand left) throws InvalidExpressionException {
    check.checkReadable(left);
    at++;
    count();
    take("(");
    List<String> texts = new ArrayList<>();
    List<Double> numbers = new ArrayList<>();
    do {
      count();
      if (left.is(Type.NUMBER)) {
        numbers.add(number());
      } else if (left.is(Type.TEXT)) {
        texts.add(text(left.expr()));
      } else {
        throw check.fault(left.position(), left.words() + "; in takes a number or a text");
      }
    } while (takeComma());
    take(")");
    Expr made =
        left.is(Type.NUMBER)
            ? new InNumbers(left.expr(), List.copyOf(numbers))
            : new InTexts(left.expr(), List.copyOf(texts));
    return new Operand(made, left.position());
  }

  private boolean takeComma() {
    boolean comma = next().is(",");
    at += comma ? 1 : 0;
    return comma;
  }

  private double number() throws InvalidExpressionException {
    boolean negative = next().is("-");
    at += negative ? 1 : 0;
    if (next().kind() != Kind.NUMBER) {
      throw unexpected("a number, as before 'in'");
    }
    double number = tokens.get(at++).number();
    return negative ? 0 - number : number;
  }

  private String text(Expr of) throws InvalidExpressionException {
    Token token = next();
    if (token.kind() != Kind.TEXT) {
      throw unexpected("a text in single quotes, as before 'in'");
    }
    check.checkKnown(of, token.text(), token.position());
    at++;
    return token.text();
  }
}
