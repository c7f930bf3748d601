package io.millrace.features.rule;

import io.millrace.features.rule.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts the text of an expression into words. */
final class Lexer {
  private static final String[] SIGNS = {
    "==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", ",", "+", "-", "*", "/"
  };

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  /** The words, and the end as the last one. */
  static List<Token> tokens(String text) throws InvalidExpressionException {
    Lexer lexer = new Lexer(text);
    while (lexer.skipSpace()) {
      lexer.readOne();
    }
    lexer.add(Kind.END, "", 0, text.length());
    return lexer.tokens;
  }

  private boolean skipSpace() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at < text.length();
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private void add(Kind kind, String word, double number, int from) {
    tokens.add(new Token(kind, word, number, from + 1));
  }

  private void readOne() throws InvalidExpressionException {
    char c = text.charAt(at);
    if (c == '\'') {
      readText();
    } else if (isDigit(c)) {
      readNumber();
    } else if (isLetter(c)) {
      readName();
    } else {
      readSign();
    }
  }

  private void readSign() throws InvalidExpressionException {
    for (String sign : SIGNS) {
      if (text.startsWith(sign, at)) {
        add(Kind.SIGN, sign, 0, at);
        at += sign.length();
        return;
      }
    }
    String remedy =
        switch (text.charAt(at)) {
          case '=' -> "'=' is no comparison; write ==";
          case '&' -> "'&' stands alone; write &&";
          case '|' -> "'|' stands alone; write ||";
          case '"' -> "texts stand in single quotes, such as 'EUR'";
          default -> "'" + text.charAt(at) + "' has no meaning here; put texts in single quotes";
        };
    throw new InvalidExpressionException(text, at + 1, remedy);
  }

  private void readName() {
    int from = at;
    while (at < text.length()
        && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    add(Kind.NAME, text.substring(from, at), 0, from);
  }

  private void readNumber() throws InvalidExpressionException {
    int from = at;
    skipDigits();
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      requireDigits(from);
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
        at++;
      }
      requireDigits(from);
    }
    if (at < text.length() && (isLetter(text.charAt(at)) || text.charAt(at) == '.')) {
      throw notANumber(from);
    }
    double number = Double.parseDouble(text.substring(from, at));
    if (Double.isInfinite(number)) {
      throw new InvalidExpressionException(
          text, from + 1, "the number is too large; 1e308 at most");
    }
    add(Kind.NUMBER, text.substring(from, at), number, from);
  }

  private void skipDigits() {
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
  }

  private void requireDigits(int from) throws InvalidExpressionException {
    int before = at;
    skipDigits();
    if (at == before) {
      throw notANumber(from);
    }
  }

  private InvalidExpressionException notANumber(int from) {
    return new InvalidExpressionException(
        text, from + 1, "this is no number; write 12, 12.5 or 1e6, and texts in single quotes");
  }

  private void readText() throws InvalidExpressionException {
    int from = at++;
    StringBuilder read = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '\'') {
      read.append(text.charAt(at) == '\\' ? readEscape() : text.charAt(at));
      at++;
    }
    if (at == text.length()) {
      throw new InvalidExpressionException(
          text, from + 1, "the text has no end; close it with a single quote");
    }
    at++;
    add(Kind.TEXT, read.toString(), 0, from);
  }

  private char readEscape() throws InvalidExpressionException {
    at++;
    char escaped = at < text.length() ? text.charAt(at) : 0;
    return switch (escaped) {
      case '\'', '\\' -> escaped;
      case 'n' -> '\n';
      case 't' -> '\t';
      default ->
          throw new InvalidExpressionException(
              text, at, "a backslash stands before ', \\, n or t; write \\\\ for a backslash");
    };
  }
}
