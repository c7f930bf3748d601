package io.millrace.features.rule;

/**
 * A word of an expression.
 *
 * @param kind what it is
 * @param text the sign, the name, or what stands in the quotes
 * @param number the value of a number, otherwise 0
 * @param position of its first character, from 1
 */
record Token(Kind kind, String text, double number, int position) {

  /** What a word may be. */
  enum Kind {
    NUMBER,
    TEXT,
    NAME,
    SIGN,
    END
  }

  /** Whether it is that sign. */
  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  /** Whether it is that word. */
  boolean isWord(String word) {
    return kind == Kind.NAME && text.equals(word);
  }

  /** As it is quoted in a message. */
  String quoted() {
    return switch (kind) {
      case END -> "the end";
      case TEXT -> "the text '" + shorten(text) + "'";
      case NUMBER -> "the number " + shorten(text);
      case NAME, SIGN -> "'" + shorten(text) + "'";
    };
  }

  static String shorten(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
